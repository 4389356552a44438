"""The three encodings of data elements, and which of them a data set has (PS3.5 Annex A)."""

from __future__ import annotations

import struct
from collections.abc import Mapping

from octome.dicom.data_set import Buffer
from octome.dicom.vr import LONG, SHORT, UNDEFINED, dictionary_entry

ENOUGH = 4  # elements in a row that fit: not a coincidence
ITEM_GROUP = 0xFFFE


class Encoding:
    """One encoding: whether elements name their VR, and the order of bytes."""

    __slots__ = ("head", "is_explicit", "is_little_endian", "long", "name", "tag_and_length")

    def __init__(self, name: str, *, is_explicit: bool, is_little_endian: bool = True) -> None:
        order = "<" if is_little_endian else ">"
        self.name = name
        self.is_explicit = is_explicit
        self.is_little_endian = is_little_endian
        self.head = struct.Struct(f"{order}HH2sH").unpack_from
        self.tag_and_length = struct.Struct(f"{order}HHI").unpack_from
        self.long = struct.Struct(f"{order}I").unpack_from


EXPLICIT = Encoding("explicit VR, little endian", is_explicit=True)
BIG_ENDIAN = Encoding("explicit VR, big endian", is_explicit=True, is_little_endian=False)
IMPLICIT = Encoding("implicit VR, little endian", is_explicit=False)
ENCODINGS = (EXPLICIT, IMPLICIT, BIG_ENDIAN)
# By Transfer Syntax UID. All others that are registered are explicit VR, little endian.
ENCODING_OF = {
    "1.2.840.10008.1.2": IMPLICIT,
    "1.2.840.10008.1.2.2": BIG_ENDIAN,
    # Private, of GE: pixels are big endian, elements are not.
    "1.2.840.113619.5.2": IMPLICIT,
}


def guessed_encoding(buffer: Buffer, at: int, vr_of: Mapping[int, str]) -> Encoding | None:
    """The encoding of a data set that has no Transfer Syntax; None if no data set begins here."""
    fitting = {each: fitting_elements(buffer, at, vr_of, each) for each in ENCODINGS}
    best = max(ENCODINGS, key=lambda encoding: fitting[encoding])
    needed = 1 if _begins_in_dictionary(buffer, at, vr_of, best) else ENOUGH - 1
    return best if fitting[best] >= needed else None


def actual_encoding(
    buffer: Buffer, at: int, vr_of: Mapping[int, str], claimed: Encoding
) -> Encoding:
    """The encoding of a data set: the claimed one unless another clearly fits."""
    if fitting_elements(buffer, at, vr_of, claimed) >= 2:
        return claimed
    fitting = {each: fitting_elements(buffer, at, vr_of, each) for each in ENCODINGS}
    best = max(ENCODINGS, key=lambda encoding: fitting[encoding])
    return best if fitting[claimed] < min(2, fitting[best]) else claimed


def unknown_item_encoding(buffer: Buffer, at: int, vr_of: Mapping[int, str]) -> Encoding:
    """The encoding of an item of a sequence that is encoded as UN.

    PS3.5 6.2.2 requires implicit VR; some software writes explicit VR.
    """
    is_explicit = fitting_elements(buffer, at, vr_of, EXPLICIT) > 0
    return (
        EXPLICIT if is_explicit and not fitting_elements(buffer, at, vr_of, IMPLICIT) else IMPLICIT
    )


def fitting_elements(buffer: Buffer, at: int, vr_of: Mapping[int, str], encoding: Encoding) -> int:
    """How many elements in a row fit an encoding: `ENOUGH` at most, or if they reach the end."""
    before = 0
    for count in range(ENOUGH):
        if at == len(buffer) and count:
            return ENOUGH
        if at + 8 > len(buffer):
            return count
        tag, length, start = _head(buffer, at, encoding)
        if start == 0 or not _may_follow(tag, length, before, vr_of, encoding):
            return count
        if length == UNDEFINED:
            return ENOUGH
        if start + length > len(buffer):
            # Cut short: a named VR is still evidence.
            return count + encoding.is_explicit
        at, before = start + length, tag
    return ENOUGH


def _head(buffer: Buffer, at: int, encoding: Encoding) -> tuple[int, int, int]:
    """Tag, length and start of the value; start is 0 where the VR is not a VR."""
    if not encoding.is_explicit:
        high, low, length = encoding.tag_and_length(buffer, at)
        return (high << 16) + low, length, at + 8
    high, low, code, length = encoding.head(buffer, at)
    tag = (high << 16) + low
    if code in SHORT:
        return tag, length, at + 8
    if code not in LONG or at + 12 > len(buffer):
        return tag, 0, 0
    return tag, encoding.long(buffer, at + 8)[0], at + 12


def _may_follow(
    tag: int, length: int, before: int, vr_of: Mapping[int, str], encoding: Encoding
) -> bool:
    """Whether an element may follow another: ascending, and in the dictionary if it must be."""
    group = tag >> 16
    if tag <= before or group in (0, ITEM_GROUP):
        return False
    if not tag & 0xFFFF:
        return length == 4
    return encoding.is_explicit or bool(group & 1) or dictionary_entry(vr_of, tag) is not None


def _begins_in_dictionary(
    buffer: Buffer, at: int, vr_of: Mapping[int, str], encoding: Encoding
) -> bool:
    """Whether the first element is in the dictionary."""
    if at + 8 > len(buffer):
        return False
    tag, length, _ = _head(buffer, at, encoding)
    is_group_length = not tag & 0xFFFF and length == 4
    return is_group_length or dictionary_entry(vr_of, tag) is not None
