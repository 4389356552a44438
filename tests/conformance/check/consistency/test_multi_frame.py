"""Frames: dimensions, concatenations, and tiles of a slide."""

from __future__ import annotations

import pytest
from pydicom.dataset import Dataset
from small_instance import dataset, found_by

from octome.conformance.check.consistency.multi_frame import (
    concatenation,
    dimension_pointers,
    dimension_targets,
    dimension_values,
    slide_position,
    tiles,
)
from octome.dicom.tag import TAG

WHOLE_SLIDE = "1.2.840.10008.5.1.4.1.1.77.1.6"


def with_frame(**content: object) -> Dataset:
    """Two frames with some content of their own."""
    frames = [dataset(FrameContentSequence=[dataset(**content)]) for _ in range(2)]
    return dataset(PerFrameFunctionalGroupsSequence=frames)


def test_index_values_count_from_1() -> None:
    assert found_by(dimension_values, with_frame(DimensionIndexValues=[1, 2])) == []
    path = "PerFrameFunctionalGroupsSequence[0].FrameContentSequence[0].DimensionIndexValues"
    ds = with_frame(DimensionIndexValues=[1, 0])
    assert found_by(dimension_values, ds) == [f"violation dimension {path}"]


@pytest.mark.parametrize(
    ("group", "is_wrong"), [(TAG.FrameContentSequence, False), (TAG.PixelMeasuresSequence, True)]
)
def test_a_dimension_points_at_what_is_there(group: int, is_wrong: bool) -> None:
    ds = with_frame(InStackPositionNumber=1)
    pointer = dataset(
        FunctionalGroupPointer=group, DimensionIndexPointer=int(TAG.InStackPositionNumber)
    )
    ds.DimensionIndexSequence = [pointer]
    path = "DimensionIndexSequence[0].FunctionalGroupPointer"
    assert found_by(dimension_pointers, ds) == [f"violation dimension {path}"] * is_wrong
    # The positions of a full set of tiles are not written.
    ds.DimensionOrganizationType = "TILED_FULL"
    assert found_by(dimension_pointers, ds) == []


@pytest.mark.parametrize(("number", "is_wrong"), [(0, True), (1, False), (2, False), (3, True)])
def test_a_part_of_a_concatenation_is_one_of_its_parts(number: int, is_wrong: bool) -> None:
    ds = dataset(InConcatenationNumber=number, InConcatenationTotalNumber=2)
    wrong = found_by(concatenation, ds)
    assert wrong == ["violation concatenation InConcatenationNumber"] * is_wrong


def slide(frames: int, **values: object) -> Dataset:
    """Tiles of 4 x 4 of a slide of 18 rows and 9 columns: 3 x 5 of them."""
    return dataset(
        SOPClassUID=WHOLE_SLIDE,
        DimensionOrganizationType="TILED_FULL",
        Rows=4,
        Columns=4,
        TotalPixelMatrixRows=18,
        TotalPixelMatrixColumns=9,
        NumberOfFrames=frames,
        **values,
    )


@pytest.mark.parametrize(
    ("frames", "values", "is_wrong"),
    [
        (15, {}, False),
        (1, {}, True),
        (30, {"NumberOfOpticalPaths": 2}, False),
        (30, {"TotalPixelMatrixFocalPlanes": 2}, False),
        (15, {"TotalPixelMatrixFocalPlanes": 2}, True),
        (1, {"ConcatenationUID": "2.25.1"}, False),
    ],
)
def test_there_is_a_frame_for_each_tile(
    frames: int, values: dict[str, object], is_wrong: bool
) -> None:
    assert found_by(tiles, slide(frames, **values)) == ["violation tiles NumberOfFrames"] * is_wrong


@pytest.mark.parametrize(
    ("kind", "frames", "is_wrong"),
    [("BINARY", 30, False), ("BINARY", 15, True), ("LABELMAP", 15, False)],
)
def test_each_segment_has_all_tiles(kind: str, frames: int, is_wrong: bool) -> None:
    ds = slide(frames, SegmentationType=kind, SegmentSequence=[dataset(), dataset()])
    is_map = kind == "LABELMAP"
    ds.SOPClassUID = "1.2.840.10008.5.1.4.1.1.66.7" if is_map else "1.2.840.10008.5.1.4.1.1.66.4"
    assert found_by(tiles, ds) == ["violation tiles NumberOfFrames"] * is_wrong


def test_a_slide_is_measured_from_its_corner() -> None:
    ds = dataset(SOPClassUID=WHOLE_SLIDE, PositionReferenceIndicator="BB")
    assert found_by(slide_position, ds) == ["violation enumerated PositionReferenceIndicator"]
    ds.PositionReferenceIndicator = "SLIDE_CORNER"
    assert found_by(slide_position, ds) == []


@pytest.mark.parametrize(
    ("pointer", "is_wrong"), [(TAG.FrameContentSequence, True), (0x00200032, False)]
)
def test_a_dimension_is_not_its_own_values(pointer: int, *, is_wrong: bool) -> None:
    ds = dataset(DimensionIndexSequence=[dataset(DimensionIndexPointer=pointer)])
    path = "DimensionIndexSequence[0].DimensionIndexPointer"
    assert found_by(dimension_targets, ds) == [f"violation dimension {path}"] * is_wrong


@pytest.mark.parametrize(
    ("sop_class", "total", "is_wrong"),
    [("4.1", 1, True), ("4.1", 2, False), ("77.1.5.4", 1, False)],
)
def test_a_concatenation_has_more_than_one_part(
    sop_class: str, total: int, *, is_wrong: bool
) -> None:
    ds = dataset(
        SOPClassUID=f"1.2.840.10008.5.1.4.1.1.{sop_class}", InConcatenationTotalNumber=total
    )
    found = found_by(concatenation, ds)
    assert found == ["warning concatenation InConcatenationTotalNumber"] * is_wrong


@pytest.mark.parametrize(
    ("index", "expected"),
    [
        (dataset(DimensionIndexPointer=0x00091001, DimensionIndexPrivateCreator="FROG"), []),
        (
            dataset(DimensionIndexPointer=0x00091001),
            ["violation missing DimensionIndexSequence[0].DimensionIndexPrivateCreator"],
        ),
        (dataset(DimensionIndexPointer=TAG.FrameContentSequence), []),
        (
            dataset(
                DimensionIndexPointer=TAG.FrameContentSequence,
                FunctionalGroupPointer=TAG.FrameContentSequence,
            ),
            ["violation dimension DimensionIndexSequence[0].FunctionalGroupPointer"] * 2,
        ),
    ],
)
def test_pointers_of_a_dimension_come_with_what_they_need(
    index: Dataset, expected: list[str]
) -> None:
    ds = with_frame(InStackPositionNumber=1)
    ds.DimensionIndexSequence = [index]
    assert found_by(dimension_pointers, ds) == expected
