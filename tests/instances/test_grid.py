"""Where voxels lie, worked out by hand (PS3.3 C.7.6.2.1.1)."""

from __future__ import annotations

import numpy as np
import pytest

from octome.instances.grid import Grid, even_grid
from octome.octa.acquisition import ScanGeometry

GEOMETRY = ScanGeometry(0.5, 2.0, 3.0)  # mm between rows, A-scans, B-scans


def test_a_voxel_lies_where_the_formula_says() -> None:
    grid = Grid(shape=(3, 4, 5), geometry=GEOMETRY, origin=(10.0, 20.0, 30.0))
    rows = np.zeros((3, 5), np.float32)
    rows[2, 4] = 1.5
    # 10 + 4 * 2; 20 + 1.5 * 0.5; 30 - 2 * 3, as B-scans go to the feet.
    assert grid.points(rows)[2, 4].tolist() == [18.0, 20.75, 24.0]
    np.testing.assert_allclose(grid.indices(np.array([[18.0, 20.75, 24.0]])), [[2, 1.5, 4]])
    assert grid.positions()[1].tolist() == [10.0, 20.0, 27.0]


def tops_of(grid: Grid) -> np.ndarray:
    return grid.points(np.zeros((grid.shape[0], grid.shape[2]), np.float32))


def test_the_grid_is_found_again_from_its_ascans() -> None:
    grid = Grid(shape=(3, 4, 5), geometry=GEOMETRY, origin=(10.0, 20.0, 30.0))
    assert even_grid(tops_of(grid), grid.down, grid.shape, GEOMETRY) == grid


@pytest.mark.parametrize(
    ("bscan", "moved", "is_even"),
    [
        # A tenth of 3 mm between B-scans, half of 2 mm between A-scans, but for least squares.
        (1, (0, 0, 0.3), True),
        (1, (0, 0, 1.0), False),
        (1, (0.9, 0, 0), True),
        (1, (3.0, 0, 0), False),
    ],
)
def test_a_raster_is_even_to_a_tenth_of_its_pitch(
    bscan: int, moved: tuple[float, float, float], is_even: bool
) -> None:
    grid = Grid(shape=(3, 4, 5), geometry=GEOMETRY, origin=(10.0, 20.0, 30.0))
    tops = tops_of(grid)
    tops[bscan] += moved
    found = even_grid(tops, grid.down, grid.shape, GEOMETRY)
    assert (found is not None) == is_even
