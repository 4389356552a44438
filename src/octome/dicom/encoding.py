"""The forms that elements are encoded in, and which of them some bytes have (PS3.5 Annex A)."""

from __future__ import annotations

import struct
from collections.abc import Mapping

from octome.dicom.data_set import Buffer
from octome.dicom.vr import LONG, SHORT, UNDEFINED, dictionary_entry

ENOUGH = 4  # elements in a row that fit: no chance
ITEM_GROUP = 0xFFFE


class Form:
    """One form: whether elements name their VR, and the order of bytes."""

    __slots__ = ("head", "is_explicit", "is_little_endian", "long", "name", "tag_and_length")

    def __init__(self, name: str, *, is_explicit: bool, is_little_endian: bool = True) -> None:
        order = "<" if is_little_endian else ">"
        self.name = name
        self.is_explicit = is_explicit
        self.is_little_endian = is_little_endian
        self.head = struct.Struct(f"{order}HH2sH").unpack_from
        self.tag_and_length = struct.Struct(f"{order}HHI").unpack_from
        self.long = struct.Struct(f"{order}I").unpack_from


EXPLICIT = Form("explicit VR, little endian", is_explicit=True)
BIG_ENDIAN = Form("explicit VR, big endian", is_explicit=True, is_little_endian=False)
IMPLICIT = Form("implicit VR, little endian", is_explicit=False)
FORMS = (EXPLICIT, IMPLICIT, BIG_ENDIAN)
# All others that are registered are of explicit VR, little endian.
FORM_OF = {
    "1.2.840.10008.1.2": IMPLICIT,
    "1.2.840.10008.1.2.2": BIG_ENDIAN,
    # Private, of GE: pixels are big endian, elements are not.
    "1.2.840.113619.5.2": IMPLICIT,
}


def likely_form(buffer: Buffer, at: int, vr_of: Mapping[int, str]) -> Form | None:
    """The form of a data set that nothing else tells of; None where none stands here."""
    runs = {form: run(buffer, at, vr_of, form) for form in FORMS}
    best = max(FORMS, key=lambda form: runs[form])
    needed = 1 if _begins_known(buffer, at, vr_of, best) else ENOUGH - 1
    return best if runs[best] >= needed else None


def form_beside(buffer: Buffer, at: int, vr_of: Mapping[int, str], claimed: Form) -> Form:
    """The form that a data set has, which is the claimed one unless another clearly fits."""
    if run(buffer, at, vr_of, claimed) >= 2:
        return claimed
    runs = {form: run(buffer, at, vr_of, form) for form in FORMS}
    best = max(FORMS, key=lambda form: runs[form])
    return best if runs[claimed] < min(2, runs[best]) else claimed


def run(buffer: Buffer, at: int, vr_of: Mapping[int, str], form: Form) -> int:
    """How many elements in a row fit a form from here, `ENOUGH` at most, also at the end."""
    before = 0
    for count in range(ENOUGH):
        if at == len(buffer) and count:
            return ENOUGH
        if at + 8 > len(buffer):
            return count
        tag, length, start = _head(buffer, at, form)
        if start == 0 or not _may_follow(tag, length, before, vr_of, form):
            return count
        if length == UNDEFINED:
            return ENOUGH
        if start + length > len(buffer):
            # Cut short: a VR that is named is a sign all the same.
            return count + form.is_explicit
        at, before = start + length, tag
    return ENOUGH


def _head(buffer: Buffer, at: int, form: Form) -> tuple[int, int, int]:
    """Tag, length and start of the value; start is 0 where no VR stands that should."""
    if not form.is_explicit:
        high, low, length = form.tag_and_length(buffer, at)
        return (high << 16) + low, length, at + 8
    high, low, code, length = form.head(buffer, at)
    tag = (high << 16) + low
    if code in SHORT:
        return tag, length, at + 8
    if code not in LONG or at + 12 > len(buffer):
        return tag, 0, 0
    return tag, form.long(buffer, at + 8)[0], at + 12


def _may_follow(tag: int, length: int, before: int, vr_of: Mapping[int, str], form: Form) -> bool:
    """Whether an element may stand after another: ascending, and known where it must be."""
    group = tag >> 16
    if tag <= before or group in (0, ITEM_GROUP):
        return False
    if not tag & 0xFFFF:
        return length == 4
    return form.is_explicit or bool(group & 1) or dictionary_entry(vr_of, tag) is not None


def _begins_known(buffer: Buffer, at: int, vr_of: Mapping[int, str], form: Form) -> bool:
    """Whether the first element is one of the dictionary."""
    if at + 8 > len(buffer):
        return False
    tag, length, _ = _head(buffer, at, form)
    is_group_length = not tag & 0xFFFF and length == 4
    return is_group_length or dictionary_entry(vr_of, tag) is not None
