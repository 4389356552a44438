"""Where A-scans lie on the retina, worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from octome.errors import ShapeMismatch
from octome.octa.scan_path import ScanPath


def raster(*offsets: float, turned: float = 0.0) -> ScanPath:
    starts = [(0.0, y) for y in offsets]
    ends = [(4.0, y + turned * n) for n, y in enumerate(offsets)]
    return ScanPath.lines(starts, ends, 4)


@pytest.mark.parametrize(
    ("offsets", "missing"),
    [
        ((0.0, 0.1, 0.2, 0.3), []),
        ((0.0, 0.1, 0.3, 0.4, 0.7), [(1, 1), (3, 2)]),
        ((0.4, 0.3, 0.1, 0.0), [(1, 1)]),
        ((0.0, 0.1, 0.25, 0.35), []),  # uneven, and not for lack of B-scans
    ],
)
def test_missing_bscans_are_counted(
    offsets: tuple[float, ...], missing: list[tuple[int, int]]
) -> None:
    assert raster(*offsets).missing_bscans == missing


@pytest.mark.parametrize(
    ("laterality", "start", "second"),
    # Both begin temporal and go up: to smaller rows of the picture.
    [("R", (7, 20), (8, 18)), ("L", (13, 20), (12, 18))],
)
def test_a_circle_begins_temporal_and_goes_up(
    laterality, start: tuple[float, float], second: tuple[float, float]
) -> None:
    points = ScanPath.circle(start, (10, 20), 4, laterality).points[0]
    # Four A-scans on a radius of 3, the first an eighth of a turn from the start.
    np.testing.assert_allclose(np.hypot(*(points - [10, 20]).T), 3)
    half = 3 / np.sqrt(2)
    expected = [10 - half if laterality == "R" else 10 + half, 20 - half]
    np.testing.assert_allclose(points[0], expected)
    assert np.sign(points[0] - [10, 20]).tolist() == np.sign(np.subtract(second, (10, 20))).tolist()


def test_a_circle_is_closed_and_not_straight() -> None:
    path = ScanPath.circle((7, 20), (10, 20), 16, "R")
    assert path.is_closed
    assert not path.is_straight
    np.testing.assert_allclose(path.centre, [10, 20])


@pytest.mark.parametrize(
    ("path", "is_raster"),
    [
        (raster(0, 1, 2), True),
        (raster(2, 1, 0), True),
        (raster(0, 1, 5), True),
        (raster(0), False),
        (raster(0, 0, 0), False),
        (raster(0, 2, 1), False),
        (raster(0, 1, 2, turned=0.5), False),
    ],
)
def test_a_raster_is_parallel_bscans_one_after_another(path: ScanPath, is_raster: bool) -> None:
    assert path.is_raster == is_raster


def test_opposite_bscans_are_not_a_raster() -> None:
    # To and fro: every second B-scan would be mirrored.
    assert not ScanPath.lines([(0, 0), (4, 1)], [(4, 0), (0, 1)], 4).is_raster


def test_offsets_are_measured_at_right_angles_to_the_bscans() -> None:
    # Each 3 further down and 4 further along itself.
    starts = [(4.0 * n, 3.0 * n) for n in range(3)]
    path = ScanPath.lines(starts, [(x + 6, y) for x, y in starts], 6)
    np.testing.assert_allclose(path.offsets_mm, [0, 3, 6])


@pytest.mark.parametrize("points", [np.zeros((2, 3)), np.full((1, 2, 2), np.nan)])
def test_places_are_two_numbers_for_each_ascan(points: np.ndarray) -> None:
    with pytest.raises(ShapeMismatch, match="places of A-scans"):
        ScanPath(points)
