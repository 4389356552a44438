"""How the points of a surface are connected."""

from __future__ import annotations

import numpy as np
import pytest

from octome.instances.grid import Grid
from octome.instances.scan_track import placed
from octome.instances.surface_mesh import SurfaceMesh
from octome.octa.acquisition import ScanGeometry
from octome.octa.scan_path import ScanPath

GEOMETRY = ScanGeometry(0.5, 1.0, 1.0)
ROWS = np.zeros((2, 3), np.float32)


def raster(ys: tuple[float, ...]) -> SurfaceMesh:
    path = ScanPath.lines([(0, y) for y in ys], [(3, y) for y in ys], 3)
    return SurfaceMesh(placed(path, (len(ys), 4, 3), GEOMETRY))


@pytest.mark.parametrize("ys", [(0.0, 1.0), (1.0, 0.0), (0.0, 0.1, 5.0)])
def test_triangles_face_the_vitreous_in_any_scan_direction(ys: tuple[float, ...]) -> None:
    part = raster(ys).of(np.zeros((len(ys), 3), np.float32))
    assert len(part.triangles) == 4 * (len(ys) - 1)
    first, second, third = (part.points[part.triangles[:, corner] - 1] for corner in range(3))
    outward = np.cross(second - first, third - first)
    # Depth is +y, so the vitreous is -y.
    assert np.all(outward[:, 1] < 0)


def test_separate_bscans_are_lines_with_numbers_of_points() -> None:
    path = ScanPath.lines([(0, 0), (0, 0)], [(3, 0), (0, 3)], 3)
    mesh = SurfaceMesh(placed(path, (2, 4, 3), GEOMETRY))
    rows = ROWS.copy()
    rows[0, 0] = np.nan
    part = mesh.of(rows)
    assert not mesh.is_sheet
    assert len(part.points) == 5
    assert len(part.triangles) == 0
    assert [line.tolist() for line in part.lines] == [[1, 2], [3, 4, 5]]


def test_a_grid_has_two_triangles_between_four_ascans() -> None:
    part = SurfaceMesh(Grid.nominal((2, 4, 3), GEOMETRY)).of(ROWS)
    assert len(part.triangles) == 4
    assert part.lines == []
