"""Lists of indices of points."""

from __future__ import annotations

from array import array

import pytest
from pydicom.uid import ExplicitVRBigEndian
from small_instance import dataset, encoded

from octome.conformance.check.consistency.point_index import outside, point_indices
from octome.dicom.part10 import read_encoded
from octome.dicom.tag import TAG

LINE_SEQUENCE = 0x00660028


@pytest.mark.parametrize(
    ("syntax", "order"), [("1.2.840.10008.1.2.1", "little"), (ExplicitVRBigEndian, "big")]
)
def test_indices_are_read_in_the_order_of_their_bytes(syntax: str, order: str) -> None:
    raw = b"".join(number.to_bytes(4, order) for number in (1, 70000))  # type: ignore[arg-type]
    ds = read_encoded(encoded(dataset(TrackPointIndexList=raw), syntax)).data_set
    assert list(point_indices(ds, TAG.TrackPointIndexList)) == [1, 70000]
    assert list(point_indices(ds, TAG.LongPrimitivePointIndexList)) == []


@pytest.mark.parametrize(("indices", "wrong"), [([1, 3], None), ([0, 3], 0), ([4], 4), ([], None)])
def test_points_are_numbered_from_1(indices: list[int], wrong: int | None) -> None:
    assert outside(array("I", indices), 3) == wrong
    assert outside(array("I", indices), 0) is None


def test_items_that_are_alike_have_indices_of_their_own() -> None:
    items = [dataset(TrackPointIndexList=bytes([number, 0, 0, 0])) for number in range(9)]
    ds = read_encoded(encoded(dataset(LineSequence=items))).data_set
    found = [point_indices(item, TAG.TrackPointIndexList)[0] for item in ds.items(LINE_SEQUENCE)]
    assert found == list(range(9))
