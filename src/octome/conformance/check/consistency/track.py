"""Tracks of tractography: their points, and what was measured along them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from octome.conformance.check.consistency.disagreement import Disagreement
from octome.conformance.check.consistency.point_index import length_of, outside, point_indices
from octome.dicom.data_set import DataSet
from octome.dicom.part10 import Encoded
from octome.dicom.tag import TAG

# Tags that only these checks use.
TRACK_SEQUENCE = 0x00660102
MEASUREMENT_VALUES_SEQUENCE = 0x00660132
FLOATING_POINT_VALUES = 0x00660125
TRACK_STATISTICS_SEQUENCE = 0x00660130
RECOMMENDED_COLOURS = 0x00660103
BYTES_OF_A_POINT = 12  # three numbers of four bytes
BYTES_OF_A_COLOUR = 6  # three numbers of two bytes
BYTES_OF_A_VALUE = 4
SECTION = "PS3.3 C.8.33.2"


def tracks(encoded: Encoded) -> Iterator[Disagreement]:
    """A track has whole points, and what is stated of its points is stated of each."""
    for number, track_set in enumerate(encoded.data_set.items(TAG.TrackSetSequence)):
        path = f"TrackSetSequence[{number}]."
        found = track_set.items(TRACK_SEQUENCE)
        for at, track in enumerate(found):
            yield from _track(track, f"{path}TrackSequence[{at}].")
        for at, measured in enumerate(track_set.items(TAG.MeasurementsSequence)):
            yield from _measurements(measured, found, f"{path}MeasurementsSequence[{at}].")
        for at, statistic in enumerate(track_set.items(TRACK_STATISTICS_SEQUENCE)):
            values = length_of(statistic, FLOATING_POINT_VALUES) // BYTES_OF_A_VALUE
            if values and found and values != len(found):
                yield _wrong(
                    f"{path}TrackStatisticsSequence[{at}].FloatingPointValues",
                    f"it has {values:,} values, but there are {len(found):,} tracks",
                    "Write one value for each track, in their order",
                )


def _track(track: DataSet, path: str) -> Iterator[Disagreement]:
    length = length_of(track, TAG.PointCoordinatesData)
    if length % BYTES_OF_A_POINT:
        yield _wrong(
            f"{path}PointCoordinatesData",
            f"it has {length:,} bytes, but each point has {BYTES_OF_A_POINT}",
            "Write three coordinates of 4 bytes for each point",
        )
        return
    points = _points(track)
    colours = length_of(track, RECOMMENDED_COLOURS) // BYTES_OF_A_COLOUR
    if colours and points and colours != points:
        yield _wrong(
            f"{path}RecommendedDisplayCIELabValueList",
            f"it has {colours:,} colors, but the track has {points:,} points",
            "Write one color of three values for each point, or one color for the track in "
            "RecommendedDisplayCIELabValue",
        )


def _measurements(measured: DataSet, found: Sequence[DataSet], path: str) -> Iterator[Disagreement]:
    """Each track has an item with its values, in the order of the tracks."""
    items = measured.items(MEASUREMENT_VALUES_SEQUENCE)
    is_whole = measured.cut_at != MEASUREMENT_VALUES_SEQUENCE
    if items and found and is_whole and len(items) != len(found):
        yield _wrong(
            f"{path}MeasurementValuesSequence",
            f"it has {len(items):,} items, but there are {len(found):,} tracks",
            "Write one item for each track, in their order",
        )
        return
    for at, (item, track) in enumerate(zip(items, found, strict=False)):
        points = _points(track)
        values = length_of(item, FLOATING_POINT_VALUES) // BYTES_OF_A_VALUE
        indices = point_indices(item, TAG.TrackPointIndexList)
        inside = f"{path}MeasurementValuesSequence[{at}]."
        wrong = outside(indices, points)
        if wrong is not None:
            yield _wrong(
                f"{inside}TrackPointIndexList",
                f"it refers to point {wrong:,}, but the track has points 1 to {points:,}",
                "Number the points of each track from 1",
            )
        needed = len(indices) if TAG.TrackPointIndexList in item else points
        if values and needed and values != needed:
            of_what = "Track Point Index List has" if indices else "the track has"
            yield _wrong(
                f"{inside}FloatingPointValues",
                f"it has {values:,} values, but {of_what} {needed:,} points",
                "Write one value for each point, or list the points that were measured",
            )


def _points(track: DataSet) -> int:
    """How many points a track has; 0 where that is not known."""
    points, rest = divmod(length_of(track, TAG.PointCoordinatesData), BYTES_OF_A_POINT)
    return 0 if rest else points


def _wrong(path: str, message: str, fix: str) -> Disagreement:
    return Disagreement(code="tracks", path=path, message=message, fix=fix, section=SECTION)
