"""Reading an encoded instance so that whatever is wrong with it can be told.

PS3.10 section 7 (file format) and PS3.5 section 7 (data sets). A value costs nothing until it is
looked at, and pixel data is never touched. Damage is told, and what can be read is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from octome.dicom.content import content_of
from octome.dicom.data_set import Buffer, DataSet
from octome.dicom.deflation import DEFLATED, inflated
from octome.dicom.encoding import EXPLICIT, FORM_OF, Form, form_beside, likely_form, run
from octome.dicom.problem import Problem, Problems
from octome.dicom.tag import TAG
from octome.dicom.walk import Walk
from octome.errors import InstanceUnreadable

PREAMBLE = 128
META_GROUP = 0x0002


@dataclass(slots=True)
class Encoded:
    """An instance as it is encoded, and what is wrong with the encoding."""

    meta: DataSet
    data_set: DataSet
    transfer_syntax: str
    size: int
    has_preamble: bool
    problems: list[Problem] = field(default_factory=list)


def read_encoded(source: Path | Buffer, vr_of: Mapping[int, str]) -> Encoded:
    """Read a DICOM file, or a data set without file meta information.

    Parameters
    ----------
    source : Path, bytes or mmap
        The file, which is mapped if it is large, and stays so while the data set lives; or its
        content.
    vr_of : mapping
        The VR of each tag of the data dictionary, for Implicit VR.

    Raises
    ------
    InstanceUnreadable
        It is no DICOM instance, empty, or cannot be opened.
    """
    buffer = content_of(source) if isinstance(source, Path) else source
    name = str(source) if isinstance(source, Path) else ""
    problems = Problems()
    start = PREAMBLE + 4 if buffer[PREAMBLE : PREAMBLE + 4] == b"DICM" else 0
    meta = DataSet(buffer, is_little_endian=True)
    if start or (buffer[:2] == b"\x02\0" and run(buffer, 0, vr_of, EXPLICIT)):
        start = Walk(buffer, vr_of, problems, EXPLICIT).read(meta, start, META_GROUP)
        _check_meta(meta, start, problems)
    if not meta.elements and likely_form(buffer, start, vr_of) is None:
        raise _no_instance(buffer, name)
    syntax = meta.text(TAG.TransferSyntaxUID)
    is_whole = start < len(buffer)
    if not is_whole:
        problems.say("truncated", "no data set follows the File Meta Information")
    elif syntax in DEFLATED and likely_form(buffer, start, vr_of) is None:
        (buffer, is_whole), start = inflated(buffer, start, problems), 0
    elif syntax in DEFLATED:
        _say_syntax("is not deflated", problems)
    form = _form(buffer, start, vr_of, syntax, problems)
    ds = DataSet(buffer, is_little_endian=form.is_little_endian)
    Walk(buffer, vr_of, problems, form, is_whole=is_whole).read(ds, start)
    return Encoded(meta, ds, syntax, len(buffer), bool(meta.elements), problems.found)


def _no_instance(buffer: Buffer, name: str) -> InstanceUnreadable:
    what = name or "this"
    if not len(buffer):
        return InstanceUnreadable(f"{what} is empty", path=name)
    if buffer[PREAMBLE : PREAMBLE + 4] == b"DICM":
        why = "no data element follows the prefix DICM"
    else:
        why = "it has neither the prefix DICM nor a first element of a data set"
    return InstanceUnreadable(f"{what} is no DICOM instance: {why}", path=name)


def _check_meta(meta: DataSet, end: int, problems: Problems) -> None:
    """Tell whether the File Meta Information is as long as it says (PS3.10 7.1)."""
    length = meta.get(TAG.FileMetaInformationGroupLength)
    if length is None:
        if meta.elements:
            message = "the File Meta Information does not say how long it is"
            problems.say("file-meta-missing", message, (TAG.FileMetaInformationGroupLength,))
        return
    stated, found = (
        meta.number(TAG.FileMetaInformationGroupLength),
        end - length.offset - length.length,
    )
    if stated != found:
        said = "nothing" if stated is None else f"{stated:.0f}"
        message = f"it says {said}, the File Meta Information goes on for {found} bytes"
        problems.say("file-meta-differs", message, (TAG.FileMetaInformationGroupLength,))


def _form(
    buffer: Buffer, at: int, vr_of: Mapping[int, str], syntax: str, problems: Problems
) -> Form:
    """The form of the data set: its Transfer Syntax's, unless another clearly fits."""
    claimed = FORM_OF.get(syntax)
    if claimed is None and not syntax.startswith("1.2.840.10008.1.2."):
        return likely_form(buffer, at, vr_of) or EXPLICIT
    claimed = claimed or EXPLICIT
    form = form_beside(buffer, at, vr_of, claimed)
    if form is not claimed:
        _say_syntax(f"is encoded with {form.name}", problems)
    return form


def _say_syntax(what: str, problems: Problems) -> None:
    message = f"the data set {what}, its Transfer Syntax says otherwise"
    problems.say("wrong-transfer-syntax", message, (TAG.TransferSyntaxUID,))
