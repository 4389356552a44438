"""The reader of encoded instances: DICOM files and bare data sets, damaged ones too.

PS3.10 section 7 (file format) and PS3.5 section 7 (data sets). A value costs nothing until it is
used, and pixel data is never read. All problems are reported, and whatever is readable is read,
within limits of time and memory.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from octome.dicom.content import beginnings_of, content_of
from octome.dicom.data_set import Buffer, DataSet
from octome.dicom.deflation import DEFLATED, inflated
from octome.dicom.dictionary import pydicom_vrs
from octome.dicom.encoding import (
    ENCODING_OF,
    EXPLICIT,
    IMPLICIT,
    Encoding,
    actual_encoding,
    fitting_elements,
    guessed_encoding,
)
from octome.dicom.problem import Problem, Problems
from octome.dicom.reader import DataSetReader
from octome.dicom.reading import MOST_ELEMENTS
from octome.dicom.tag import TAG
from octome.dicom.vr import LONG
from octome.errors import InstanceUnreadable, NotAnInstance

SIGNED = 1  # Pixel Representation
PREAMBLE_BYTES = 128
PREFIX = b"DICM"
HEAD_BYTES = PREAMBLE_BYTES + len(PREFIX)  # of a file, enough for `is_part10`
META_GROUP = 0x0002
EXPLICIT_HEADER_LONGER = 4  # bytes, of a VR with a length of 32 bits (PS3.5 7.1.2 and 7.1.3)
FIRST_BULK = TAG.ExtendedOffsetTable  # all attributes with pixels have this tag or a greater one


@dataclass(slots=True, kw_only=True)
class Encoded:
    """An encoded instance, and the problems of its encoding.

    `start` is where the data set begins in the file, `end` where reading stopped: at its end, or
    before the pixels if only the header was read. `is_whole` is false if anything before `end` is
    missing or cannot be read; `problems` says what. `is_file` is false of an instance that is not
    encoded as a DICOM file, but as JSON or XML; `unread` has the paths of its values that are not
    read, as in `Problem`.
    """

    meta: DataSet
    data_set: DataSet
    transfer_syntax: str
    encoding: Encoding
    size: int
    start: int
    end: int
    has_file_meta: bool
    is_whole: bool
    problems: list[Problem]
    is_file: bool = True
    unread: tuple[tuple[int, ...], ...] = ()

    @property
    def damage(self) -> str:
        """Why the instance is incomplete, in one sentence; empty if it is complete."""
        if self.is_whole:
            return ""
        return next((each.message for each in self.problems if each.code in DAMAGE), "")


# Codes of the problems after which something is missing.
DAMAGE = frozenset({"truncated", "not-read", "not-an-item", "not-an-element", "unknown-vr"})


def is_part10(content: Buffer) -> bool:
    """Whether a file begins as PS3.10 7.1 requires: with a preamble and the prefix DICM.

    Examples
    --------
    >>> is_part10(bytes(128) + b"DICM"), is_part10(b"DICM")
    (True, False)
    """
    return content[PREAMBLE_BYTES:HEAD_BYTES] == PREFIX


def is_part10_file(path: Path) -> bool:
    """Whether a file begins as a DICOM file.

    Raises
    ------
    OSError
        It cannot be read.
    """
    with path.open("rb") as file:
        return is_part10(file.read(HEAD_BYTES))


def read_encoded(
    source: Path | Buffer, vr_of: Mapping[int, str] | None = None, *, name: str = ""
) -> Encoded:
    """Read a DICOM file, or a data set without file meta information.

    Parameters
    ----------
    source : Path, bytes or mmap
        The file, or its content. A large file is mapped as long as the data set exists.
    vr_of : mapping, optional
        The VR of each tag of the data dictionary, for Implicit VR; pydicom's if None.
    name : str
        What the content is called in errors.

    Raises
    ------
    InstanceUnreadable
        It is not a DICOM instance, is empty, or cannot be opened.
    """
    if isinstance(source, Path):
        return _read(content_of(source), vr_of or pydicom_vrs(), str(source))
    return _read(source, vr_of or pydicom_vrs(), name)


def read_header(
    path: Path, vr_of: Mapping[int, str] | None = None, *, most_elements: int = MOST_ELEMENTS
) -> Encoded:
    """Read what comes before the pixels of a file, and little more.

    Parameters
    ----------
    path : Path
    vr_of : mapping, optional
        The VR of each tag of the data dictionary, for Implicit VR; pydicom's if None.
    most_elements : int
        Read at most.

    Raises
    ------
    InstanceUnreadable
        It is not a DICOM instance, is empty, or cannot be opened.
    """
    for content, size in beginnings_of(path):
        is_all = len(content) == size
        try:
            found = _read(
                content,
                vr_of or pydicom_vrs(),
                str(path),
                below=FIRST_BULK,
                most_elements=most_elements,
            )
        except InstanceUnreadable:
            if is_all:
                raise
            continue
        if is_all or found.end + 12 <= len(found.data_set.buffer):
            break
    found.size = size
    return found


def _read(
    buffer: Buffer,
    vr_of: Mapping[int, str],
    name: str = "",
    *,
    below: int | None = None,
    most_elements: int = MOST_ELEMENTS,
) -> Encoded:
    problems = Problems()
    size = len(buffer)
    start = HEAD_BYTES if is_part10(buffer) else 0
    meta = DataSet(buffer, is_little_endian=True)
    if start or (buffer[:2] == b"\x02\0" and fitting_elements(buffer, 0, vr_of, EXPLICIT)):
        of_meta = _meta_encoding(buffer, start, problems)
        start = DataSetReader(buffer, vr_of, problems, of_meta).read(meta, start, group=META_GROUP)
        _check_meta(meta, start, problems, of_meta)
    if not meta.elements and guessed_encoding(buffer, start, vr_of) is None:
        raise _not_an_instance(buffer, name)
    syntax = meta.text(TAG.TransferSyntaxUID)
    is_whole, begin = start < len(buffer), start
    if not is_whole:
        problems.add("truncated", "no data set follows the File Meta Information")
    elif syntax in DEFLATED and guessed_encoding(buffer, start, vr_of) is None:
        (buffer, is_whole), start = inflated(buffer, start, problems), 0
    elif syntax in DEFLATED:
        _report_syntax("is not deflated", problems)
    encoding = _encoding(buffer, start, vr_of, syntax, problems)
    ds = DataSet(buffer, is_little_endian=encoding.is_little_endian)
    reader = DataSetReader(
        buffer, vr_of, problems, encoding, is_cut=not is_whole, most_elements=most_elements
    )
    end = reader.read(ds, start, below=below)
    if not encoding.is_explicit and ds.number(TAG.PixelRepresentation) == SIGNED:
        _read_as_signed(ds, vr_of)
    return Encoded(
        meta=meta,
        data_set=ds,
        transfer_syntax=syntax,
        encoding=encoding,
        size=size,
        start=begin,
        end=end,
        has_file_meta=bool(meta.elements),
        is_whole=reader.is_whole,
        problems=problems.found,
    )


def _read_as_signed(ds: DataSet, vr_of: Mapping[int, str]) -> None:
    """In Implicit VR, values that may be US or SS are signed where the pixels are (PS3.5 A.1)."""
    for each in ds.walk.data_sets:
        for tag, element in each.elements.items():
            if element.vr == "US" and "SS" in (vr_of.get(tag) or ""):
                element.vr = "SS"


def _not_an_instance(buffer: Buffer, name: str) -> NotAnInstance:
    what = name or "this"
    if not len(buffer):
        return NotAnInstance(f"{what} is empty", path=name)
    if is_part10(buffer):
        why = "no data element follows the prefix DICM"
    else:
        why = "it has neither the prefix DICM nor a first element of a data set"
    return NotAnInstance(f"{what} is not a DICOM instance: {why}", path=name)


def _meta_encoding(buffer: Buffer, at: int, problems: Problems) -> Encoding:
    """Explicit VR, as PS3.10 7.1 demands; Implicit VR where no VR follows the first tag."""
    vr = buffer[at + 4 : at + 6]
    if buffer[at : at + 2] != b"\x02\0" or (vr.isalpha() and vr.isupper()):
        return EXPLICIT
    message = "the File Meta Information is in Implicit VR, but it has to be in Explicit VR"
    problems.add("file-meta-implicit", message)
    return IMPLICIT


def _check_meta(meta: DataSet, end: int, problems: Problems, encoding: Encoding) -> None:
    """Report File Meta Information whose stated length is wrong (PS3.10 7.1).

    In Implicit VR the length may be the one that it would have in Explicit VR: that it is in
    Implicit VR has been reported.
    """
    length = meta.get(TAG.FileMetaInformationGroupLength)
    path = (int(TAG.FileMetaInformationGroupLength),)
    if length is None:
        if meta.elements:
            message = "the File Meta Information does not state its length"
            problems.add("file-meta-missing", message, path)
        return
    stated = meta.number(TAG.FileMetaInformationGroupLength)
    found = end - length.offset - length.length
    longer = sum(EXPLICIT_HEADER_LONGER for element in meta if element.vr in LONG.values())
    if stated != found and (encoding.is_explicit or stated != found + longer):
        what = "nothing" if stated is None else f"{stated:.0f} bytes"
        message = f"it states {what}, the File Meta Information has {found} bytes"
        problems.add("file-meta-differs", message, path)


def _encoding(
    buffer: Buffer, at: int, vr_of: Mapping[int, str], syntax: str, problems: Problems
) -> Encoding:
    """The encoding of the data set: its Transfer Syntax's, unless another clearly fits."""
    claimed = ENCODING_OF.get(syntax)
    if claimed is None and not syntax.startswith("1.2.840.10008.1.2."):
        return guessed_encoding(buffer, at, vr_of) or EXPLICIT
    claimed = claimed or EXPLICIT
    encoding = actual_encoding(buffer, at, vr_of, claimed)
    if encoding is not claimed:
        _report_syntax(f"is encoded with {encoding.name}", problems)
    return encoding


def _report_syntax(what: str, problems: Problems) -> None:
    message = f"the data set {what}, its Transfer Syntax states otherwise"
    problems.add("wrong-transfer-syntax", message, (TAG.TransferSyntaxUID,))
