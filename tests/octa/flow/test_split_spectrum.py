"""The bands of the split spectrum."""

from __future__ import annotations

import numpy as np
import pytest

from octome.errors import ShapeMismatch
from octome.octa.flow.amplitude import decorrelation
from octome.octa.flow.split_spectrum import band_filters, split_spectrum_decorrelation


def test_bands_cover_the_spectrum_wherever_it_lies() -> None:
    frequency = np.arange(200)
    for centre in (100, 5, 190):
        away = (frequency - centre + 100) % 200 - 100
        filters = band_filters(np.exp(-((away / 20.0) ** 2) / 2), 4)
        middles = [(away * band).sum() / band.sum() for band in filters]
        # Evenly about the centre, three quarters of a standard deviation apart.
        np.testing.assert_allclose(np.mean(middles), 0, atol=0.5)
        np.testing.assert_allclose(np.diff(middles), 15, rtol=0.15)


def test_more_bands_see_each_voxel_with_less_chance() -> None:
    rng = np.random.default_rng(0)

    def noise(repeats: int) -> np.ndarray:
        shape = (2, repeats, 64, 32)
        return (rng.standard_normal(shape) + 1j * rng.standard_normal(shape)).astype(np.complex64)

    repeats = noise(1) + 0.5 * noise(2)
    whole, split = decorrelation(repeats), split_spectrum_decorrelation(repeats, bands=4)
    assert split.std() < 0.8 * whole.std()


def test_less_than_one_band_is_refused() -> None:
    repeats = np.ones((1, 2, 8, 4), np.complex64)
    with pytest.raises(ShapeMismatch, match="1 or more bands"):
        split_spectrum_decorrelation(repeats, bands=0)
