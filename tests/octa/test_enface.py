"""En face projections: worked out by hand, and equal to their plain definition."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from octome.errors import ShapeMismatch, SurfaceMissing, UnknownName
from octome.octa.enface import PROJECTIONS, enface, slab_projection
from octome.octa.slab import Slab


def plainly(column: np.ndarray, upper: float, lower: float, projection: str) -> float:
    """The projection of one A-scan by its definition."""
    z = np.arange(len(column))
    overlap = np.minimum(lower, z + 0.5) - np.maximum(upper, z - 0.5)
    overlap = np.clip(overlap, 0, None)
    if not lower > upper or overlap.sum() == 0:
        return float("nan")
    values = column.astype(np.float64)[overlap > 0]
    weight = overlap[overlap > 0]
    if projection in ("mean", "sum", "std"):
        total = (weight * values).sum()
        mean = total / weight.sum()
        spread = np.sqrt((weight * (values - mean) ** 2).sum() / weight.sum())
        return float({"mean": mean, "sum": total, "std": spread}[projection])
    counts = weight >= 0.4999
    if not counts.any():
        counts = weight == weight.max()
        return float(values[counts][0])
    if np.isnan(values[counts]).any():
        return float("nan")
    return float(getattr(values[counts], projection)())


def project(column: list[float], upper: float, lower: float, projection: str) -> float:
    volume = np.array(column, np.float32).reshape(1, -1, 1)
    rows = [np.array([[row]], np.float32) for row in (upper, lower)]
    return float(slab_projection(volume, *rows, projection=projection)[0, 0])


def test_a_voxel_counts_by_its_part_within_the_slab() -> None:
    # From the middle of voxel 1 to the edge of voxel 2: half of 2, all of 4.
    column = [1.0, 2.0, 4.0, 8.0]
    assert project(column, 1.0, 2.5, "sum") == pytest.approx(0.5 * 2 + 4)
    assert project(column, 1.0, 2.5, "mean") == pytest.approx(5 / 1.5)
    assert project(column, 1.0, 2.5, "max") == 4
    assert project(column, 1.0, 2.5, "min") == 2
    # 0.4 of voxel 1 is less than half.
    assert project(column, 1.1, 2.5, "min") == 4


def test_a_slab_within_one_voxel_is_that_voxel() -> None:
    for projection in ("mean", "max", "min"):
        assert project([1.0, 7.0, 2.0], 0.9, 1.1, projection) == pytest.approx(7)
    assert project([1.0, 7.0, 2.0], 0.9, 1.1, "std") == 0


def test_a_slab_is_cut_at_the_edges_of_the_volume() -> None:
    assert project([1.0, 2.0], -9, 0.5, "sum") == pytest.approx(1)
    assert project([1.0, 2.0], 0.5, 99, "sum") == pytest.approx(2)


@pytest.mark.parametrize("projection", PROJECTIONS)
@pytest.mark.parametrize(
    ("upper", "lower"),
    [(2, 1), (1, 1), (np.nan, 2), (1, np.nan), (5, 9), (-9, -3), (np.nan, np.nan)],
)
def test_the_result_is_nan_where_the_slab_is_undefined(
    upper: float, lower: float, projection: str
) -> None:
    volume = np.ones((1, 3, 2), np.float32)
    # The other A-scan has a slab, so the rows are read.
    rows = np.array([[upper, 0], [lower, 2]], np.float32)
    found = slab_projection(volume, rows[:1], rows[1:], projection=projection)
    assert np.isnan(found[0, 0])
    assert np.isfinite(found[0, 1])


def test_nan_within_the_slab_is_nan_and_outside_does_not_count() -> None:
    for projection in PROJECTIONS:
        assert np.isnan(project([np.nan, 1.0, 2.0], -0.5, 2.5, projection))
        assert np.isfinite(project([np.nan, 1.0, 2.0], 0.5, 2.5, projection))


row = st.floats(-6, 26, width=32) | st.just(float("nan"))


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 2**31),
    st.lists(st.tuples(row, row), min_size=1, max_size=7),
    st.sampled_from(PROJECTIONS),
    st.sampled_from([np.float32, np.uint16]),
)
def test_it_matches_its_definition(
    seed: int, slabs: list[tuple[float, float]], projection: str, dtype: type
) -> None:
    values = np.random.default_rng(seed).uniform(0, 60_000, (1, 20, len(slabs)))
    volume = values.astype(dtype)
    upper, lower = (np.array([side], np.float32) for side in zip(*slabs, strict=True))
    found = slab_projection(volume, upper, lower, projection=projection)
    for x in range(len(slabs)):
        expected = plainly(volume[0, :, x], upper[0, x], lower[0, x], projection)
        # A sliver of 1e-6 px is below the resolution of float32.
        if np.isfinite(expected) and lower[0, x] - upper[0, x] > 1e-3:
            assert found[0, x] == pytest.approx(expected, rel=2e-3, abs=1.0)
        elif np.isnan(expected):
            assert np.isnan(found[0, x])


def test_a_slab_by_its_surfaces() -> None:
    volume = np.arange(40, dtype=np.float32).reshape(1, 40, 1) * np.ones((2, 1, 3), np.float32)
    surfaces = {"ILM": np.full((2, 3), 10, np.float32), "IPL": np.full((2, 3), 20, np.float32)}
    found = enface(volume, surfaces, Slab.parse("ILM+5um..IPL-10um"), 0.005)
    # Rows 11 to 18: their middle.
    np.testing.assert_allclose(found, 14.5)
    whole = enface(volume, surfaces, Slab.parse("top..bottom"), 0.005, projection="sum")
    np.testing.assert_allclose(whole, np.arange(40).sum())
    with pytest.raises(
        SurfaceMissing, match="surface BM, which was not found; there are: ILM, IPL"
    ):
        enface(volume, surfaces, Slab.parse("ILM..BM"), 0.005)


def test_what_does_not_fit_is_refused() -> None:
    volume, surface = np.ones((2, 5, 3), np.float32), np.ones((2, 3), np.float32)
    with pytest.raises(ShapeMismatch, match=r"\(2, 5, 3\), \(2, 2\)"):
        slab_projection(volume, surface[:, :2], surface)
    with pytest.raises(UnknownName, match="mean, sum, std, max, min"):
        slab_projection(volume, surface, surface, projection="median")
    out = np.empty((2, 3), np.float32)
    assert slab_projection(volume, surface, surface + 1, out=out) is out
