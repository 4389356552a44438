"""The VRs of pydicom's dictionary, some looked up in PS3.6."""

from __future__ import annotations

from octome.dicom.dictionary import pydicom_vrs
from octome.dicom.tag import TAG


def test_tags_have_the_vrs_of_the_standard() -> None:
    vrs = pydicom_vrs()
    assert (vrs[TAG.PatientName], vrs[TAG.Rows]) == ("PN", "US")
    assert (vrs[TAG.SegmentSequence], vrs[TAG.PixelData]) == ("SQ", "OB or OW")
    assert 0x00091001 not in vrs


def test_a_repeating_group_is_listed_by_its_first_tag() -> None:
    # Overlay Rows (60xx,0010) and Curve Dimensions (50xx,0005).
    assert (pydicom_vrs()[0x60000010], pydicom_vrs()[0x50000005]) == ("US", "US")
