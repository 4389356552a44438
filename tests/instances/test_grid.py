"""Where voxels lie, worked out by hand (PS3.3 C.7.6.2.1.1)."""

from __future__ import annotations

import numpy as np
import pytest

from octome.errors import InstanceUnreadable
from octome.instances.grid import Grid, grid_of
from octome.octa.acquisition import ScanGeometry

GEOMETRY = ScanGeometry(0.5, 2.0, 3.0)  # mm between rows, A-scans, B-scans
UPRIGHT = np.array([1.0, 0, 0, 0, 1, 0])


def test_a_voxel_lies_where_the_formula_says() -> None:
    grid = Grid(shape=(3, 4, 5), geometry=GEOMETRY, origin=(10.0, 20.0, 30.0))
    rows = np.zeros((3, 5), np.float32)
    rows[2, 4] = 1.5
    # 10 + 4 * 2; 20 + 1.5 * 0.5; 30 - 2 * 3, as B-scans go to the feet.
    assert grid.points(rows)[2, 4].tolist() == [18.0, 20.75, 24.0]
    np.testing.assert_allclose(grid.indices(np.array([[18.0, 20.75, 24.0]])), [[2, 1.5, 4]])
    assert grid.positions()[1].tolist() == [10.0, 20.0, 27.0]


def test_the_grid_is_found_again_from_its_positions() -> None:
    grid = Grid(shape=(3, 4, 5), geometry=GEOMETRY, origin=(10.0, 20.0, 30.0))
    found = grid_of(grid.shape, grid.positions(), np.array(grid.orientation), (0.5, 2.0), None)
    assert found == grid


@pytest.mark.parametrize(
    ("positions", "orientation", "why"),
    [
        ([[0, 0, 0], [0, 0, 1], [0, 0, 3]], UPRIGHT, "not evenly spaced"),
        ([[0, 0, 0], [0, 0, 0]], UPRIGHT, "not evenly spaced"),
        ([[0, 0, 0], [0, 0, 1]], UPRIGHT * 1.1, "two unit vectors"),
        ([[0, 0, 0], [1, 0, 0]], UPRIGHT, "do not span a volume"),
        ([[0, 0, 9e3], [0, 0, 9e3 + 1]], UPRIGHT, "more than a metre away"),
        ([[0, 0, 0], [0, 0, 1e-9]], UPRIGHT, "is impossible"),
    ],
)
def test_what_is_not_a_raster_is_refused(
    positions: list[list[float]], orientation: np.ndarray, why: str
) -> None:
    where = np.array(positions, np.float64)
    with pytest.raises(InstanceUnreadable, match=why):
        grid_of((len(where), 4, 5), where, orientation, (0.5, 2.0), None)
