from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from octome.errors import ShapeMismatch
from octome.octa.calibration import Calibration
from octome.octa.mirror import calibration_from_mirrors, fringe, interference
from octome.octa.reconstruction.linearisation import linearised

SHARED = Path(__file__).parents[3] / "shared"
MIRRORS = SHARED / "data" / "oct" / "raw_spectra" / "calibration" / "example"

Line = NDArray[np.float64]


def fwhm(profile: Line) -> float:
    """Full width at half maximum of the highest peak, samples, between samples by lines."""
    top = int(profile.argmax())
    half = profile[top] / 2
    left, right = top, top
    while profile[left] > half:
        left -= 1
    while profile[right] > half:
        right += 1
    return float(
        right
        - (half - profile[right]) / (profile[right - 1] - profile[right])
        - left
        - (half - profile[left]) / (profile[left + 1] - profile[left])
    )


def width_rows(spectrum: Line, line: Calibration) -> float:
    """Of a mirror's peak, rows."""
    turned = linearised(spectrum, line) * np.exp(-1j * line.phase())
    return fwhm(np.abs(np.fft.fft(turned, 16 * turned.size))[: 8 * turned.size]) / 16


def limit_rows(spectrum: Line, line: Calibration) -> float:
    """Of the peak that this spectrum's own envelope allows, rows."""
    envelope = linearised(fringe(spectrum).envelope, line)
    return fwhm(np.abs(np.fft.fftshift(np.fft.fft(envelope, 16 * envelope.size)))) / 16


def mirror(line: Calibration, depth_um: float) -> Line:
    """By the definition, under a Gaussian source."""
    k = line.wavenumber
    u = 2 * (k - k.min()) / np.ptp(k) - 1
    phase = sum(c * u ** (n + 2) for n, c in enumerate(line.dispersion))
    return np.exp(-((u / 0.6) ** 2)) * np.cos(2 * line.refractive_index * k * depth_um + phase)


def bent(dispersion: tuple[float, ...], *, is_rising: bool) -> Calibration:
    pixel = np.linspace(0, 1, 1024)
    wavelength = 0.80 + 0.08 * (pixel + 0.05 * pixel * (1 - pixel))
    k = 2 * np.pi / wavelength
    return Calibration(k[::-1] if is_rising else k, dispersion)


@pytest.mark.parametrize("is_rising", [False, True])
@pytest.mark.parametrize("dispersion", [(0.0, 0.0), (11.0, -2.5), (-6.0, 4.0)])
def test_two_mirrors_give_back_the_calibration(
    dispersion: tuple[float, float], is_rising: bool
) -> None:
    truth = bent(dispersion, is_rising=is_rising)
    found = calibration_from_mirrors(
        mirror(truth, 300.0),
        mirror(truth, 800.0),
        distance_um=500 * truth.refractive_index,
        central_wavelength_um=truth.central_wavelength_um,
        is_rising=is_rising,
    )
    pixel = np.ptp(truth.wavenumber) / truth.samples
    assert np.abs(found.wavenumber - truth.wavenumber).max() < 0.1 * pixel
    np.testing.assert_allclose(found.dispersion, truth.dispersion, atol=0.1)


def test_the_order_of_the_mirrors_does_not_matter() -> None:
    truth = bent((5.0, 1.0), is_rising=False)
    near, far = mirror(truth, 300.0), mirror(truth, 800.0)
    one, other = (
        calibration_from_mirrors(*pair, distance_um=680.0, central_wavelength_um=0.839)
        for pair in ((near, far), (far, near))
    )
    assert one == other


def test_mirrors_without_common_band_are_refused() -> None:
    truth = bent((), is_rising=False)
    place = np.arange(1024)
    left, right = place < 400, place > 600
    with pytest.raises(ShapeMismatch, match="share 0 clear pixels"):
        calibration_from_mirrors(
            mirror(truth, 300.0) * left,
            mirror(truth, 800.0) * right,
            distance_um=680.0,
            central_wavelength_um=0.839,
        )


@pytest.mark.shared
def test_real_mirrors_come_as_narrow_as_their_own_spectrum_allows() -> None:
    def recorded(name: str) -> Line:
        return np.load(MIRRORS / f"{name}.npy").astype(np.float64)

    reference, dark = recorded("dark_ref"), recorded("dark_not")
    near, far = (
        interference(recorded(f"mirror{n}"), reference, recorded(f"dark_sample{n}"), dark)
        for n in (1, 2)
    )
    # The recorder wrote neither down; widths in rows do not depend on them.
    line = calibration_from_mirrors(near, far, distance_um=300.0, central_wavelength_um=0.85)
    even = Calibration(np.linspace(7.0, 8.0, 1024))
    for spectrum in (near, far):
        spectrum = spectrum - spectrum.mean()
        assert width_rows(spectrum, even) > 12
        assert width_rows(spectrum, line) < 1.03 * limit_rows(spectrum, line)
