"""Which encoding some bytes have."""

from __future__ import annotations

import pytest
from encoded_bytes import element, implicit

from octome.dicom.dictionary import pydicom_vrs
from octome.dicom.encoding import (
    BIG_ENDIAN,
    EXPLICIT,
    IMPLICIT,
    Encoding,
    actual_encoding,
    guessed_encoding,
)
from octome.dicom.tag import TAG

TAGS = (TAG.SOPClassUID, TAG.Modality, TAG.CodeMeaning, TAG.Rows)
CONTENT = {
    EXPLICIT: b"".join(element(tag, "CS", b"AB") for tag in sorted(TAGS)),
    IMPLICIT: b"".join(implicit(tag, b"AB") for tag in sorted(TAGS)),
    BIG_ENDIAN: b"".join(tag.to_bytes(4, "big") + b"CS" + b"\0\2" + b"AB" for tag in sorted(TAGS)),
}


@pytest.mark.parametrize("encoding", CONTENT, ids=lambda each: each.name)
def test_the_encoding_is_found_from_the_bytes(encoding: Encoding) -> None:
    content = CONTENT[encoding]
    assert guessed_encoding(content, 0, pydicom_vrs()) is encoding
    for claimed in CONTENT:
        assert actual_encoding(content, 0, pydicom_vrs(), claimed) is encoding


@pytest.mark.parametrize("content", [b"", b"A letter to nobody. " * 9, bytes(400)])
def test_other_bytes_have_no_encoding(content: bytes) -> None:
    assert guessed_encoding(content, 0, pydicom_vrs()) is None
