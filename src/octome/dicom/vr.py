"""Value representations: their encoding, and the VR of an element that does not name it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from octome.dicom.data_set import SEQUENCE

UNDEFINED = 0xFFFFFFFF
PIXEL_GROUP = 0x7FE0


def _by_code(words: str) -> dict[bytes, str]:
    return {word.encode(): word for word in words.split()}


# PS3.5 7.1.2: these have two reserved bytes and a length of 32 bits.
LONG = _by_code("OB OD OF OL OV OW SQ SV UC UN UR UT UV")
SHORT = _by_code("AE AS AT CS DA DS DT FD FL IS LO LT PN SH SL SS ST TM UI UL US")


@cache
def assumed_vr(vr: str) -> str:
    """The VR for reading an element if the dictionary gives several.

    Examples
    --------
    >>> assumed_vr("US or SS"), assumed_vr("OB or OW"), assumed_vr("")
    ('US', 'OW', 'UN')
    """
    words = vr.split(" or ")
    return "OW" if "OW" in words else words[0] or "UN"


def dictionary_entry(vr_of: Mapping[int, str], tag: int) -> str | None:
    """The dictionary's VR of a tag, also in repeating groups (PS3.5 7.6)."""
    vr = vr_of.get(tag)
    if vr is None and tag >> 24 in (0x50, 0x60) and not tag >> 16 & 1:
        vr = vr_of.get(tag & 0xFF00FFFF)
    return vr


def implicit_vr(vr_of: Mapping[int, str], tag: int, length: int) -> str:
    """The VR of an element that does not name it (PS3.5 6.2.2, 7.8 and A.1).

    Examples
    --------
    >>> implicit_vr({}, 0x00090010, 8), implicit_vr({}, 0x00091001, 8)
    ('LO', 'UN')
    >>> implicit_vr({}, 0x00091001, UNDEFINED), implicit_vr({}, 0x00080000, 4)
    ('SQ', 'UL')
    """
    vr = dictionary_entry(vr_of, tag)
    if length == UNDEFINED and tag >> 16 != PIXEL_GROUP:
        return SEQUENCE
    if vr:
        return assumed_vr(vr)
    if not tag & 0xFFFF:
        return "UL"
    is_creator = tag >> 16 & 1 and 0x10 <= tag & 0xFFFF <= 0xFF
    return "LO" if is_creator else "UN"
