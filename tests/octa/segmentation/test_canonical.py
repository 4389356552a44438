"""One grid for B-scans of any spacing."""

from __future__ import annotations

import numpy as np
import pytest

from octome.octa.acquisition import ScanGeometry
from octome.octa.segmentation.canonical import ROW_UM, UNRECORDED, CanonicalGrid


def whole(grid: CanonicalGrid, ranks: np.ndarray) -> np.ndarray:
    """All rows of a volume on a grid."""
    return grid.drawn(ranks, np.zeros(grid.shape, np.float32), grid.rows)


@pytest.mark.parametrize("at", [0.05, 0.5, 0.95])
@pytest.mark.parametrize("axial_um", [1.7, 2.0, 4.0, 5.9])
def test_a_ramp_keeps_its_depth_at_any_spacing(axial_um: float, at: float) -> None:
    depth = round(800 / axial_um)
    middle = at * depth
    ramp = np.clip(0.5 + (np.arange(depth) - middle) / 16, 0, 1).astype(np.float32)
    ranks = np.ascontiguousarray(np.broadcast_to(ramp[None, :, None], (1, depth, 40)))
    grid = CanonicalGrid.of(ranks.shape, ScanGeometry(axial_um / 1000, 0.012, 0.1))
    drawn = whole(grid, ranks)[0, 5, : round(780 / ROW_UM)]
    crossing = np.interp(0.5, drawn, np.arange(len(drawn)))
    assert crossing * grid.row_px == pytest.approx(middle, abs=0.05)


def test_each_ascan_begins_at_its_own_row() -> None:
    row = np.arange(100, dtype=np.float32)[:, None]
    slope = np.arange(32, dtype=np.float32)[None] / 2
    ranks = np.ascontiguousarray(((row - slope) / 100)[None])
    grid = CanonicalGrid.of(ranks.shape, ScanGeometry(0.004, 0.02, 0.1))
    level = grid.drawn(ranks, slope + 20, 30)
    np.testing.assert_allclose(level[0], np.tile(np.arange(20, 50) / 100, (32, 1)), atol=1e-5)
    np.testing.assert_allclose(grid.px_of(np.full((1, 32), 7, np.float32), slope + 20),
                               slope + 27)  # fmt: skip


def test_what_lies_outside_is_unrecorded() -> None:
    ranks = np.ones((1, 100, 16), np.float32)
    grid = CanonicalGrid.of(ranks.shape, ScanGeometry(0.004, 0.02, 0.1))
    drawn = grid.drawn(ranks, np.full((1, 16), -10, np.float32), 130)
    assert (drawn[..., :9] == UNRECORDED).all()
    assert (drawn[..., 10:110] == 1).all()
    assert (drawn[..., 111:] == UNRECORDED).all()


def test_an_empty_bscan_takes_nothing_from_the_others_of_its_group() -> None:
    ranks = np.full((4, 100, 16), -0.3, np.float32)
    ranks[::2, 50:] = 1
    grid = CanonicalGrid.of(ranks.shape, ScanGeometry(0.004, 0.02, 0.012))
    assert grid.group[0] == 2
    np.testing.assert_allclose(whole(grid, ranks)[..., 60], 1)


def test_columns_are_the_mean_of_their_ascans() -> None:
    ranks = np.tile(np.arange(32, dtype=np.float32) / 32, (1, 100, 1))
    grid = CanonicalGrid.of(ranks.shape, ScanGeometry(0.004, 0.004, 0.1))
    assert grid.group == (1, 4)
    np.testing.assert_allclose(
        whole(grid, ranks)[0, :, 10], (np.arange(8) * 4 + 1.5) / 32, atol=1e-6
    )


def test_rows_come_back_from_the_grid() -> None:
    grid = CanonicalGrid.of((2, 300, 64), ScanGeometry(0.003, 0.008, 0.1))
    px = np.tile(np.linspace(50, 80, 64, dtype=np.float32), (2, 1))
    np.testing.assert_allclose(
        grid.px_of(grid.rows_of(px), np.float32(0))[:, 2:-2], px[:, 2:-2], atol=0.05
    )


def test_a_column_without_half_of_its_rows_has_none() -> None:
    grid = CanonicalGrid.of((1, 300, 32), ScanGeometry(0.004, 0.004, 0.1))
    px = np.full((1, 32), 40, np.float32)
    px[0, 1:4] = np.nan
    assert np.isnan(grid.rows_of(px)).tolist() == [[True, *[False] * 7]]


def test_wide_pixels_stay_as_they_are() -> None:
    assert CanonicalGrid.of((1, 300, 128), ScanGeometry(0.004, 0.06, 0.1)).group == (1, 1)
