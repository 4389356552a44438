"""Which instance a file holds, and whether the file is whole."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from pydicom.dataelem import RawDataElement
from pydicom.filereader import data_element_generator
from pydicom.uid import (
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    ImplicitVRLittleEndian,
)
from pynetdicom.dsutils import split_dataset

from octome.dicom.tag import TAG
from octome.errors import InstanceUnreadable

# SOP Class, SOP Instance, Study Instance, Series Instance UID, Modality.
TAGS = (
    TAG.SOPClassUID,
    TAG.SOPInstanceUID,
    TAG.StudyInstanceUID,
    TAG.SeriesInstanceUID,
    TAG.Modality,
)
# Transfer Syntax, Media Storage SOP Class, Media Storage SOP Instance UID.
META_TAGS = (TAG.TransferSyntaxUID, TAG.MediaStorageSOPClassUID, TAG.MediaStorageSOPInstanceUID)
BIG = 1024  # bytes; a longer value is passed over
UNDEFINED = 0xFFFFFFFF  # length of a value that ends with a delimiter


@dataclass(frozen=True)
class Identity:
    """What an instance says of itself, as UIDs; empty where it does not say."""

    sop_class: str
    sop_instance: str
    study: str
    series: str
    modality: str
    syntax: str
    """Transfer Syntax UID, from the file meta information."""


def identity(path: Path) -> Identity:
    """Which instance a file holds; found out by walking through all of it, values passed over.

    Raises
    ------
    InstanceUnreadable
        It does not say, is damaged or was cut short, or its file meta information is of another
        instance.
    """
    try:
        meta, start = split_dataset(path)
        # Raw values: what others write is taken as it is, with no word about how it should be.
        syntax, *about = (_text(meta.get_item(tag)) for tag in META_TAGS)
        with path.open("rb") as file:
            file.seek(start)
            said = dict(_walked(file, syntax))
    # A damaged file can make pydicom raise anything at all.
    except Exception as error:
        raise InstanceUnreadable(f"cannot read {path}: {_reason(error)}", path=str(path)) from error
    sop_class, sop_instance, study, series, modality = (said.get(tag, "") for tag in TAGS)
    found = Identity(sop_class, sop_instance, study, series, modality, syntax)
    if not (found.sop_class and found.sop_instance and syntax):
        why = "it does not say what it is or how it is encoded"
    elif about != [found.sop_class, found.sop_instance]:
        why = "its file meta information is not of the instance that it holds"
    else:
        return found
    raise InstanceUnreadable(f"cannot read {path}: {why}", path=str(path))


def _walked(file: BinaryIO, syntax: str) -> Iterator[tuple[int, str]]:
    """The short values of a data set as text, up to its very end."""
    stream = file
    if syntax == DeflatedExplicitVRLittleEndian:
        stream = BytesIO(zlib.decompress(file.read(), -zlib.MAX_WBITS))
    end = stream.tell()
    is_implicit, is_little = syntax == ImplicitVRLittleEndian, syntax != ExplicitVRBigEndian
    for element in data_element_generator(stream, is_implicit, is_little, defer_size=BIG):
        end = stream.tell()
        if not isinstance(element, RawDataElement) or not isinstance(element.value, bytes):
            continue
        if len(element.value) < element.length != UNDEFINED:
            raise EOFError
        yield element.tag, _text(element)
    # Beyond the file where a long value was passed over that is not all there.
    if end != stream.seek(0, os.SEEK_END):
        raise EOFError


def _text(element: Any) -> str:
    value = getattr(element, "value", None)
    return value.decode("ascii", "replace").strip("\0 ") if isinstance(value, bytes) else ""


def _reason(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    if isinstance(error, PermissionError):
        return "no right to read it"
    if isinstance(error, EOFError):
        return "it was cut short"
    # The error's own words may quote the file, names of patients included.
    return f"it is damaged ({type(error).__name__})"


def data_set_offset(head: bytes, path: Path) -> int:
    """Where a file's data set begins: after group 0002, whose length stands in it (PS3.10 7.1)."""
    if head[128:132] != b"DICM" or head[132:140] != b"\x02\x00\x00\x00UL\x04\x00":
        raise InstanceUnreadable(
            f"cannot read {path}: it has no file meta information", path=str(path)
        )
    return 144 + int.from_bytes(head[140:144], "little")
