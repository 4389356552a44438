"""How deep the brightest voxel lies."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from octome.errors import ShapeMismatch
from octome.octa.depth_encoding import (
    DEPTH_COLOURS,
    DEPTH_LEVELS,
    depth_indices,
    depth_of_maximum,
    depth_palette,
)
from octome.octa.picture import ABSENT


def depth(column: list[float], upper: float, lower: float) -> float:
    volume = np.array(column, np.float32).reshape(1, -1, 1)
    rows = [np.array([[row]], np.float32) for row in (upper, lower)]
    return float(depth_of_maximum(volume, *rows)[0, 0])


def plainly(column: np.ndarray, upper: float, lower: float) -> float:
    z = np.array([z for z in range(len(column)) if upper <= z <= lower])
    if z.size == 0 or np.isnan(column[z]).any():
        return float("nan")
    best = z[np.argmax(column[z])]
    return (best - upper) / (lower - upper) if lower > upper else 0.5


def test_by_hand() -> None:
    assert depth([1, 2, 9, 3, 1], 0, 4) == 0.5
    assert depth([9, 2, 1, 3, 1], 1, 4) == pytest.approx(2 / 3)
    # Of two the upper one.
    assert depth([5, 5, 1], 0, 2) == 0
    assert depth([5, 6, 5], 1, 1) == 0.5


def test_the_result_is_nan_where_depth_is_undefined() -> None:
    nan = float("nan")
    for upper, lower in ((2, 1), (nan, 2), (1, nan), (5, 9), (-9, -3), (1.2, 1.8)):
        assert np.isnan(depth([1, 2, 3], upper, lower))
    assert np.isnan(depth([1, nan, 3], 0, 2))
    assert depth([nan, 1, 3], 1, 2) == 1


row = st.floats(-6, 26, width=32) | st.just(float("nan"))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**31), st.lists(st.tuples(row, row), min_size=1, max_size=6))
def test_it_matches_its_definition(seed: int, slabs: list[tuple[float, float]]) -> None:
    rng = np.random.default_rng(seed)
    volume = rng.uniform(-5, 5, (1, 20, len(slabs))).astype(np.float32)
    volume[rng.random(volume.shape) < 0.02] = np.nan
    upper, lower = (np.array([side], np.float32) for side in zip(*slabs, strict=True))
    found = depth_of_maximum(volume, upper, lower)[0]
    expected = [
        plainly(volume[0, :, x], float(upper[0, x]), float(lower[0, x])) for x in range(len(slabs))
    ]
    np.testing.assert_allclose(found, expected, rtol=1e-4, atol=1e-5)


def test_uint16_is_read_unchanged() -> None:
    volume = np.arange(60, dtype=np.uint16).reshape(2, 10, 3)
    rows = np.zeros((2, 3), np.float32)
    assert (depth_of_maximum(volume, rows, rows + 9) == 1).all()


def test_what_does_not_fit_is_refused() -> None:
    volume, surface = np.ones((2, 5, 3), np.float32), np.ones((2, 3), np.float32)
    with pytest.raises(ShapeMismatch, match=r"\(2, 5, 3\), \(2, 2\)"):
        depth_of_maximum(volume, surface[:, :2], surface)


def test_depth_is_colour_and_value_is_brightness() -> None:
    flow = np.array([[0, 1, 1, 1, np.nan]], np.float32)
    depth = np.array([[0.5, 0, 1, np.nan, 0]], np.float32)
    found = depth_palette()[depth_indices(flow, depth, low=0, high=1)][0]
    expected = [(0, 0, 0), DEPTH_COLOURS[0], DEPTH_COLOURS[-1], ABSENT, ABSENT]
    assert [tuple(colour) for colour in found.tolist()] == expected
    with pytest.raises(ShapeMismatch, match="values and depth"):
        depth_indices(flow, depth[:, 1:], low=0, high=1)


def test_only_what_has_no_value_has_index_0() -> None:
    flow = np.array([[-1, 0, np.nan]], np.float32)
    depth = np.zeros_like(flow)
    found = depth_indices(flow, depth, low=0, high=1)
    assert found.tolist() == [[DEPTH_LEVELS, DEPTH_LEVELS, 0]]
    assert depth_palette()[DEPTH_LEVELS].tolist() == [0, 0, 0]
    # One value in all pixels: black, not an error.
    assert depth_indices(depth, depth, low=0, high=0)[0, 0] == DEPTH_LEVELS
