"""One grid for B-scans of any spacing."""

from __future__ import annotations

import numpy as np
import pytest

from octome.octa.acquisition import ScanGeometry
from octome.octa.segmentation.canonical import ROW_UM, CanonicalGrid


@pytest.mark.parametrize("axial_um", [1.7, 2.0, 4.0, 5.9])
def test_an_edge_keeps_its_depth_at_any_spacing(axial_um: float) -> None:
    depth = round(800 / axial_um)
    ranks = np.zeros((1, depth, 40), np.float32)
    edge = depth // 2
    ranks[:, edge:] = 1
    grid = CanonicalGrid.of(ranks.shape, ScanGeometry(axial_um / 1000, 0.012, 0.1))
    drawn = grid.drawn(ranks)[0, 5]
    # Half of what is bright lies below the edge, which is half a row above row `edge`.
    crossing = np.interp(0.5, drawn[: round(780 / ROW_UM)], np.arange(round(780 / ROW_UM)))
    assert crossing * grid.row_px == pytest.approx(edge - 0.5, abs=0.6)


def test_columns_are_the_mean_of_their_ascans() -> None:
    ranks = np.tile(np.arange(32, dtype=np.float32) / 32, (1, 100, 1))
    grid = CanonicalGrid.of(ranks.shape, ScanGeometry(0.004, 0.004, 0.1))
    assert grid.group == (1, 4)
    np.testing.assert_allclose(
        grid.drawn(ranks)[0, :, 10], (np.arange(8) * 4 + 1.5) / 32, atol=1e-6
    )


def test_rows_come_back_from_the_grid() -> None:
    grid = CanonicalGrid.of((2, 300, 64), ScanGeometry(0.003, 0.008, 0.1))
    px = np.tile(np.linspace(50, 80, 64, dtype=np.float32), (2, 1))
    np.testing.assert_allclose(grid.px_of(grid.rows_of(px))[:, 2:-2], px[:, 2:-2], atol=0.05)


def test_a_column_without_half_of_its_rows_has_none() -> None:
    grid = CanonicalGrid.of((1, 300, 32), ScanGeometry(0.004, 0.004, 0.1))
    px = np.full((1, 32), 40, np.float32)
    px[0, 1:4] = np.nan
    assert np.isnan(grid.rows_of(px)).tolist() == [[True, *[False] * 7]]


def test_wide_pixels_stay_as_they_are() -> None:
    assert CanonicalGrid.of((1, 300, 128), ScanGeometry(0.004, 0.06, 0.1)).group == (1, 1)
