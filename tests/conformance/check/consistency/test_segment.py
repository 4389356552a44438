"""Segments and the frames that show them."""

from __future__ import annotations

import pytest
from pydicom.dataset import Dataset
from small_instance import encoded

from octome.conformance.check.checker import Checker


@pytest.mark.parametrize(("kind", "found"), [("BINARY", 1), ("LABELMAP", 0)])
def test_segments_are_numbered_from_1(checker: Checker, kind: str, found: int) -> None:
    ds = Dataset()
    ds.SOPClassUID, ds.SOPInstanceUID = "1.2.840.10008.5.1.4.1.1.66.4", "2.25.1"
    ds.SegmentationType, ds.SegmentSequence = kind, [Dataset()]
    ds.SegmentSequence[0].SegmentNumber = 2
    codes = [finding.code for finding in checker.check(encoded(ds)).findings]
    assert codes.count("segment-number") == found
