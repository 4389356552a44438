"""Tracks of tractography."""

from __future__ import annotations

import struct

import pytest
from pydicom.dataset import Dataset
from small_instance import dataset, encoded, found_by

from octome.conformance.check.consistency.track import tracks

PATH = "violation tracks TrackSetSequence[0]."


def floats(count: int) -> bytes:
    return bytes(4 * count)


def found_in(*points: int, colours: int = 0, **more: object) -> list[str]:
    """What is found in a set of tracks of so many points each."""
    each = [dataset(PointCoordinatesData=floats(3 * count)) for count in points]
    if colours:
        each[0].RecommendedDisplayCIELabValueList = bytes(6 * colours)
    return found_by(tracks, dataset(TrackSetSequence=[dataset(TrackSequence=each, **more)]))


def measured(*values: Dataset) -> list[Dataset]:
    return [dataset(MeasurementValuesSequence=list(values))]


def values(count: int, *indices: int) -> Dataset:
    ds = dataset(FloatingPointValues=floats(count))
    if indices:
        ds.TrackPointIndexList = struct.pack(f"<{len(indices)}I", *indices)
    return ds


def test_points_have_three_coordinates() -> None:
    assert found_in(2, 3) == []
    half = dataset(TrackSequence=[dataset(PointCoordinatesData=floats(4))])
    found = found_by(tracks, dataset(TrackSetSequence=[half]))
    assert found == [f"{PATH}TrackSequence[0].PointCoordinatesData"]


@pytest.mark.parametrize(("colours", "is_wrong"), [(2, False), (1, True)])
def test_each_point_has_a_colour(colours: int, *, is_wrong: bool) -> None:
    path = f"{PATH}TrackSequence[0].RecommendedDisplayCIELabValueList"
    assert found_in(2, colours=colours) == [path] * is_wrong


@pytest.mark.parametrize(
    ("item", "wrong"),
    [
        (values(3), ""),
        (values(2), "FloatingPointValues"),
        (values(2, 1, 3), ""),
        (values(3, 1, 3), "FloatingPointValues"),
        (values(2, 1, 4), "TrackPointIndexList"),
    ],
)
def test_what_was_measured_is_there_for_each_point(item: Dataset, wrong: str) -> None:
    path = f"{PATH}MeasurementsSequence[0].MeasurementValuesSequence[0].{wrong}"
    assert found_in(3, MeasurementsSequence=measured(item)) == [path] * bool(wrong)


def test_each_track_has_its_measurements_and_statistics() -> None:
    path = f"{PATH}MeasurementsSequence[0].MeasurementValuesSequence"
    assert found_in(3, 3, MeasurementsSequence=measured(values(3))) == [path]
    path = f"{PATH}TrackStatisticsSequence[0].FloatingPointValues"
    assert found_in(3, 3, TrackStatisticsSequence=[values(2)]) == []
    assert found_in(3, 3, TrackStatisticsSequence=[values(3)]) == [path]


def test_nothing_follows_from_points_that_are_not_known() -> None:
    path = f"{PATH}TrackSequence[0].PointCoordinatesData"
    track = dataset(PointCoordinatesData=floats(4), RecommendedDisplayCIELabValueList=bytes(24))
    sets = dataset(TrackSequence=[track], MeasurementsSequence=measured(values(3, 1, 2, 9)))
    assert found_by(tracks, dataset(TrackSetSequence=[sets])) == [path]
    del track.PointCoordinatesData
    assert found_by(tracks, dataset(TrackSetSequence=[sets])) == []


def test_what_is_cut_off_is_not_counted() -> None:
    each = [dataset(PointCoordinatesData=floats(9)) for _ in range(2)]
    sets = dataset(TrackSequence=each, MeasurementsSequence=measured(values(3, 1, 2, 3)))
    whole = encoded(dataset(TrackSetSequence=[sets]))
    assert found_by(tracks, whole) == [f"{PATH}MeasurementsSequence[0].MeasurementValuesSequence"]
    assert found_by(tracks, whole[:-4]) == []
