"""Headers of data elements, encoded by hand as specified in PS3.5 7.1."""

from __future__ import annotations

import struct

import pytest
from encoded_bytes import ITEM, element, implicit, marker

from octome.dicom.dictionary import pydicom_vrs
from octome.dicom.element_header import ElementHeader, element_header
from octome.dicom.encoding import BIG_ENDIAN, EXPLICIT, IMPLICIT, Encoding
from octome.dicom.tag import TAG
from octome.dicom.vr import UNDEFINED


def header(content: bytes, encoding: Encoding = EXPLICIT) -> ElementHeader:
    return element_header(content, 0, len(content), encoding, pydicom_vrs())


def test_a_short_length_has_16_bits_and_a_long_one_32() -> None:
    assert header(element(TAG.Rows, "US", b"\4\0")) == (TAG.Rows, "US", 2, 8, b"")
    assert header(element(TAG.PixelData, "OW", b"1234")) == (TAG.PixelData, "OW", 4, 12, b"")


def test_other_encodings_have_their_own_order() -> None:
    assert header(implicit(TAG.Rows, b"\4\0"), IMPLICIT) == (TAG.Rows, "US", 2, 8, b"")
    big = bytes.fromhex("00280010") + b"US" + b"\0\2" + b"\0\4"
    assert header(big, BIG_ENDIAN) == (TAG.Rows, "US", 2, 8, b"")


def test_an_item_is_a_header_too() -> None:
    assert header(marker(ITEM, 20)) == (ITEM, "", 20, 8, b"")


def test_a_header_that_is_cut_short_has_no_value() -> None:
    assert header(element(TAG.PixelData, "OW", b"")[:10])[3] == 0


NEXT = element(TAG.Columns, "US", b"\5\0")
NEW_VR = struct.pack("<HH2sHI", 0x0028, 0x0010, b"ZZ", 0, 4) + b"1234"
WRONG_VR = struct.pack("<HH2sH", 0x0028, 0x0010, b"zz", 2) + b"\4\0"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        # A newer, unknown VR, with a length of 32 bits (PS3.5 6.2).
        (NEW_VR + NEXT, (TAG.Rows, "UN", 4, 12, b"ZZ")),
        # A VR that is wrong, with a length of 16 bits.
        (WRONG_VR + NEXT, (TAG.Rows, "UN", 2, 8, b"zz")),
        # No VR: the length is there, as in Implicit VR.
        (implicit(TAG.Rows, b"\4\0") + NEXT, (TAG.Rows, "US", 2, 8, b"\2\0")),
    ],
)
def test_an_unknown_vr_is_read_so_that_the_next_element_fits(
    content: bytes, expected: ElementHeader
) -> None:
    assert header(content) == expected


def test_nothing_fits_a_length_beyond_the_end() -> None:
    content = struct.pack("<HHI", 0x0028, 0x0010, 0x41414141) + b"1234"
    assert header(content)[:2] == (TAG.Rows, "")
    # Only a sequence can have an undefined length.
    content = struct.pack("<HHI", 0x0009, 0x1001, UNDEFINED) + marker(ITEM, 0)
    assert header(content)[1] == "SQ"
