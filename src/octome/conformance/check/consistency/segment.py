"""Segments and the frames that show them."""

from __future__ import annotations

from collections.abc import Iterator

from octome.conformance.check.consistency.disagreement import Disagreement
from octome.conformance.check.consistency.group_item import root_and_group_items
from octome.dicom.part10 import Encoded
from octome.dicom.tag import TAG

HIGHEST = 255  # of a pixel of 8 bits
AT_ONCE = 1 << 20  # bytes
TYPES = {
    "1.2.840.10008.5.1.4.1.1.66.4": ("BINARY", "FRACTIONAL"),
    "1.2.840.10008.5.1.4.1.1.66.7": ("LABELMAP",),
}


def segmentation_type(encoded: Encoded) -> Iterator[Disagreement]:
    """A segmentation is of the type of its SOP Class (PS3.3 A.51, PS3.4 B.5)."""
    found = encoded.data_set.text(TAG.SegmentationType)
    allowed = TYPES.get(encoded.data_set.text(TAG.SOPClassUID), ())
    if found and allowed and found not in allowed:
        yield Disagreement(
            code="enumerated",
            path="SegmentationType",
            message=f"it is {found}, but segmentations of this SOP Class are "
            f"{' or '.join(allowed)}",
            fix="Use the SOP Class for segmentations of this type",
            section="PS3.3 C.8.20.2",
        )


def segment_numbers(encoded: Encoded) -> Iterator[Disagreement]:
    """Segments are numbered from 1 by 1, except in a label map (PS3.3 C.8.20.2)."""
    ds = encoded.data_set
    if ds.text(TAG.SegmentationType) not in ("BINARY", "FRACTIONAL"):
        return
    for number, segment in enumerate(ds.items(TAG.SegmentSequence)):
        found = segment.number(TAG.SegmentNumber)
        if found is not None and found != number + 1:
            yield Disagreement(
                code="segment-number",
                fix="Number the segments 1, 2, 3 in their order",
                path=f"SegmentSequence[{number}].SegmentNumber",
                message=f"it is {found:g}, but segments are numbered from 1 by 1: {number + 1}",
                section="PS3.3 C.8.20.2",
            )
            return


def referenced_segments(encoded: Encoded) -> Iterator[Disagreement]:
    """A frame of a segmentation names a segment that exists (PS3.3 C.8.20.3.1)."""
    segments = encoded.data_set.items(TAG.SegmentSequence)
    numbers = {segment.number(TAG.SegmentNumber) for segment in segments}
    group, keyword = TAG.SegmentIdentificationSequence, "SegmentIdentificationSequence"
    for item, path in root_and_group_items(encoded, group, keyword):
        found = item.number(TAG.ReferencedSegmentNumber) if path and segments else None
        if found is not None and found not in numbers:
            yield Disagreement(
                code="segment-number",
                fix="Correct the number, or add the segment",
                path=f"{path}ReferencedSegmentNumber",
                message=f"it is {found:g}, but Segment Sequence has no such segment",
                section="PS3.3 C.8.20.3.1",
            )


def fractional_values(encoded: Encoded) -> Iterator[Disagreement]:
    """No pixel of a fractional segmentation is above the maximum (PS3.3 C.8.20.2)."""
    ds = encoded.data_set
    most, pixels = ds.number(TAG.MaximumFractionalValue), ds.get(TAG.PixelData)
    is_fractional = ds.text(TAG.SegmentationType) == "FRACTIONAL"
    if not is_fractional or most is None or not 1 <= most < HIGHEST or pixels is None:
        return
    if pixels.fragments is not None or ds.number(TAG.BitsAllocated) != 8:
        return  # compressed pixels are not looked at
    allowed = bytes(range(int(most) + 1))
    for at in range(pixels.offset, pixels.offset + pixels.length, AT_ONCE):
        end = min(at + AT_ONCE, pixels.offset + pixels.length)
        above = bytes(ds.buffer[at:end]).translate(None, allowed)
        if above:
            yield Disagreement(
                code="range",
                path="MaximumFractionalValue",
                message=f"it is {most:g}, but a pixel is {max(above)}",
                fix="Scale the pixels to the maximum, or correct it",
                section="PS3.3 C.8.20.2",
            )
            return
