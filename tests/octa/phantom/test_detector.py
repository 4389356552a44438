"""Light on the simulated spectrometer."""

from __future__ import annotations

import numpy as np
import pytest

from octome.octa.phantom.detector import LEVELS, Detector, calibration_of, source_spectrum
from octome.octa.phantom.scan_plan import Optics

OPTICS = Optics()


def test_the_spectrometer_sees_its_band_unevenly() -> None:
    calibration = calibration_of(OPTICS, 512)
    nm = 2000 * np.pi / calibration.wavenumber
    assert (nm[0], nm[-1]) == (pytest.approx(800), pytest.approx(880))
    step = np.diff(nm)
    assert step.max() / step.min() == pytest.approx((1 + OPTICS.bend) / (1 - OPTICS.bend), rel=0.01)


def test_the_source_has_half_its_power_at_half_its_bandwidth() -> None:
    edges = np.array([840.0, 840 - 22.5, 840 + 22.5])
    power = source_spectrum(OPTICS, 2000 * np.pi / edges)
    np.testing.assert_allclose(power, [1, 0.5, 0.5])


def test_counts_are_those_of_a_12_bit_detector_and_the_dark_frame_is_the_background() -> None:
    detector = Detector(OPTICS, calibration_of(OPTICS, 256), 28.0, 0)
    dark = np.zeros((128, 400), np.complex64)
    counts = detector.spectra(dark, np.zeros(400), np.random.default_rng(0))
    assert counts.dtype == np.uint16
    np.testing.assert_allclose(counts.mean(axis=0), detector.background, atol=4)
    bright = np.full((128, 4), 1e4, np.complex64)
    counts = detector.spectra(bright, np.zeros(4), np.random.default_rng(0))
    assert counts.max() == LEVELS


def test_deeper_rows_lose_light() -> None:
    detector = Detector(OPTICS, calibration_of(OPTICS, 256), 28.0, 0)
    assert detector.loss[0] == 1
    assert 20 * np.log10(detector.loss[-1]) == pytest.approx(-OPTICS.rolloff_db)
