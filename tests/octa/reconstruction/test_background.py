from __future__ import annotations

import numpy as np
import pytest

from octome.errors import ShapeMismatch, UnknownName
from octome.octa.reconstruction.background import background, spread_ascans


def test_the_mean_of_one_two_and_six_is_three_and_their_median_two() -> None:
    spectra = np.array([1, 2, 6], np.float32).reshape(1, 1, 3, 1)
    assert background(spectra, average="mean") == pytest.approx([3.0])
    assert background(spectra, average="median") == pytest.approx([2.0])


def test_a_scan_is_sampled_from_its_first_to_its_last_bscan() -> None:
    spectra = np.broadcast_to(
        np.arange(200, dtype=np.float32)[:, None, None, None], (200, 2, 50, 8)
    )
    found = spread_ascans(spectra, 128)[:, 0]
    assert found.min() == 0
    assert found.max() == 199
    assert found.size == 128


def test_a_count_above_all_ascans_takes_all_of_them() -> None:
    assert spread_ascans(np.zeros((3, 1, 4, 8), np.uint16), 1000).shape == (12, 8)


def drifting(bscans: int = 12, samples: int = 256) -> tuple[np.ndarray, np.ndarray]:
    """Spectra of noise and one flat reflector, and the backgrounds, which brighten by a fifth."""
    rng = np.random.default_rng(0)
    k = np.arange(samples)
    source = 1000 * np.exp(-(((k - samples / 2) / 60) ** 2)) * (1 + 0.1 * np.sin(k / 3)) + 50
    gain = 1 + 0.2 * np.linspace(0, 1, bscans)[:, None] * (k / samples)
    true = gain * source
    fringe = 20 * np.cos(2 * np.pi * 40 * k / samples)
    noise = rng.normal(0, 5, (bscans, 1, 50, samples))
    return np.float32(true[:, None, None] + fringe + noise), true


def test_a_background_that_drifts_is_one_of_each_bscan() -> None:
    spectra, true = drifting()
    found = background(spectra)
    assert found.shape == (12, 256)
    middle = slice(40, 216)
    left = found - true
    assert np.abs(left[:, middle] / true[:, middle]).mean() < 0.03
    assert np.abs((found - found[6])[:, middle]).max() > 50


def test_a_flat_surface_is_no_drift() -> None:
    """Its fringes are in every A-scan of a B-scan, and change from one to the next."""
    k = np.arange(256)
    phase = np.linspace(0, 7, 12)[:, None]
    fringes = 100 * np.cos(2 * np.pi * 40 * k / 256 + phase)
    spectra = np.float32(1000 + fringes)[:, None, None] * np.ones((1, 1, 30, 1), np.float32)
    assert background(spectra).shape == (256,)


def test_noise_is_no_drift() -> None:
    rng = np.random.default_rng(1)
    assert background(rng.integers(0, 4096, (17, 1, 3, 64)).astype(np.uint16)).shape == (64,)


def test_a_sample_that_is_not_a_number_spoils_nothing_else() -> None:
    spectra, _ = drifting()
    whole = background(spectra)
    spectra[3, 0, 5, 7] = np.nan
    spectra[4] = np.nan
    found = background(spectra)
    assert np.isfinite(found).all()
    others = np.delete(np.arange(12), 4)
    np.testing.assert_allclose(found[others], whole[others], rtol=0.01)
    with pytest.raises(ShapeMismatch, match="only finite samples"):
        background(np.full((2, 1, 3, 8), np.nan, np.float32))


def test_a_wrong_average_or_shape_is_an_error() -> None:
    with pytest.raises(ShapeMismatch):
        background(np.zeros((3, 4, 8), np.uint16))
    with pytest.raises(UnknownName, match="median"):
        background(np.zeros((1, 1, 4, 8), np.uint16), average="mode")
