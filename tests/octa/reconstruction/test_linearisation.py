from __future__ import annotations

import numpy as np
import pytest
from scipy.interpolate import CubicSpline

from octome.errors import ShapeMismatch
from octome.octa.calibration import Calibration
from octome.octa.reconstruction.linearisation import interpolation, linearised

SAMPLES = 512
PIXEL = np.linspace(0, 1, SAMPLES)
BENT = Calibration(2 * np.pi / (0.80 + 0.08 * (PIXEL + 0.05 * PIXEL * (1 - PIXEL))))
INSIDE = slice(20, -20)  # at the ends half of the neighbours are missing


def wave(k: np.ndarray, share: float) -> np.ndarray:
    """A mirror at this share of the depth range."""
    return np.cos(2 * BENT.refractive_index * k * share * BENT.axial_mm * 1000 * SAMPLES / 2)


@pytest.mark.parametrize(("share", "worst"), [(0.2, 0.005), (0.5, 0.005), (0.65, 0.01)])
def test_a_wave_is_exact_to_two_thirds_of_the_depth_range(share: float, worst: float) -> None:
    found = linearised(wave(BENT.wavenumber, share), BENT)
    assert np.abs(found - wave(BENT.uniform, share))[INSIDE].max() < worst


def test_a_cubic_spline_does_worse_on_deep_waves() -> None:
    deep = wave(BENT.wavenumber, 0.65)
    cubic = CubicSpline(BENT.wavenumber[::-1], deep[::-1])(BENT.uniform)
    truth = wave(BENT.uniform, 0.65)
    ours = np.abs(linearised(deep, BENT) - truth)[INSIDE].max()
    assert np.abs(cubic - truth)[INSIDE].max() > 10 * ours


def test_a_constant_stays_constant() -> None:
    np.testing.assert_allclose(linearised(np.full(SAMPLES, 3.0), BENT), 3.0, rtol=1e-6)


def test_even_wavenumbers_are_left_alone() -> None:
    even = Calibration(np.linspace(7.0, 8.0, SAMPLES))
    line = np.random.default_rng(0).normal(size=SAMPLES)
    np.testing.assert_allclose(linearised(line, even), line, atol=1e-5)


def test_weights_stay_on_the_detector() -> None:
    first, weights = interpolation(BENT)
    assert first.min() >= 0
    assert (first + weights.shape[1]).max() <= SAMPLES


def test_a_detector_of_a_few_pixels_is_refused() -> None:
    with pytest.raises(ShapeMismatch, match="12 or more samples"):
        interpolation(Calibration(np.linspace(7.0, 8.0, 9)))
