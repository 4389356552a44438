"""The head of a data element: its tag, its VR, and where its value lies (PS3.5 7.1)."""

from __future__ import annotations

from collections.abc import Mapping

from octome.dicom.data_set import Buffer
from octome.dicom.encoding import ITEM_GROUP, Form
from octome.dicom.vr import LONG, SHORT, UNDEFINED, implicit_vr

# Tag, VR, length and start of the value; a VR that was none; start 0 where the data is too short.
Header = tuple[int, str, int, int, bytes]
NOTHING = b""


def header(buffer: Buffer, at: int, end: int, form: Form, vr_of: Mapping[int, str]) -> Header:
    """The head of the element at `at`, where eight bytes are at least."""
    if not form.is_explicit:
        high, low, length = form.tag_and_length(buffer, at)
        tag = (high << 16) + low
        return tag, implicit_vr(vr_of, tag, length), length, at + 8, NOTHING
    high, low, code, length = form.head(buffer, at)
    tag = (high << 16) + low
    vr = SHORT.get(code)
    if vr is not None:
        return tag, vr, length, at + 8, NOTHING
    vr = LONG.get(code)
    if vr is None:
        return _unknown(buffer, at, end, form, vr_of)
    if at + 12 > end:
        return tag, vr, 0, 0, NOTHING
    return tag, vr, form.long(buffer, at + 8)[0], at + 12, NOTHING


def _unknown(buffer: Buffer, at: int, end: int, form: Form, vr_of: Mapping[int, str]) -> Header:
    """An element whose VR is none of the known ones.

    It may be a newer one, with a length of 32 bits (PS3.5 6.2), a wrong one, with one of 16 or
    32 bits, or none, as in Implicit VR: what the next element fits to is taken.
    """
    high, low, code, short = form.head(buffer, at)
    tag = (high << 16) + low
    if high == ITEM_GROUP:
        return tag, "", form.long(buffer, at + 4)[0], at + 8, NOTHING
    if at + 12 <= end and short == 0:
        (length,) = form.long(buffer, at + 8)
        if _fits(buffer, at + 12, length, end, form, tag):
            return tag, "UN", length, at + 12, code
    if _fits(buffer, at + 8, short, end, form, tag):
        return tag, "UN", short, at + 8, code
    (length,) = form.long(buffer, at + 4)
    if length != UNDEFINED and at + 8 + length > end:
        return tag, "", length, at + 8, code
    return tag, implicit_vr(vr_of, tag, length), length, at + 8, code


def _fits(buffer: Buffer, start: int, length: int, end: int, form: Form, before: int) -> bool:
    """Whether the end, an item's end, or an element that names its VR follows a value."""
    after = start + length
    if length == UNDEFINED:
        return start + 8 <= end and form.tag_and_length(buffer, start)[0] == ITEM_GROUP
    if after == end:
        return True
    if after + 8 > end:
        return False
    high, low, code, _ = form.head(buffer, after)
    return high == ITEM_GROUP or ((high << 16) + low > before and (code in SHORT or code in LONG))
