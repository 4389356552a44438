"""File Meta Information and the data set."""

from __future__ import annotations

from io import BytesIO

import pytest
from pydicom.dataset import Dataset
from small_instance import encoded, found_by

from octome.conformance.check.checker import Checker
from octome.conformance.check.consistency.file_meta import transfer_syntax


def test_the_file_meta_information_agrees_with_the_data_set(ct: Dataset, checker: Checker) -> None:
    content = encoded(ct).replace(b"2.25.11\0", b"2.25.12\0", 1)
    found = [f for f in checker.check(content).findings if f.outcome == "violation"]
    assert [(f.code, f.path) for f in found] == [
        ("file-meta-differs", "MediaStorageSOPInstanceUID")
    ]


def test_a_data_set_alone_is_not_a_file(ct: Dataset, checker: Checker) -> None:
    buffer = BytesIO()
    del ct.PixelData
    ct.save_as(buffer, implicit_vr=True, little_endian=True, enforce_file_format=False)
    codes = [f.code for f in checker.check(buffer.getvalue()).findings if f.outcome == "violation"]
    assert "no-file-meta" in codes


@pytest.mark.parametrize(
    ("uid", "is_wrong"), [("1.2.840.10008.1.2.1", False), ("1.2.840.113704.1.111", True)]
)
def test_a_transfer_syntax_is_registered(ct: Dataset, uid: str, is_wrong: bool) -> None:
    content = encoded(ct, uid) if not is_wrong else encoded(ct)
    if is_wrong:
        # Both UIDs have 20 bytes in the file.
        content = content.replace(b"1.2.840.10008.1.2.1\0", uid.encode(), 1)
    wrong = found_by(transfer_syntax, content)
    assert wrong == ["warning transfer-syntax-unknown TransferSyntaxUID"] * is_wrong
