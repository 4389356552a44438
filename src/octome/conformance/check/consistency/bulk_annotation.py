"""Bulk annotations of a slide: as many coordinates as the graphics of a group need."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import pairwise

from octome.conformance.check.consistency.disagreement import Disagreement
from octome.dicom.data_set import DataSet
from octome.dicom.part10 import Encoded
from octome.dicom.tag import TAG

SECTION = "PS3.3 C.37.1.2"
# How many points a graphic has; others have any number, and a list of where each begins.
POINTS = {"POINT": 1, "RECTANGLE": 4, "ELLIPSE": 4}
COORDINATES = (
    (TAG.PointCoordinatesData, "PointCoordinatesData", 4),
    (TAG.DoublePointCoordinatesData, "DoublePointCoordinatesData", 8),
)


def bulk_annotations(encoded: Encoded) -> Iterator[Disagreement]:
    """A group has the coordinates of each of its annotations (PS3.3 C.37.1.2)."""
    ds = encoded.data_set
    is_flat = ds.text(TAG.AnnotationCoordinateType) == "2D"
    for at, group in enumerate(ds.items(TAG.AnnotationGroupSequence)):
        count = group.number(TAG.NumberOfAnnotations)
        if count is None or group.cut_at is not None:
            continue
        size = 2 if is_flat or group.has_value(TAG.CommonZCoordinateValue) else 3
        for tag, keyword, width in COORDINATES:
            data = group.get(tag)
            if data is None or not data.length:
                continue
            numbers = data.length // width
            path = f"AnnotationGroupSequence[{at}]"
            kind = group.text(TAG.GraphicType)
            needed = POINTS.get(kind, 0) * size * count
            if numbers % size or (needed and numbers != needed):
                yield Disagreement(
                    code="coordinates",
                    path=f"{path}.{keyword}",
                    message=f"it has {numbers:,} numbers, but {count:,.0f} annotations of type "
                    f"{kind} need {needed:,.0f}"
                    if needed
                    else f"it has {numbers:,} numbers, but a point has {size}",
                    fix="Write all coordinates, or correct Number of Annotations",
                    section=SECTION,
                )
            yield from _begins(group, numbers, f"{path}.LongPrimitivePointIndexList")


def _begins(group: DataSet, numbers: int, path: str) -> Iterator[Disagreement]:
    """The list of where each annotation begins: from 1, rising, inside of the coordinates."""
    raw = bytes(group.raw(TAG.LongPrimitivePointIndexList))
    element = group.get(TAG.LongPrimitivePointIndexList)
    if element is None or not raw or len(raw) != element.length or len(raw) % 4:
        return
    order = "<" if group.is_little_endian else ">"
    begins = struct.unpack(f"{order}{len(raw) // 4}I", raw)
    count = group.number(TAG.NumberOfAnnotations)
    wrong = ""
    if begins[0] != 1:
        wrong = f"it begins with {begins[0]}, but the first annotation begins at 1"
    elif any(after <= before for before, after in pairwise(begins)):
        wrong = "a value is not greater than the one before"
    elif begins[-1] > numbers:
        wrong = f"it ends with {begins[-1]:,}, but there are {numbers:,} coordinates"
    elif count != len(begins):
        wrong = f"it has {len(begins):,} values, but Number of Annotations is {count:,.0f}"
    if wrong:
        yield Disagreement(
            code="coordinates",
            path=path,
            message=wrong,
            fix="Write where the coordinates of each annotation begin, counted from 1",
            section=SECTION,
        )
