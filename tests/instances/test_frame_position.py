"""Where frames lie, read back from planes, or from places on a picture of the fundus."""

from __future__ import annotations

import math

import numpy as np
import pytest
from pydicom.dataset import Dataset

from octome.errors import InstanceUnreadable
from octome.instances.frame_position import stored_placement
from octome.instances.grid import Grid
from octome.instances.scan_track import ScanTrack

SHAPE = (3, 4, 5)
UPRIGHT = [1.0, 0, 0, 0, 1, 0]


def item(**values: object) -> Dataset:
    ds = Dataset()
    for keyword, value in values.items():
        setattr(ds, keyword, value)
    return ds


def header(positions: list[list[float]], turns: list[list[float]] | None = None) -> Dataset:
    """Rows 0.5 mm apart, columns 2 mm."""
    shared = item(PixelMeasuresSequence=[item(PixelSpacing=[0.5, 2.0])])
    frames = []
    for position, turn in zip(positions, turns or [UPRIGHT] * len(positions), strict=True):
        group = item(PlanePositionSequence=[item(ImagePositionPatient=position)])
        group.PlaneOrientationSequence = [item(ImageOrientationPatient=turn)]
        frames.append(group)
    return item(SharedFunctionalGroupsSequence=[shared], PerFrameFunctionalGroupsSequence=frames)


def on_fundus(kind: str, coordinates: list[float]) -> Dataset:
    shared = item(PixelMeasuresSequence=[item(PixelSpacing=[0.5, 2.0])])
    # A circle's plane has no values.
    shared.PlanePositionSequence = [Dataset()]
    place = item(OphthalmicImageOrientation=kind, ReferenceCoordinates=coordinates)
    frame = item(OphthalmicFrameLocationSequence=[place])
    return item(SharedFunctionalGroupsSequence=[shared], PerFrameFunctionalGroupsSequence=[frame])


@pytest.mark.parametrize("step", [3.0, -3.0])
def test_even_positions_are_a_grid_in_their_direction(step: float) -> None:
    found = stored_placement(header([[10, 20, b * step] for b in range(3)]), SHAPE)
    assert isinstance(found, Grid)
    assert found.along == (0, 0, math.copysign(1, step))
    assert found.geometry.bscan_mm == pytest.approx(3)
    assert found.origin == pytest.approx((10, 20, 0))


def test_uneven_positions_are_kept() -> None:
    found = stored_placement(header([[0, 0, 0], [0, 0, -1], [0, 0, -5]]), SHAPE)
    assert isinstance(found, ScanTrack)
    assert found.is_sheet
    assert found.positions()[:, 2].tolist() == [0, -1, -5]


def test_frames_of_a_star_have_their_own_directions() -> None:
    turns = [UPRIGHT, [0, 0, -1.0, 0, 1, 0], [-0.6, 0, 0.8, 0, 1, 0]]
    found = stored_placement(header([[-4, 0, 0], [0, 0, 4], [2.4, 0, -3.2]], turns), SHAPE)
    assert isinstance(found, ScanTrack)
    assert not found.is_sheet
    # The middle column of each is 2 * 2 mm along.
    np.testing.assert_allclose(found.tops[:, 2], 0, atol=1e-12)
    np.testing.assert_allclose(found.orientations, turns, atol=1e-12)


def test_one_frame_is_a_line() -> None:
    found = stored_placement(header([[1, 2, 3]]), (1, 4, 5))
    assert isinstance(found, ScanTrack)
    assert found.tops[0, :, 0].tolist() == [1, 3, 5, 7, 9]


def test_columns_on_a_picture_give_its_scale_and_the_middle_is_the_origin() -> None:
    # Four columns on a circle; row before column. 2 mm between columns, along the circle.
    corners = [10, 10, 10, 20, 20, 20, 20, 10]
    found = stored_placement(on_fundus("NONLINEAR", corners), (1, 4, 4))
    # Patient coordinates: to the left, to the back, to the head. The circumference is 8 mm.
    expected = np.array([[-1, 0, 1], [1, 0, 1], [1, 0, -1], [-1, 0, -1]]) * 4 / np.pi / 2**0.5
    np.testing.assert_allclose(found.tops[0], expected, atol=1e-12)


def test_the_ends_of_a_line_on_a_picture_are_edges_of_its_columns() -> None:
    found = stored_placement(on_fundus("LINEAR", [5, 0, 5, 50]), (1, 4, 5))
    assert found.tops[0, :, 0].tolist() == [-4, -2, 0, 2, 4]


@pytest.mark.parametrize(
    ("positions", "turns", "why"),
    [
        ([[0, 0, 0]], [[1.1, 0, 0, 0, 1, 0]], "two unit vectors"),
        ([[0, 0, 9e3]], [UPRIGHT], "more than a metre away"),
        ([[0, 0, math.nan]], [UPRIGHT], "its ImagePositionPatient is not 3 numbers"),
        ([[0, 0]], [UPRIGHT], "its ImagePositionPatient is not 3 numbers"),
        ([[0, 0, 0]] * 2, [UPRIGHT, [1, 0, 0, 0, 0, 1.0]], "different directions of depth"),
    ],
)
def test_impossible_positions_are_an_error(
    positions: list[list[float]], turns: list[list[float]], why: str
) -> None:
    with pytest.raises(InstanceUnreadable, match=why):
        stored_placement(header(positions, turns), (len(positions), 4, 5))


@pytest.mark.parametrize(
    ("kind", "coordinates", "why"),
    [
        ("TRANSVERSE", [0, 0, 9, 9], "is TRANSVERSE, not a line"),
        ("NONLINEAR", [0, 0, 9, 9], "its ReferenceCoordinates is not 8 numbers"),
        ("LINEAR", [3, 3, 3, 3], "at one place"),
    ],
)
def test_impossible_places_are_an_error(kind: str, coordinates: list[float], why: str) -> None:
    with pytest.raises(InstanceUnreadable, match=why):
        stored_placement(on_fundus(kind, coordinates), (1, 4, 4))
