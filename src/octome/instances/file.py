"""Instances as files: written whole or not at all, and read without trusting their content."""

from __future__ import annotations

import errno
import math
import shutil
import struct
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydicom import dcmwrite
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.tag import Tag
from pydicom.uid import UID, ExplicitVRLittleEndian

from octome.dicom.content import content_of, reason
from octome.dicom.data_set import DataSet
from octome.dicom.deflation import DEFLATED
from octome.dicom.element_header import element_header
from octome.dicom.encoding import Encoding
from octome.dicom.implementation import IMPLEMENTATION_CLASS, IMPLEMENTATION_VERSION
from octome.dicom.part10 import Encoded, read_header
from octome.dicom.problem import Problems
from octome.dicom.reader import DataSetReader
from octome.dicom.vr import UNDEFINED
from octome.errors import InstanceError, InstanceUnreadable, InstanceUnwritable, OctomeError
from octome.files import new_file, new_folder
from octome.instances.header import pydicom_header
from octome.instances.transfer_syntax import compressed
from octome.instances.uid import is_uid

FIRST = 0x00040000  # the least tag of a data set
MOST_ELEMENTS = 200_000  # of a header: some thousand frames, a second's work
MOST_BYTES = 0xFFFFFFFE  # of one element, PS3.5 7.1.1


def write_instance(
    path: str | Path,
    instance: Dataset,
    pixels: NDArray[Any] | None = None,
    *,
    compression: str | None = None,
    payload: Iterable[bytes | memoryview] = (),
) -> None:
    """Write an instance; its pixels straight from the array.

    Parameters
    ----------
    path : path
        A file of that name is never overwritten.
    instance : Dataset
        Without file meta information and Pixel Data. It is not changed.
    pixels : uint16 or uint8, (frames, rows, columns) or (rows, columns), optional
        Pixel Data; None for kinds of instance without pixels.
    compression : str, optional
        A name of `transfer_syntax.COMPRESSIONS`; uncompressed if None.
    payload : iterable of bytes
        Whole elements of group 7FE0 and above, encoded, in pieces.

    Raises
    ------
    InstanceUnwritable
        The file exists, or the system cannot write it; no partial file is left.
    UnknownName
        No such compression.
    """
    path = Path(path)
    syntax, encoded = ExplicitVRLittleEndian, None
    if pixels is not None and compression is not None:
        syntax, encoded = compressed(pixels, compression, is_signed=_is_signed(instance))
    with _written(path), new_file(path) as file:
        dcmwrite(file, _with_meta(instance, syntax), enforce_file_format=True)
        if encoded is not None:
            file.write(encoded)
        elif pixels is not None:
            _write_native(file, pixels)
        for piece in payload:
            file.write(piece)


@contextmanager
def _written(path: Path) -> Iterator[None]:
    """Create the folder of a file; an error of the system becomes one clear error."""
    try:
        new_folder(path.parent)
        yield
    except FileExistsError as error:
        raise InstanceUnwritable(
            f"{path} already exists, and an instance is never overwritten", path=str(path)
        ) from error
    except OSError as error:
        raise InstanceUnwritable(
            f"cannot write {path}: {error.strerror or error}", path=str(path)
        ) from error


@dataclass(frozen=True)
class Bulk:
    """The element that ends a file's header, and where its value lies in the file."""

    tag: int
    offset: int
    length: int
    """Bytes; UNDEFINED for encapsulated pixels."""


@dataclass(frozen=True, kw_only=True)
class InstanceFile:
    """An instance in a file: everything before group 7FE0, and where the rest begins."""

    path: Path
    header: Dataset
    end: int
    """Where the header ends, bytes from the beginning of the file."""
    bulk: Bulk | None
    encoding: Encoding

    @property
    def syntax(self) -> UID:
        """Transfer Syntax UID."""
        return UID(self.header.file_meta.TransferSyntaxUID)

    def bulk_data_set(self, group: int) -> DataSet:
        """The elements of a group after the header, their values not read.

        Raises
        ------
        InstanceUnreadable
            The file ends within them, or they are damaged.
        """
        content, problems = content_of(self.path), Problems()
        found = DataSet(content, self.encoding.is_little_endian)
        reader = DataSetReader(content, {}, problems, self.encoding)
        reader.read(found, self.end, group=group)
        if not reader.is_whole:
            raise InstanceUnreadable(f"it was cut short or is damaged: {problems.found[0].message}")
        return found

    def mapped(self, keyword: str, dtype: np.dtype[Any], shape: tuple[int, ...]) -> NDArray[Any]:
        """The value of an uncompressed bulk element, mapped from the file, not copied.

        Raises
        ------
        InstanceUnreadable
            It is not there, or holds less than `shape` needs.
        """
        bulk = self.bulk
        if bulk is None or bulk.tag != Tag(keyword) or bulk.length == UNDEFINED:
            raise InstanceUnreadable(f"it has no {keyword}")
        if not self.encoding.is_little_endian:
            raise InstanceUnreadable("it is big endian: store it as Explicit VR Little Endian")
        if bulk.offset + bulk.length > self.path.stat().st_size:
            raise InstanceUnreadable(f"it ends within its {keyword}: the file was cut short")
        needed = math.prod(shape) * dtype.itemsize
        if min(shape) < 1:
            raise InstanceUnreadable(f"it has no pixels: {' x '.join(map(str, shape))}")
        if bulk.length < needed:
            raise InstanceUnreadable(
                f"it has {bulk.length} bytes of {keyword}, its header needs {needed}"
            )
        return np.memmap(self.path, dtype, "r", bulk.offset, shape)


def copied_instance(source: Path, path: Path) -> Dataset:
    """Copy an instance byte for byte; returns its header.

    Raises
    ------
    InstanceUnwritable
        The file exists, or the system cannot write it; no partial file is left.
    """
    with _written(path), new_file(path) as file, source.open("rb") as original:
        shutil.copyfileobj(original, file, 1 << 20)
    return read_instance(path).header


def read_instance(path: str | Path) -> InstanceFile:
    """The header of an instance, and where its pixels lie.

    Raises
    ------
    InstanceUnreadable
        There is no such file, it is not a DICOM instance, or it is damaged.
    """
    path = Path(path)
    with reading(path):
        encoded = read_header(path, most_elements=MOST_ELEMENTS)
        check_readable(encoded)
        header = pydicom_header(encoded)
        for keyword in ("SOPClassUID", "SOPInstanceUID", "SeriesInstanceUID"):
            if not is_uid(header.get(keyword)):
                raise InstanceUnreadable(f"its identity is incomplete: it has no {keyword}")
        if not is_uid(header.file_meta.get("TransferSyntaxUID")):
            raise InstanceUnreadable("its encoding is not stated: it has no TransferSyntaxUID")
        return InstanceFile(
            path=path,
            header=header,
            end=encoded.end,
            bulk=_bulk(encoded),
            encoding=encoded.encoding,
        )


def check_readable(encoded: Encoded) -> None:
    """Raise for a header that is incomplete, or that octome does not read.

    Raises
    ------
    InstanceUnreadable
        It has no file meta information, is deflated, damaged or cut short.
    """
    if not encoded.has_file_meta:
        raise InstanceUnreadable("it is not a DICOM file: it has no file meta information")
    if encoded.transfer_syntax in DEFLATED:
        raise InstanceUnreadable(
            "it is deflated, which octome does not read: store it as Explicit VR Little Endian"
        )
    if not encoded.is_whole:
        raise InstanceUnreadable(f"it was cut short or is damaged: {encoded.damage}")
    first = min((each.tag for each in encoded.data_set), default=FIRST)
    if first < FIRST:
        # Mostly zeros: pixels, taken for elements because a length before them is wrong.
        raise InstanceUnreadable(f"it is damaged: it has the impossible element {Tag(first)}")


def _bulk(encoded: Encoded) -> Bulk | None:
    """The element before which the header ends; None at the end of the file."""
    buffer, at = encoded.data_set.buffer, encoded.end
    if at + 8 > len(buffer):
        return None
    tag, _, length, start, _ = element_header(buffer, at, len(buffer), encoded.encoding, {})
    return Bulk(tag, start, length) if start else None


@contextmanager
def reading(path: str | Path) -> Iterator[None]:
    """Turn any exception from reading a damaged file into one clear error."""
    try:
        with warnings.catch_warnings():
            # A value is checked where it is used, not where it is read.
            warnings.simplefilter("ignore")
            yield
    except OctomeError as error:
        if str(path) in str(error):
            raise
        kind = type(error) if isinstance(error, InstanceError) else InstanceUnreadable
        details = {**error.details, "path": str(path)}
        raise kind(f"cannot read {path}: {error}", **details) from error
    # A damaged file can make pydicom, numpy and the codecs raise any exception.
    except Exception as error:
        raise InstanceUnreadable(f"cannot read {path}: {_reason(error)}", path=str(path)) from error


def _with_meta(instance: Dataset, syntax: UID) -> Dataset:
    """The same elements with file meta information."""
    whole = Dataset()
    whole.update(instance)
    meta = FileMetaDataset()
    meta.TransferSyntaxUID = syntax
    meta.MediaStorageSOPClassUID = instance.SOPClassUID
    meta.MediaStorageSOPInstanceUID = instance.SOPInstanceUID
    meta.ImplementationClassUID = IMPLEMENTATION_CLASS
    meta.ImplementationVersionName = IMPLEMENTATION_VERSION
    whole.file_meta = meta
    return whole


def _write_native(file: Any, pixels: NDArray[Any]) -> None:
    """Pixel Data, group 7FE0: the last element, so it may follow what pydicom wrote."""
    pixels = np.ascontiguousarray(pixels, pixels.dtype.newbyteorder("<"))
    length = pixels.nbytes + pixels.nbytes % 2
    if length > MOST_BYTES:
        raise OSError(errno.EFBIG, f"{length} bytes of pixels are more than DICOM can hold")
    vr = b"OW" if pixels.itemsize > 1 else b"OB"
    file.write(struct.pack("<HH2sHL", 0x7FE0, 0x0010, vr, 0, length))
    # Not by tofile: its error for a full disk does not say so.
    file.write(pixels.reshape(-1).view(np.uint8).data)
    file.write(b"\0" * (pixels.nbytes % 2))


def _is_signed(instance: Dataset) -> bool:
    return bool(instance.get("PixelRepresentation"))


def _reason(error: Exception) -> str:
    if isinstance(error, FileNotFoundError | PermissionError):
        return reason(error)
    if isinstance(error, MemoryError):
        return "it needs more memory than is available"
    if isinstance(error, AttributeError) and error.name and error.name[0].isupper():
        return f"it has no {error.name}"
    # The error's text may quote the file, names of patients included.
    return f"it is damaged ({type(error).__name__})"
