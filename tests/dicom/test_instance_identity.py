"""Which instance a file holds: found in any transfer syntax, and never in a file cut short."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydicom.uid import (
    UID,
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
    JPEGLSLossless,
)

from octome.dicom.instance_identity import InstanceIdentity, instance_identity
from octome.dicom.part10 import read_encoded
from octome.errors import InstanceUnreadable

SECONDARY_CAPTURE = "1.2.840.10008.5.1.4.1.1.7"
SYNTAXES = [
    ImplicitVRLittleEndian,
    ExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    DeflatedExplicitVRLittleEndian,
    JPEGLSLossless,
]


@pytest.mark.parametrize("is_undefined", [False, True])
@pytest.mark.parametrize("syntax", SYNTAXES)
def test_an_instance_is_identified_in_any_transfer_syntax(
    small_instance, tmp_path: Path, syntax: UID, is_undefined: bool
) -> None:
    path = tmp_path / "instance"
    path.write_bytes(small_instance(syntax, is_undefined=is_undefined))
    assert instance_identity(path) == InstanceIdentity(
        sop_class=SECONDARY_CAPTURE,
        sop_instance="1.2.3",
        study="1.2",
        series="1.2.4",
        modality="OT",
        transfer_syntax=syntax,
        is_whole=True,
    )


@pytest.mark.parametrize("is_undefined", [False, True])
@pytest.mark.parametrize("syntax", [each for each in SYNTAXES if not each.is_deflated])
def test_a_file_that_is_cut_short_is_not_read(
    small_instance, tmp_path: Path, syntax: UID, is_undefined: bool
) -> None:
    content = small_instance(syntax, is_undefined=is_undefined)
    path = tmp_path / "instance"
    # A cut between two elements cannot be seen, so begin within the last one.
    begin = content.index(b"\xe0\x7f\x10\x00" if syntax.is_little_endian else b"\x7f\xe0\x00\x10")
    for end in range(begin + 1, len(content), 7):
        path.write_bytes(content[:end])
        with pytest.raises(InstanceUnreadable):
            instance_identity(path)


def test_a_deflated_file_that_is_cut_short_is_not_read(small_instance, tmp_path: Path) -> None:
    content = small_instance(DeflatedExplicitVRLittleEndian)
    path = tmp_path / "instance"
    # The last byte may be there to make the length even.
    for end in range(read_encoded(content).start, len(content) - 1, 3):
        path.write_bytes(content[:end])
        with pytest.raises(InstanceUnreadable):
            instance_identity(path)


def test_file_meta_information_of_another_instance_is_an_error(
    small_instance, tmp_path: Path
) -> None:
    content = small_instance(ExplicitVRLittleEndian)
    path = tmp_path / "instance"
    path.write_bytes(content.replace(b"1.2.3\0", b"1.2.9\0", 1))
    with pytest.raises(InstanceUnreadable, match="is not of the instance that it holds"):
        instance_identity(path)


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"", "is empty"), (b"\0" * 128 + b"DICM", "no data element follows the prefix")],
)
def test_a_file_that_is_not_an_instance_is_an_error(
    tmp_path: Path, content: bytes, why: str
) -> None:
    path = tmp_path / "instance"
    path.write_bytes(content)
    with pytest.raises(InstanceUnreadable, match=why):
        instance_identity(path)
    with pytest.raises(InstanceUnreadable, match="there is no such file"):
        instance_identity(tmp_path / "nothing")
