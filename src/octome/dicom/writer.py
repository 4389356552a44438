"""The writer of data sets, in Explicit VR Little Endian (PS3.5 7.1 and 7.5).

Sequences and items are written with undefined length, so that nothing has to be held to be counted:
the items may be generated as they are written, and long values are copied from where they are.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from octome.dicom.data_set import Buffer
from octome.dicom.part10 import PREAMBLE_BYTES, PREFIX
from octome.dicom.tag import TAG
from octome.dicom.vr import LONG, UNDEFINED

LONGEST_SHORT = 0xFFFE  # bytes of a value whose length has 16 bits
LONG_VRS = frozenset(LONG.values())
PIECE = 1 << 20
PADDED_BY_NUL = frozenset({"UI", "OB", "UN"})


@dataclass(frozen=True, slots=True)
class Stored:
    """A value that is copied from the buffer it was read from."""

    buffer: Buffer
    start: int
    length: int


@dataclass(frozen=True, slots=True)
class NewElement:
    """A data element to write: its bytes, its items, or its fragments of encapsulated pixels."""

    tag: int
    vr: str
    value: bytes | Stored | Iterable[Iterable[NewElement]] | tuple[Stored, ...]


def write_data_set(file: BinaryIO, elements: Iterable[NewElement]) -> None:
    """Write elements, which have to be in the order of their tags."""
    for element in elements:
        value = element.value
        if isinstance(value, bytes | Stored):
            _write_value(file, element, value)
            continue
        file.write(_tag(element.tag) + element.vr.encode() + struct.pack("<HL", 0, UNDEFINED))
        for each in value:
            if isinstance(each, Stored):
                file.write(_tag(TAG.Item) + struct.pack("<L", each.length))
                _copy(file, each)
            else:
                file.write(_tag(TAG.Item) + struct.pack("<L", UNDEFINED))
                write_data_set(file, each)
                file.write(_tag(TAG.ItemDelimitationItem) + bytes(4))
        file.write(_tag(TAG.SequenceDelimitationItem) + bytes(4))


def _write_value(file: BinaryIO, element: NewElement, value: bytes | Stored) -> None:
    length = value.length if isinstance(value, Stored) else len(value)
    padded = length + length % 2
    vr = element.vr
    if vr not in LONG_VRS and padded > LONGEST_SHORT:
        vr = "UN"  # PS3.5 6.2.2, note 5: Implicit VR has no limit for it
    if vr in LONG_VRS:
        file.write(_tag(element.tag) + vr.encode() + struct.pack("<HL", 0, padded))
    else:
        file.write(_tag(element.tag) + vr.encode() + struct.pack("<H", padded))
    if isinstance(value, Stored):
        _copy(file, value)
    else:
        file.write(value)
    if length % 2:
        file.write(b"\0" if vr in PADDED_BY_NUL or vr[0] == "O" else b" ")


def _copy(file: BinaryIO, stored: Stored) -> None:
    end = stored.start + stored.length
    for at in range(stored.start, end, PIECE):
        file.write(stored.buffer[at : min(at + PIECE, end)])


def _tag(tag: int) -> bytes:
    return struct.pack("<HH", tag >> 16, tag & 0xFFFF)


def file_meta(sop_class: str, sop_instance: str, syntax: str, implementation: str) -> bytes:
    """Preamble, prefix and File Meta Information of a file (PS3.10 7.1)."""
    uids = (
        (TAG.MediaStorageSOPClassUID, sop_class),
        (TAG.MediaStorageSOPInstanceUID, sop_instance),
        (TAG.TransferSyntaxUID, syntax),
        (TAG.ImplementationClassUID, implementation),
    )
    meta = BytesIO()
    version = NewElement(TAG.FileMetaInformationVersion, "OB", b"\0\1")
    write_data_set(meta, [version, *(NewElement(tag, "UI", uid.encode()) for tag, uid in uids)])
    length = struct.pack("<HH2sHL", 2, 0, b"UL", 4, meta.tell())
    return bytes(PREAMBLE_BYTES) + PREFIX + length + meta.getvalue()
