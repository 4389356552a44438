"""Raw spectra of a laboratory: the dispersion found in them, and what it makes of a bright line."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image
from titled import WHITE, stacked, titled

from octome.octa.acquisition import ArrayLike, Float32
from octome.octa.calibration import Calibration
from octome.octa.picture import bscan_picture
from octome.octa.reconstruction.background import background
from octome.octa.reconstruction.bscan import reconstruct
from octome.octa.reconstruction.dispersion import found_dispersion

SHAPE = (20, 1, 20, 2048)
WAVELENGTH_NM = (-6.4e-2, 806.0)  # a polynomial of the number of the sample
ASCAN_MM = 0.0099
ROWS = slice(20, 300)  # without what is left of the background
FINE = 20  # steps to a row


def laboratory(data: Path, pictures: Path | None) -> None:
    """Print how wide the brightest line is, with and without dispersion, and draw the B-scan."""
    path = data / "oct" / "raw_spectra" / "aooct" / "oct_test_volume_2T.unp"
    spectra = np.fromfile(path, np.uint16).reshape(SHAPE)
    wavelength_um = np.polyval(WAVELENGTH_NM, np.arange(SHAPE[-1])) / 1000
    calibration = Calibration(2 * np.pi / wavelength_um)
    dark = background(spectra)
    found = found_dispersion(spectra, calibration, background=dark)
    print("\naooct, spectra of a laboratory: median width of the brightest line, at half amplitude")
    print(f"  dispersion found: {', '.join(f'{each:.2f}' for each in found)} rad")
    panels = []
    for title, used in (
        ("without compensation", calibration),
        ("with the dispersion found", calibration.with_dispersion(found)),
    ):
        width, mean = _line(spectra, used, dark)
        print(f"  {title}: {width:.2f} um")
        picture = bscan_picture(mean, axial_mm=calibration.axial_mm, ascan_mm=ASCAN_MM)
        panels.append(titled(_rgb(picture), [(f"aooct, {title}: {width:.1f} um", WHITE)]))
    if pictures is not None:
        Image.fromarray(stacked(panels)).save(pictures / "aooct.png")


def _line(spectra: ArrayLike, calibration: Calibration, dark: Float32) -> tuple[float, Float32]:
    """Median width of the brightest line of each A-scan, um, and the first B-scan (Z, X)."""
    amplitude = np.abs(reconstruct(spectra, calibration, background=dark))[:, 0, ROWS]
    ascans = np.moveaxis(amplitude, 1, 2).reshape(-1, amplitude.shape[1])
    width = float(np.median([_width(each) for each in ascans]))
    return width * calibration.axial_mm * 1000, amplitude[0]


def _width(ascan: Float32) -> float:
    """Rows over which the brightest line of an A-scan is at least half as bright as its summit."""
    fine = np.linspace(0, ascan.size - 1, FINE * ascan.size)
    level = np.interp(fine, np.arange(ascan.size), ascan)
    summit = int(level.argmax())
    is_low = np.concatenate([[True], level < level[summit] / 2, [True]])
    before = np.flatnonzero(is_low[: summit + 1])[-1]
    after = summit + 1 + np.flatnonzero(is_low[summit + 1 :])[0]
    return float(after - before - 1) / FINE


def _rgb(picture: np.ndarray) -> np.ndarray:
    return picture if picture.ndim == 3 else np.repeat(picture[..., None], 3, -1)
