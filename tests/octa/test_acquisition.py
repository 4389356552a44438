"""What an acquisition holds, and what is an error."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from octome.errors import ShapeMismatch
from octome.octa.acquisition import RawAcquisition, ScanGeometry
from octome.octa.calibration import Calibration

BSCANS = np.ones((2, 3, 8, 5), np.complex64)
SCAN = RawAcquisition(
    ascan_mm=0.01,
    bscan_mm=0.02,
    ascan_rate_hz=100_000,
    repeat_interval_ms=4,
    bscans=BSCANS,
    axial_mm=0.003,
)


def test_the_geometry_of_bscans_is_what_the_scanner_stated() -> None:
    geometry = SCAN.geometry
    assert (geometry.axial_mm, geometry.ascan_mm, geometry.bscan_mm) == (0.003, 0.01, 0.02)
    assert geometry.axial_um == pytest.approx(3)
    assert SCAN.recorded is BSCANS


def test_the_depth_of_spectra_follows_from_their_calibration() -> None:
    # Rows are pi / (n * range of wavenumber) apart: here pi / (1.5 * 0.5) um.
    calibration = Calibration(np.linspace(7.0, 7.5, 16), refractive_index=1.5)
    spectra = np.ones((2, 3, 5, 16), np.uint16)
    scan = replace(SCAN, bscans=None, axial_mm=None, spectra=spectra, calibration=calibration)
    assert scan.geometry.axial_um == pytest.approx(np.pi / 0.75, rel=0.07)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"bscans": None}, "not both"),
        ({"spectra": BSCANS}, "not both"),
        ({"bscans": BSCANS[0]}, r"axes \(B, R, Z, X\)"),
        ({"laterality": "left"}, "an eye is R or L; found 'left'"),
    ],
)
def test_an_impossible_acquisition_is_an_error(change: dict[str, object], words: str) -> None:
    with pytest.raises(ShapeMismatch, match=words):
        replace(SCAN, **change)  # type: ignore[arg-type]


def test_a_calibration_of_another_spectrometer_is_refused() -> None:
    spectra, calibration = np.ones((1, 1, 1, 16), np.uint16), Calibration(np.linspace(7, 8, 32))
    with pytest.raises(ShapeMismatch, match="32 samples, the spectra have 16"):
        replace(SCAN, bscans=None, spectra=spectra, calibration=calibration)


@pytest.mark.parametrize("spacing", [0.0, -0.01, float("nan"), float("inf")])
def test_a_spacing_is_a_length(spacing: float) -> None:
    for lengths in ((spacing, 0.01, 0.01), (0.003, spacing, 0.01), (0.003, 0.01, spacing)):
        with pytest.raises(ShapeMismatch, match="more than 0 mm, and finite"):
            ScanGeometry(*lengths)


def test_a_spacing_in_another_unit_is_refused() -> None:
    with pytest.raises(ShapeMismatch, match=r"1e-05 mm is smaller than any of OCT \(0.0001 mm\)"):
        ScanGeometry(0.003, 1e-5, 0.01)
