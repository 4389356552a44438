"""Values as text for people."""

from __future__ import annotations

import pytest

from octome.conformance.check.checker import Checker
from octome.conformance.inspect.value_text import LONGEST, ValueText
from octome.dicom.data_set import DataSet, Element

TAG = 0x00100010


def text(checker: Checker, vr: str, raw: bytes) -> str:
    ds = DataSet(raw, is_little_endian=True)
    ds.elements[TAG] = Element(TAG, vr, 0, len(raw))
    return ValueText(checker).of(ds, ds.elements[TAG])


@pytest.mark.parametrize(
    ("vr", "raw", "shown"),
    [
        ("CS", b"ORIGINAL\\PRIMARY", "ORIGINAL \\ PRIMARY"),
        ("US", b"\x04\0\x05\0", "4 \\ 5"),
        ("FD", b"\0\0\0\0\0\0\xe0\x3f", "0.5"),
        ("ST", b"two\r\nlines", "two lines"),
        ("OB", b"\0" * 1234, "1,234 bytes"),
        ("LO", b"", ""),
        ("UI", b"1.2.840.10008.1.2\0", "Implicit VR Little Endian (1.2.840.10008.1.2)"),
        ("AT", b"\x28\0\x10\0", "(0028,0010) Rows"),
    ],
)
def test_a_value_is_one_line(checker: Checker, vr: str, raw: bytes, shown: str) -> None:
    found = text(checker, vr, raw)
    assert found.startswith(shown) if vr == "UI" else found == shown


def test_a_long_value_is_cut_and_its_length_given(checker: Checker) -> None:
    assert text(checker, "LT", b"x" * 1000) == "x" * LONGEST + "… (1,000 bytes)"
