"""Frames: dimensions, concatenations, and tiles of a slide."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from octome.conformance.check.consistency.disagreement import Disagreement
from octome.dicom.data_set import DataSet
from octome.dicom.part10 import Encoded
from octome.dicom.tag import TAG

SEGMENTATION = "1.2.840.10008.5.1.4.1.1.66.4"
# PS3.3 C.8.17.7, C.8.17.16: where the number is 1, as there are no concatenations.
SINGLE_PART = frozenset({f"1.2.840.10008.5.1.4.1.1.77.1.5.{kind}" for kind in (4, 8)})
SLIDES = frozenset({"1.2.840.10008.5.1.4.1.1.77.1.6", "1.2.840.10008.5.1.4.1.1.77.1.3"})


def dimension_values(encoded: Encoded) -> Iterator[Disagreement]:
    """Dimension Index Values count from 1 (PS3.3 C.7.6.17)."""
    frames = encoded.data_set.items(TAG.PerFrameFunctionalGroupsSequence)
    for number, frame in enumerate(frames):
        for content in frame.items(TAG.FrameContentSequence):
            low = [value for value in content.values(TAG.DimensionIndexValues) if value == 0]
            if low:
                yield Disagreement(
                    code="dimension",
                    path=f"PerFrameFunctionalGroupsSequence[{number}].FrameContentSequence[0]"
                    ".DimensionIndexValues",
                    message="a value is 0, but index values count from 1",
                    fix="Count the positions of each dimension from 1",
                    section="PS3.3 C.7.6.17.1",
                )
                return


def dimension_pointers(encoded: Encoded) -> Iterator[Disagreement]:
    """Each dimension points at an attribute that its functional group has (PS3.3 C.7.6.17.1)."""
    ds = encoded.data_set
    frames = [
        *ds.items(TAG.SharedFunctionalGroupsSequence),
        *ds.items(TAG.PerFrameFunctionalGroupsSequence),
    ]
    is_written = ds.text(TAG.DimensionOrganizationType) != "TILED_FULL"
    if not is_written or not any(frame.elements for frame in frames):
        return
    written = {tag for frame in frames for tag in frame.elements}
    for at, index in enumerate(ds.items(TAG.DimensionIndexSequence)):
        group, attribute = (
            _tag(index, TAG.FunctionalGroupPointer),
            _tag(index, TAG.DimensionIndexPointer),
        )
        if attribute in written and group is not None:
            yield Disagreement(
                code="dimension",
                path=f"DimensionIndexSequence[{at}].FunctionalGroupPointer",
                message="it is there, but Dimension Index Pointer points to a functional group",
                fix="Remove Functional Group Pointer",
                section="PS3.3 C.7.6.17.1",
            )
        yield from _creators(index, (group, attribute), f"DimensionIndexSequence[{at}]")
        if group is None or attribute is None or (group | attribute) >> 16 & 1:
            continue
        items = [item for frame in frames for item in frame.items(group)]
        # Some are in a sequence of the group, as Diffusion Gradient Orientation.
        if any(attribute in item for item in items):
            continue
        if any(attribute in inner for item in items for inner in item.walk.data_sets):
            continue
        what = "does not have" if items else "is not there, nor is"
        yield Disagreement(
            code="dimension",
            path=f"DimensionIndexSequence[{at}].FunctionalGroupPointer",
            message=f"the functional group ({group >> 16:04X},{group & 0xFFFF:04X}) {what} the "
            f"attribute ({attribute >> 16:04X},{attribute & 0xFFFF:04X})",
            fix="Point at the functional group that has the attribute",
            section="PS3.3 C.7.6.17.1",
        )


def _creators(
    index: DataSet, pointers: tuple[int | None, int | None], path: str
) -> Iterator[Disagreement]:
    """A pointer to a private attribute comes with the private creator."""
    creators = (
        (TAG.FunctionalGroupPrivateCreator, "FunctionalGroupPrivateCreator"),
        (TAG.DimensionIndexPrivateCreator, "DimensionIndexPrivateCreator"),
    )
    for pointer, (tag, keyword) in zip(pointers, creators, strict=True):
        if pointer is not None and pointer >> 16 & 1 and not index.has_value(tag):
            yield Disagreement(
                code="missing",
                path=f"{path}.{keyword}",
                message=f"it is missing, but ({pointer >> 16:04X},{pointer & 0xFFFF:04X}) is a "
                "private attribute",
                fix=f"Add {keyword}, with the creator of the block",
                section="PS3.3 C.7.6.17.1",
            )


def dimension_targets(encoded: Encoded) -> Iterator[Disagreement]:
    """A dimension is not the content of the frame, where its own values are (PS3.3 C.7.6.17)."""
    for at, index in enumerate(encoded.data_set.items(TAG.DimensionIndexSequence)):
        if _tag(index, TAG.DimensionIndexPointer) in (
            TAG.FrameContentSequence,
            TAG.DimensionIndexValues,
        ):
            yield Disagreement(
                code="dimension",
                path=f"DimensionIndexSequence[{at}].DimensionIndexPointer",
                message="it points to Frame Content Sequence or to Dimension Index Values",
                fix="Point to the attribute that differs between the frames",
                section="PS3.3 C.7.6.17.1",
            )


def concatenation(encoded: Encoded) -> Iterator[Disagreement]:
    """A part of a concatenation is one of its parts (PS3.3 C.7.6.16.1.4)."""
    ds = encoded.data_set
    number, total = (
        ds.number(TAG.InConcatenationNumber),
        ds.number(TAG.InConcatenationTotalNumber),
    )
    if total == 1 and ds.text(TAG.SOPClassUID) not in SINGLE_PART:
        yield Disagreement(
            code="concatenation",
            outcome="warning",  # newer classes may have it too
            path="InConcatenationTotalNumber",
            message="it is 1, but a concatenation has more than one part",
            fix="Remove the attributes of concatenations",
            section="PS3.3 C.7.6.16.1.4",
        )
    if number is None or (number >= 1 and (not total or number <= total)):
        return
    yield Disagreement(
        code="concatenation",
        path="InConcatenationNumber",
        message=f"it is {number:,.10g} of {total:,.10g}"
        if total
        else f"it is {number:,.10g}, not 1 or more",
        fix="Number the parts of the concatenation from 1",
        section="PS3.3 C.7.6.16.1.4",
    )


def tiles(encoded: Encoded) -> Iterator[Disagreement]:
    """A full set of tiles has a frame for each (PS3.3 C.7.6.17.3)."""
    ds = encoded.data_set
    sizes = [
        ds.number(tag)
        for tag in (TAG.TotalPixelMatrixColumns, TAG.Columns, TAG.TotalPixelMatrixRows, TAG.Rows)
    ]
    is_full = ds.text(TAG.DimensionOrganizationType) == "TILED_FULL"
    if not is_full or TAG.ConcatenationUID in ds or not all(sizes):
        return
    whole_columns, columns, whole_rows, rows = (size or 1 for size in sizes)
    across, down = ceil(whole_columns / columns), ceil(whole_rows / rows)
    needed = across * down * _planes(ds)
    frames = ds.number(TAG.NumberOfFrames) or 1
    if frames != needed:
        yield Disagreement(
            code="tiles",
            path="NumberOfFrames",
            message=f"it is {frames:,.10g}, but {across} x {down} tiles in {_planes(ds)} "
            f"plane{'s' * (_planes(ds) != 1)} are {needed}",
            fix="Write every tile, or use TILED_SPARSE with the position of each frame",
            section="PS3.3 C.7.6.17.3",
        )


def _planes(ds: DataSet) -> int:
    """How many times the tiles are repeated: by focus, and by optical path or segment."""
    focal = int(ds.number(TAG.TotalPixelMatrixFocalPlanes) or 1)
    if ds.text(TAG.SOPClassUID) == SEGMENTATION:
        is_labelmap = ds.text(TAG.SegmentationType) == "LABELMAP"
        return focal * (1 if is_labelmap else len(ds.items(TAG.SegmentSequence)) or 1)
    paths = ds.number(TAG.NumberOfOpticalPaths) or len(ds.items(TAG.OpticalPathSequence)) or 1
    return focal * int(paths)


def slide_position(encoded: Encoded) -> Iterator[Disagreement]:
    """The position on a slide is measured from its corner (PS3.3 C.7.4.1.1.2)."""
    found = encoded.data_set.text(TAG.PositionReferenceIndicator)
    is_slide = encoded.data_set.text(TAG.SOPClassUID) in SLIDES
    if is_slide and found and found != "SLIDE_CORNER":
        yield Disagreement(
            code="enumerated",
            path="PositionReferenceIndicator",
            message=f"it is {found!r}, but positions on a slide are measured from SLIDE_CORNER",
            fix="Set it to SLIDE_CORNER",
            section="PS3.3 C.7.4.1.1.2",
        )


def _tag(item: DataSet, pointer: int) -> int | None:
    values = item.values(pointer)
    return values[0] if values and isinstance(values[0], int) else None
