"""Scans that are not even rasters: their A-scans, worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from octome.errors import InstancesDisagree
from octome.instances.grid import Grid
from octome.instances.scan_track import ScanTrack, placed, placed_grid
from octome.octa.acquisition import ScanGeometry
from octome.octa.scan_path import ScanPath

GEOMETRY = ScanGeometry(0.5, 1.0, 9.0)


def star(bscans: int = 3, ascans: int = 5) -> ScanTrack:
    """Lines of 5 mm through one point, whose middle A-scans lie at the same place."""
    turns = np.arange(bscans) * np.pi / bscans
    half = np.stack([np.cos(turns), np.sin(turns)], axis=-1) * 2.5
    path = ScanPath.lines([(-x, -y) for x, y in half], [(x, y) for x, y in half], ascans)
    found = placed(path, (bscans, 6, ascans), GEOMETRY)
    assert isinstance(found, ScanTrack)
    return found


def circle(ascans: int = 8) -> ScanTrack:
    path = ScanPath.circle((7, 20), (10, 20), ascans, "R")
    geometry = ScanGeometry(0.5, 2 * np.pi * 3 / ascans, 9.0)
    found = placed(path, (1, 6, ascans), geometry)
    assert isinstance(found, ScanTrack)
    return found


@pytest.mark.parametrize(
    ("start", "end", "step", "across", "along"),
    [
        # The fundus picture: right is the patient's left (+x), down is to the feet (-z).
        ((0, 0), (5, 0), (0, 2), (1, 0, 0), (0, 0, -1)),  # to the right, downwards
        ((0, 0), (5, 0), (0, -2), (1, 0, 0), (0, 0, 1)),  # to the right, upwards
        ((5, 0), (0, 0), (0, 2), (-1, 0, 0), (0, 0, -1)),  # to the left, downwards
        ((0, 0), (0, 5), (2, 0), (0, 0, -1), (1, 0, 0)),  # downwards, to the right
        ((0, 5), (0, 0), (-2, 0), (0, 0, 1), (-1, 0, 0)),  # upwards, to the left
    ],
)
def test_a_raster_has_the_directions_in_which_it_was_scanned(
    start: tuple[float, float],
    end: tuple[float, float],
    step: tuple[float, float],
    across: tuple[float, ...],
    along: tuple[float, ...],
) -> None:
    starts = [(start[0] + n * step[0], start[1] + n * step[1]) for n in range(3)]
    ends = [(end[0] + n * step[0], end[1] + n * step[1]) for n in range(3)]
    grid = placed(ScanPath.lines(starts, ends, 5), (3, 6, 5), GEOMETRY)
    assert isinstance(grid, Grid)
    assert grid.across == pytest.approx(across)
    assert grid.along == pytest.approx(along)
    assert grid.geometry.bscan_mm == pytest.approx(2)
    # The middle is the origin.
    np.testing.assert_allclose(grid.points(np.zeros((3, 5), np.float32))[1, 2], 0, atol=1e-12)


def test_uneven_bscans_keep_their_places_and_span_a_sheet() -> None:
    starts = [(0.0, y) for y in (0.0, 1.0, 5.0)]
    track = placed(ScanPath.lines(starts, [(x + 5, y) for x, y in starts], 5), (3, 6, 5), GEOMETRY)
    assert isinstance(track, ScanTrack)
    assert track.is_sheet
    np.testing.assert_allclose(np.diff(track.positions()[:, 2]), [-1, -4])


def test_rows_come_back_from_points_where_bscans_cross() -> None:
    track = star()
    rows = np.arange(15, dtype=np.float32).reshape(3, 5)
    rows[0, 1] = rows[1, 2] = np.nan
    points = track.points(rows).reshape(-1, 3)
    found = track.rows(points[np.isfinite(points[:, 0])])
    # Of three A-scans at one place, two have a point: those before and after them tell which.
    np.testing.assert_allclose(found, rows, atol=1e-5)


def test_points_far_from_every_ascan_are_an_error() -> None:
    with pytest.raises(InstancesDisagree, match="no point of the surface lies at an A-scan"):
        star().rows(np.array([[40.0, 0.0, 0.0]]))


def test_a_circle_goes_up_first_and_is_not_a_plane() -> None:
    track = circle()
    first, second = track.tops[0, :2]
    # It begins on the left of the picture, the patient's right, and goes to the head.
    assert first[0] < 0
    assert 0 < first[2] < second[2]
    assert track.orientations is None


def test_lines_are_interrupted_where_there_is_no_surface() -> None:
    there = np.array([[True, True, False, True, True], [False, True, False, True, True]])
    runs = [run.tolist() for run in star(2).runs(there)]
    assert runs == [[0, 1], [3, 4], [8, 9]]


@pytest.mark.parametrize(
    ("missing", "runs"),
    [
        ([], [[0, 1, 2, 3, 4, 5, 6, 7, 0]]),
        ([2, 5], [[3, 4], [6, 7, 0, 1]]),
        ([0, 1, 4], [[2, 3], [5, 6, 7]]),
    ],
)
def test_a_circle_is_connected_over_its_end(missing: list[int], runs: list[list[int]]) -> None:
    there = np.ones((1, 8), bool)
    there[0, missing] = False
    assert [run.tolist() for run in circle().runs(there)] == runs


def test_a_grid_as_single_ascans_has_the_same_places() -> None:
    grid = Grid.nominal((1, 6, 5), GEOMETRY)
    rows = np.arange(5, dtype=np.float32)[None]
    np.testing.assert_allclose(placed_grid(grid).points(rows), grid.points(rows))
