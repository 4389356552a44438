"""The VR of an element that does not name it (PS3.5 6.2.2, 7.6, 7.8, A.1)."""

from __future__ import annotations

import pytest

from octome.dicom.dictionary import pydicom_vrs
from octome.dicom.tag import TAG
from octome.dicom.vr import LONG, SHORT, UNDEFINED, assumed_vr, dictionary_entry, implicit_vr


@pytest.mark.parametrize(
    ("tag", "length", "vr"),
    [
        (TAG.Rows, 2, "US"),
        (TAG.PixelData, 8, "OW"),
        # US or SS: read as US.
        (0x00280106, 2, "US"),
        # An overlay of any even group from 6000 to 60FE.
        (0x60020010, 2, "US"),
        (0x60010010, 2, "LO"),
        # A private creator, its element, and a group length.
        (0x00090010, 8, "LO"),
        (0x00091001, 8, "UN"),
        (0x00090000, 4, "UL"),
        # Apart from pixels, only a sequence has an undefined length.
        (0x00091001, UNDEFINED, "SQ"),
        (TAG.PixelData, UNDEFINED, "OW"),
    ],
)
def test_an_element_without_a_vr_has_that_of_the_dictionary(tag: int, length: int, vr: str) -> None:
    assert implicit_vr(pydicom_vrs(), tag, length) == vr


def test_a_tag_outside_the_dictionary_has_no_entry() -> None:
    assert dictionary_entry(pydicom_vrs(), 0x00091001) is None
    assert dictionary_entry({0x60000010: "US"}, 0x60FE0010) == "US"
    assert dictionary_entry({0x60000010: "US"}, 0x60010010) is None


def test_each_vr_has_a_long_or_a_short_length() -> None:
    # PS3.5 table 6.2-1 has 34 VRs.
    assert len(LONG) + len(SHORT) == 34
    assert not set(LONG) & set(SHORT)
    assert assumed_vr("OB or OW") == "OW"
