"""Checks a value against its value representation: characters, length, format.

PS3.5 Table 6.2-1. Patterns match the bytes of the whole element, so a correct value, like nearly
all, costs one match.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from octome.dicom.data_set import LONGEST_READ, NUMBERS, TEXT, DataSet, Element

_LONG_MONTH = rb"(?:0[13578]|1[02])(?:0[1-9]|[12]\d|3[01])"
_SHORT_MONTH = rb"(?:0[469]|11)(?:0[1-9]|[12]\d|30)"
_FEBRUARY = rb"02(?:0[1-9]|1\d|2[0-8])"
_LEAP_YEAR = rb"(?:\d\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)"
_DATE = (
    rb"(?:\d{4}(?:" + rb"|".join([_LONG_MONTH, _SHORT_MONTH, _FEBRUARY]) + rb")"
    rb"|" + _LEAP_YEAR + rb"0229)"
)
_TIME = rb"(?:[01]\d|2[0-3])(?:[0-5]\d(?:(?:[0-5]\d|60)(?:\.\d{1,6})?)?)?"
# From -1200 to +1400, and no -0000 (PS3.5 6.2).
OFFSET = rb"(?:\+(?:(?:0\d|1[0-3])[0-5]\d|1400)|-(?:(?!0000)(?:0\d|1[01])[0-5]\d|1200))"
_DATE_TIME = (
    rb"(?:" + _DATE + rb"(?:" + _TIME + rb")?|\d{4}(?:0[1-9]|1[0-2])?)"
    rb"(?:" + OFFSET + rb")?"
)
_NUMBER = rb"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[Ee][+-]?\d+)?"
# One value, without the padding that may surround it.
FORMATS = {
    "AE": rb"[^\\\x00-\x1f\x7f-\xff]{0,16}",
    "AS": rb"\d{3}[DWMY]",
    "CS": rb"[A-Z0-9 _]{0,16}",
    "DA": _DATE,
    "DS": _NUMBER,
    "DT": _DATE_TIME,
    "IS": rb"[+-]?\d{1,12}",
    "TM": _TIME,
    "UI": rb"(?:[01]\.(?:[123]\d|\d)|2\.(?:0|[1-9]\d*))(?:\.(?:0|[1-9]\d*))*",
}
NEEDS = {
    "AE": "at most 16 characters, without control characters",
    "AS": "three digits and one of D, W, M, Y",
    "CS": "at most 16 characters: A to Z, 0 to 9, space, underscore",
    "DA": "YYYYMMDD, a day that exists",
    "DS": "a decimal number of at most 16 characters",
    "DT": "YYYYMMDDHHMMSS.FFFFFF or the first part of it, and an offset from -1200 to +1400",
    "IS": "a whole number of at most 12 characters, within 32 bits",
    "TM": "HHMMSS.FFFFFF or the first part of it",
    "UI": "0, 1 or 2, then numbers without leading zeros, separated by dots, at most 64 characters",
}
# Characters in one value; for PN in one of its three groups.
LONGEST = {"AE": 16, "CS": 16, "DS": 16, "IS": 12, "LO": 64, "LT": 10240, "SH": 16, "ST": 1024, "UI": 64, "PN": 64}  # fmt: skip  # noqa: E501
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
LINES = frozenset({"LT", "ST", "UT"})
SIZES = {
    vr: {"US": 2, "SS": 2, "UL": 4, "SL": 4, "FL": 4, "AT": 4}.get(vr, 8) for vr in (*NUMBERS, "AT")
}
# Total bytes up to which no value can be too long, and no IS beyond 32 bits.
SURELY_SHORT = {vr: 9 if vr == "IS" else LONGEST.get(vr, LONGEST_READ) for vr in FORMATS}
PLAIN = re.compile(rb"[ -~]*")
# A name in one group of at most five components.
PLAIN_NAME = re.compile(rb"[ -<>-\[\]_-~]*+(?:\^[ -<>-\[\]_-~]*+){0,4}")
PLAIN_LENGTH = {**SURELY_SHORT, **{vr: LONGEST[vr] for vr in ("LO", "PN", "SH", "ST", "LT")}}
MOST_KNOWN = 100  # values of an attribute, so that the same one is matched once
LONGEST_KNOWN = 64  # bytes of them
MOST_CHECKED = 1 << 16  # bytes; only this much of a long text is checked


@cache
def _pattern(vr: str) -> re.Pattern[bytes]:
    """What all values of an element match together; compiled when it is first needed.

    Possessive: an expression that can go back keeps 800 bytes for each of a million values.
    """
    if vr == "PN":
        return PLAIN_NAME
    if vr in TEXT:
        return PLAIN
    one = rb" *(?:" + FORMATS[vr] + rb")? *"
    return re.compile(one + rb"(?:\\" + one + rb")*+" + (rb"\x00?" if vr == "UI" else rb""))


def departures(ds: DataSet, element: Element) -> Iterable[tuple[str, str]]:
    """Problems of an element's value: a code, and what was found and needed."""
    vr = element.vr
    if element.items is not None or not element.length:
        return ()
    size = SIZES.get(vr)
    if size is not None:
        if element.length % size == 0:
            return ()
        return [("length", f"{element.length} bytes are not a whole number of {vr} values")]
    if vr in FORMATS:
        raw = unpadded(ds.raw(element.tag), vr)
        fits = _pattern(vr).fullmatch(raw) is not None
        if fits and len(raw) <= SURELY_SHORT[vr]:
            return ()
        return _coded(vr, raw, fits=fits)
    return _text(ds, element) if vr in TEXT else ()


class PlainValues:
    """The values of one attribute that are right for certain, as nearly all are.

    They have no departure, no NUL as padding, and a count that the VM allows. Others may be right
    too: for them see `departures` and `multiplicity_of`.

    Parameters
    ----------
    vm : tuple of int
        The least and the most values, and the step between two numbers of values.
    """

    def __init__(self, vm: tuple[int, int, int]) -> None:
        self._least, self._most, self._step = vm
        self._known: set[tuple[str, bytes]] = set()

    def has(self, ds: DataSet, element: Element) -> bool:
        """Whether the value of an element is one of them."""
        vr, length = element.vr, element.length
        if element.items is not None or not length:
            return True
        if vr in SIZES:
            count, rest = divmod(length, SIZES[vr])
            return not rest and length <= MOST_CHECKED and self._may_be(count)
        if length > PLAIN_LENGTH.get(vr, 0):
            return False
        at = ds.base + element.offset
        raw = ds.buffer[at : at + length]
        if (vr, raw) in self._known:
            return True
        if _pattern(vr).fullmatch(raw) is None or (vr != "UI" and raw[-1] == 0):
            return False
        is_plain = self._may_be(raw.count(b"\\") + 1)
        if is_plain and length <= LONGEST_KNOWN and len(self._known) < MOST_KNOWN:
            self._known.add((vr, raw))
        return is_plain

    def are_all(self, alike: Sequence[DataSet], element: Element) -> bool:
        """Whether the values of an element of several data sets, of one length, are all so."""
        vr, length = element.vr, element.length
        if element.items or not length or vr in SIZES or length > PLAIN_LENGTH.get(vr, 0):
            return self.has(alike[0], element)
        starts = [ds.start(element) for ds in alike]
        buffer = alike[0].buffer
        values = {buffer[at : at + length] for at in starts}
        bare = [value.removesuffix(b"\0") for value in values] if vr == "UI" else values
        joined = b"\\".join(bare)
        # A backslash parts values, here as within one of several.
        if b"\0" in joined or _pattern(vr).fullmatch(joined) is None:
            return False
        return all(self._may_be(count + 1) for count in {raw.count(b"\\") for raw in values})

    def _may_be(self, count: int) -> bool:
        return self._least <= count <= self._most and (count - self._least) % self._step == 0


def is_padded_with_nul(ds: DataSet, element: Element) -> bool:
    """Whether text ends with NUL, where PS3.5 6.2 demands a space."""
    vr, end = element.vr, ds.start(element) + element.length
    if vr == "UI" or not element.length or not (vr in FORMATS or vr in TEXT):
        return False
    return element.items is None and ds.buffer[end - 1 : end] == b"\0"


def unpadded(raw: bytes, vr: str) -> bytes:
    """A value without the NULs at its end, which are a finding of their own."""
    return raw if vr == "UI" else raw.rstrip(b"\0")


def _coded(vr: str, raw: bytes, *, fits: bool) -> Iterator[tuple[str, str]]:
    longest = LONGEST.get(vr)
    if not fits:
        one = re.compile(rb" *(?:" + FORMATS[vr] + rb")? *")
        bare = raw.rstrip(b"\0") if vr == "UI" else raw
        wrong = next((v for v in bare.split(b"\\") if one.fullmatch(v) is None), raw)
        yield "format", f"{_shown(wrong)} is not a valid {vr}: {NEEDS[vr]}"
        return
    if longest and len(raw) > longest:
        for value in raw.rstrip(b"\0").split(b"\\"):
            bare = value.strip(b" ")
            if len(bare) > longest:
                yield "too-long", f"{_shown(bare)} has {len(bare)} characters: {NEEDS[vr]}"
                return
    if vr == "IS" and any(
        not -(2**31) <= int(value) < 2**31
        for value in raw.rstrip(b"\0").split(b"\\")
        if value.strip()
    ):
        yield "format", f"{_shown(raw)} is not a valid IS: {NEEDS[vr]}"


def _text(ds: DataSet, element: Element) -> Iterator[tuple[str, str]]:
    vr, raw = element.vr, unpadded(ds.raw(element.tag)[:MOST_CHECKED], element.vr)
    longest = LONGEST.get(vr)
    if vr != "PN" and PLAIN.fullmatch(raw) and (longest is None or len(raw) <= longest):
        return
    if not raw.isascii() and not ds.character_sets:
        yield "character", "it has bytes above 127, but there is no Specific Character Set"
        return
    values = ds.values(element.tag)
    for value in values:
        text = str(value).rstrip(" ")
        if "\ufffd" in text:
            yield "character", "it has bytes that are not characters of the character set"
            return
        if CONTROL.search(text) or (vr not in LINES and re.search(r"[\n\r\f]", text)):
            yield "character", f"{text[:40]!r} has a control character"
            return
        if vr == "PN":
            yield from _person_name(text)
        elif longest and len(text) > longest:
            yield (
                "too-long",
                f"{text[:40]!r}… has {len(text)} characters, at most {longest} are allowed",
            )
            return


def _person_name(text: str) -> Iterator[tuple[str, str]]:
    groups = text.split("=")
    if len(groups) > 3:
        yield "format", f"{text[:40]!r} has {len(groups)} component groups, at most 3 are allowed"
    for group in groups[:3]:
        if len(group) > LONGEST["PN"]:
            yield (
                "too-long",
                f"{group[:40]!r}… has {len(group)} characters in a group, at most 64 are allowed",
            )
        if group.count("^") > 4:
            yield "format", f"{group[:40]!r} has more than 5 components"


def multiplicity_of(ds: DataSet, element: Element) -> int | None:
    """How many values an element has; None if values are not counted."""
    vr = element.vr
    if element.items is not None or not element.length:
        return None
    if vr in NUMBERS or vr == "AT":
        return ds.count(element.tag) if element.length <= MOST_CHECKED else None
    if vr in FORMATS or vr in ("LO", "SH", "PN", "UC"):
        raw = ds.raw(element.tag)
        if len(raw) < element.length:
            return ds.count(element.tag)
        if raw.isascii() or not ds.character_sets:
            return raw.count(b"\\") + 1
        return ds.count(element.tag)
    return 1


def _shown(raw: bytes) -> str:
    text = raw[:40].decode("latin-1")
    return repr(text) + ("…" if len(raw) > 40 else "")
