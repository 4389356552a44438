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


def test_a_wrong_average_or_shape_is_an_error() -> None:
    with pytest.raises(ShapeMismatch):
        background(np.zeros((3, 4, 8), np.uint16))
    with pytest.raises(UnknownName, match="median"):
        background(np.zeros((1, 1, 4, 8), np.uint16), average="mode")
