"""Segments and the frames that show them."""

from __future__ import annotations

import pytest
from pydicom.dataset import Dataset
from small_instance import dataset, encoded, found_by

from octome.conformance.check.checker import Checker
from octome.conformance.check.consistency.segment import fractional_values, segmentation_type


@pytest.mark.parametrize(("kind", "found"), [("BINARY", 1), ("LABELMAP", 0)])
def test_segments_are_numbered_from_1(checker: Checker, kind: str, found: int) -> None:
    ds = Dataset()
    ds.SOPClassUID, ds.SOPInstanceUID = "1.2.840.10008.5.1.4.1.1.66.4", "2.25.1"
    ds.SegmentationType, ds.SegmentSequence = kind, [Dataset()]
    ds.SegmentSequence[0].SegmentNumber = 2
    codes = [finding.code for finding in checker.check(encoded(ds)).findings]
    assert codes.count("segment-number") == found


@pytest.mark.parametrize(
    ("number", "kind", "is_wrong"),
    [(4, "BINARY", False), (4, "LABELMAP", True), (7, "BINARY", True), (7, "LABELMAP", False)],
)
def test_a_label_map_has_a_sop_class_of_its_own(number: int, kind: str, is_wrong: bool) -> None:
    uid = f"1.2.840.10008.5.1.4.1.1.66.{number}"
    ds = dataset(SOPClassUID=uid, SegmentationType=kind)
    assert found_by(segmentation_type, ds) == ["violation enumerated SegmentationType"] * is_wrong


@pytest.mark.parametrize(("brightest", "is_wrong"), [(100, False), (101, True)])
def test_no_pixel_is_above_the_maximum(brightest: int, *, is_wrong: bool) -> None:
    ds = dataset(SegmentationType="FRACTIONAL", MaximumFractionalValue=100, BitsAllocated=8)
    ds.add_new("PixelData", "OB", bytes([0, brightest]))
    assert found_by(fractional_values, ds) == ["violation range MaximumFractionalValue"] * is_wrong
