"""The header of a data element: its tag, its VR, and where its value lies (PS3.5 7.1)."""

from __future__ import annotations

from collections.abc import Mapping

from octome.dicom.data_set import Buffer
from octome.dicom.encoding import ITEM_GROUP, Encoding
from octome.dicom.vr import LONG, SHORT, UNDEFINED, implicit_vr

# Tag, VR, length and start of the value, and the bytes in place of a VR. The start is 0 if the data
# is too short for a header.
ElementHeader = tuple[int, str, int, int, bytes]
NOTHING = b""


def element_header(
    buffer: Buffer, at: int, end: int, encoding: Encoding, vr_of: Mapping[int, str]
) -> ElementHeader:
    """The header of the element at `at`, where there are at least eight bytes."""
    if not encoding.is_explicit:
        high, low, length = encoding.tag_and_length(buffer, at)
        tag = (high << 16) + low
        return tag, implicit_vr(vr_of, tag, length), length, at + 8, NOTHING
    high, low, code, length = encoding.head(buffer, at)
    tag = (high << 16) + low
    vr = SHORT.get(code)
    if vr is not None:
        return tag, vr, length, at + 8, NOTHING
    vr = LONG.get(code)
    if vr is None:
        return _unknown(buffer, at, end, encoding, vr_of)
    if at + 12 > end:
        return tag, vr, 0, 0, NOTHING
    return tag, vr, encoding.long(buffer, at + 8)[0], at + 12, NOTHING


def _unknown(
    buffer: Buffer, at: int, end: int, encoding: Encoding, vr_of: Mapping[int, str]
) -> ElementHeader:
    """The header of an element whose VR is unknown.

    It may be a newer VR, with a length of 32 bits (PS3.5 6.2), a wrong one, with a length of 16
    or 32 bits, or missing, as in Implicit VR: the interpretation that fits the next element is
    taken.
    """
    high, low, code, short = encoding.head(buffer, at)
    tag = (high << 16) + low
    if high == ITEM_GROUP:
        return tag, "", encoding.long(buffer, at + 4)[0], at + 8, NOTHING
    if at + 12 <= end and short == 0:
        (length,) = encoding.long(buffer, at + 8)
        if _fits(buffer, at + 12, length, end, encoding, tag):
            return tag, "UN", length, at + 12, code
    if _fits(buffer, at + 8, short, end, encoding, tag):
        return tag, "UN", short, at + 8, code
    (length,) = encoding.long(buffer, at + 4)
    if length != UNDEFINED and at + 8 + length > end:
        return tag, "", length, at + 8, code
    return tag, implicit_vr(vr_of, tag, length), length, at + 8, code


def _fits(
    buffer: Buffer, start: int, length: int, end: int, encoding: Encoding, before: int
) -> bool:
    """Whether a value is followed by the end, an item's end, or an element that names its VR."""
    after = start + length
    if length == UNDEFINED:
        return start + 8 <= end and encoding.tag_and_length(buffer, start)[0] == ITEM_GROUP
    if after == end:
        return True
    if after + 8 > end:
        return False
    high, low, code, _ = encoding.head(buffer, after)
    return high == ITEM_GROUP or ((high << 16) + low > before and (code in SHORT or code in LONG))
