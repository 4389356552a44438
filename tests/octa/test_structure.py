"""The structural volume is the mean of the usable amplitudes."""

from __future__ import annotations

import numpy as np
import pytest

from octome.errors import ShapeMismatch
from octome.octa.structure import amplitude_db, structural_volume


def test_it_is_the_mean_amplitude_of_what_is_usable() -> None:
    rng = np.random.default_rng(0)
    repeats = (rng.normal(size=(3, 4, 9, 7)) + 1j * rng.normal(size=(3, 4, 9, 7))).astype(
        np.complex64
    )
    np.testing.assert_allclose(structural_volume(repeats), np.abs(repeats).mean(axis=1), rtol=1e-5)
    usable = np.array([[1, 1, 0, 0], [0, 0, 0, 1], [0, 0, 0, 0]], bool)
    found = structural_volume(repeats, usable=usable)
    np.testing.assert_allclose(found[0], np.abs(repeats[0, :2]).mean(axis=0), rtol=1e-5)
    np.testing.assert_allclose(found[1], np.abs(repeats[1, 3]), rtol=1e-5)
    assert np.isnan(found[2]).all()


def test_one_repeat_and_counts_are_fine() -> None:
    counts = np.arange(24, dtype=np.uint16).reshape(2, 1, 3, 4)
    np.testing.assert_array_equal(structural_volume(counts), counts[:, 0])
    with pytest.raises(ShapeMismatch):
        structural_volume(counts[0])


def test_a_tenfold_amplitude_is_20_db() -> None:
    np.testing.assert_allclose(amplitude_db(np.float32([1, 10, 0])), [0, 20, -120], atol=1e-4)
