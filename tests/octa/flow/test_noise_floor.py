"""The amplitude of the noise, and the floor above it."""

from __future__ import annotations

import numpy as np
import pytest

from octome.octa.flow.noise_floor import noise_amplitude, noise_floor


def rayleigh(shape: tuple[int, ...], seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).rayleigh(size=shape).astype(np.float32)


def test_the_noise_is_found_in_the_dark_rows() -> None:
    structure = rayleigh((6, 4, 200, 50)).mean(axis=1)
    structure[:, 60:150] += 8
    # The mean of a Rayleigh amplitude of scale 1.
    assert noise_amplitude(structure) == pytest.approx(np.sqrt(np.pi / 2), rel=0.03)
    floor = noise_floor(structure, 4)
    assert (structure[:, :60] < floor).mean() > 0.99
    assert (structure[:, 60:150] > floor).all()
    structure[2] = np.nan
    assert np.isfinite(noise_amplitude(structure))
    structure[:] = np.nan
    assert np.isnan(noise_amplitude(structure))
