"""Headers for pydicom: the same values as pydicom reads, from any encoding; damage stays local."""

from __future__ import annotations

from pathlib import Path

import pydicom.data
import pytest
from pydicom import dcmread
from pydicom.errors import BytesLengthException

from octome.dicom.part10 import read_encoded, read_header
from octome.dicom.tag import TAG
from octome.instances.header import pydicom_header

FILES = Path(pydicom.data.__file__).parent / "test_files"
NAMES = (
    "CT_small.dcm",  # explicit, private elements
    "rtplan.dcm",  # implicit, deep sequences
    "test-SR.dcm",  # a content tree
    "nested_priv_SQ.dcm",
    "ExplVR_BigEnd.dcm",
)
CHARSETS = Path(pydicom.data.__file__).parent / "charset_files"


@pytest.mark.parametrize("name", NAMES)
def test_values_are_those_that_pydicom_reads(name: str) -> None:
    expected = dcmread(FILES / name, stop_before_pixels=True)
    found = pydicom_header(read_header(FILES / name))
    bulk = [element.tag for element in expected if element.tag > 0x7FE00000]
    for tag in bulk:
        del expected[tag]
    assert found == expected
    assert found.file_meta.TransferSyntaxUID == expected.file_meta.TransferSyntaxUID


@pytest.mark.parametrize("path", sorted(CHARSETS.glob("*.dcm")), ids=lambda path: path.stem)
def test_text_is_decoded_as_pydicom_does(path: Path) -> None:
    expected, found = dcmread(path), pydicom_header(read_header(path))
    assert [str(element) for element in found.iterall()] == [
        str(element) for element in expected.iterall() if element.tag < 0x7FE00001
    ]


def test_only_requested_attributes_are_taken() -> None:
    found = pydicom_header(read_header(FILES / "CT_small.dcm"), (TAG.Modality, TAG.Rows))
    assert [element.keyword for element in found] == ["Modality", "Rows"]


def test_a_value_that_cannot_be_decoded_raises_when_it_is_used() -> None:
    content = (FILES / "CT_small.dcm").read_bytes()
    at = content.index(b"\x28\x00\x10\x00US\x02\x00")
    content = content[: at + 4] + b"FL" + content[at + 6 :]
    found = pydicom_header(read_encoded(content))
    assert found.Columns == 128
    with pytest.raises(BytesLengthException):
        _ = found.Rows
