"""Groups of annotations of a slide."""

from __future__ import annotations

import struct

import pytest
from pydicom.dataset import Dataset
from small_instance import dataset, found_by

from octome.conformance.check.consistency.bulk_annotation import bulk_annotations

PATH = "AnnotationGroupSequence[0]"


def group(kind: str, count: int, numbers: int, *begins: int, **values: object) -> Dataset:
    item = dataset(
        GraphicType=kind,
        NumberOfAnnotations=count,
        PointCoordinatesData=struct.pack(f"<{numbers}f", *range(numbers)),
        **values,
    )
    if begins:
        item.LongPrimitivePointIndexList = struct.pack(f"<{len(begins)}I", *begins)
    return dataset(AnnotationCoordinateType="2D", AnnotationGroupSequence=[item])


def in_space(ds: Dataset) -> Dataset:
    ds.AnnotationCoordinateType = "3D"
    return ds


@pytest.mark.parametrize(
    ("ds", "keywords"),
    [
        (group("POINT", 3, 6), []),
        (group("POINT", 3, 8), ["PointCoordinatesData"]),
        (in_space(group("POINT", 3, 9)), []),
        (in_space(group("POINT", 3, 6, CommonZCoordinateValue=1.0)), []),
        (group("RECTANGLE", 2, 16), []),
        (group("ELLIPSE", 2, 8), ["PointCoordinatesData"]),
        (group("POLYGON", 2, 14, 1, 7), []),
        (group("POLYGON", 2, 13, 1, 7), ["PointCoordinatesData"]),
        (group("POLYGON", 2, 14, 0, 6), ["LongPrimitivePointIndexList"]),
        (group("POLYGON", 2, 14, 1, 1), ["LongPrimitivePointIndexList"]),
        (group("POLYGON", 2, 14, 1, 15), ["LongPrimitivePointIndexList"]),
        (group("POLYGON", 3, 14, 1, 7), ["LongPrimitivePointIndexList"]),
    ],
)
def test_a_group_has_the_coordinates_of_its_annotations(ds: Dataset, keywords: list[str]) -> None:
    expected = [f"violation coordinates {PATH}.{keyword}" for keyword in keywords]
    assert found_by(bulk_annotations, ds) == expected
