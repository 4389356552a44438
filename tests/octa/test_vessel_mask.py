"""Which pixels are vessel."""

from __future__ import annotations

import numpy as np
import pytest

from octome.errors import ShapeMismatch
from octome.octa.vessel_mask import evened, otsu_threshold, vessel_mask


def two_levels(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """A noisy image of stripes, and where they are."""
    is_vessel = np.broadcast_to((np.arange(60) % 6 < 2), (60, 60))
    return (0.1 + 0.2 * is_vessel + 0.02 * rng.standard_normal((60, 60))).astype(np.float32), (
        is_vessel
    )


def test_otsu_splits_two_groups_in_the_middle() -> None:
    values = np.array([1.0, 1.0, 1.0, 5.0, 5.0], np.float32)
    assert otsu_threshold(values) == pytest.approx(3, abs=0.01)
    # 0, 1 | 9, 10 has the least variance within.
    assert 1 < otsu_threshold(np.array([0, 1, 9, 10], np.float32)) < 9


def test_otsu_is_the_least_variance_within_classes() -> None:
    rng = np.random.default_rng(3)
    values = np.concatenate([rng.normal(0, 1, 900), rng.normal(4, 1.5, 400)]).astype(np.float32)

    def within(limit: float) -> float:
        low, high = values[values <= limit], values[values > limit]
        return float(low.var() * low.size + high.var() * high.size)

    found = otsu_threshold(values)
    best = min(within(limit) for limit in np.linspace(-1, 6, 2_000))
    assert within(found) <= best * 1.001


def test_otsu_of_one_value_is_nan() -> None:
    assert np.isnan(otsu_threshold(np.full(9, 2, np.float32)))
    assert np.isnan(otsu_threshold(np.full(9, np.nan, np.float32)))
    assert not vessel_mask(np.full((3, 3), 2, np.float32)).any()


def test_one_threshold_finds_vessels_and_leaves_out_what_is_absent() -> None:
    image, is_vessel = two_levels(np.random.default_rng(0))
    image[10] = np.nan
    found = vessel_mask(image)
    assert not found[10].any()
    there = np.arange(60) != 10
    assert (found[there] == is_vessel[there]).mean() > 0.999
    assert (vessel_mask(image, threshold=0.2) == found).mean() > 0.999


def test_evening_takes_a_gradient_out() -> None:
    image, is_vessel = two_levels(np.random.default_rng(1))
    faded = image * np.linspace(0.25, 1, 60, dtype=np.float32)[:, None]
    before = (vessel_mask(faded) == is_vessel).mean()
    flat = evened(faded, bscan_mm=0.01, ascan_mm=0.01, radius_mm=0.1)
    after = (vessel_mask(flat) == is_vessel).mean()
    assert before < 0.93
    assert after > 0.995


def test_evening_makes_no_vessels_where_there_are_none() -> None:
    rng = np.random.default_rng(2)
    image, _ = two_levels(rng)
    image[15:45, 15:45] = 0.05 + 0.01 * rng.standard_normal((30, 30))
    found = vessel_mask(evened(image, bscan_mm=0.01, ascan_mm=0.01, radius_mm=0.05))
    assert not found[15:45, 15:45].any()


def test_evening_keeps_what_is_absent_absent() -> None:
    image, _ = two_levels(np.random.default_rng(0))
    image[20:25] = np.nan
    found = evened(image, bscan_mm=0.01, ascan_mm=0.01)
    assert (np.isnan(found) == np.isnan(image)).all()
    assert np.nanmean(found) == pytest.approx(1, abs=0.05)
    nothing = np.full((4, 4), np.nan, np.float32)
    assert np.isnan(evened(nothing, bscan_mm=1, ascan_mm=1)).all()
    assert (evened(np.zeros((4, 4), np.float32), bscan_mm=1, ascan_mm=1) == 0).all()


def test_an_array_that_is_not_an_image_is_an_error() -> None:
    with pytest.raises(ShapeMismatch, match=r"\(B, X\); found shape \(4,\)"):
        vessel_mask(np.ones(4, np.float32))
