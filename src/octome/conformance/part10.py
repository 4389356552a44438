"""Reading an encoded instance so that whatever is wrong with it can be told.

PS3.10 section 7 (file format) and PS3.5 section 7 (data sets). The file is mapped, not read: a
value costs nothing until it is looked at, and pixel data is never touched. Damage ends the
reading where it stands; what was read before stays.
"""

from __future__ import annotations

import mmap
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from octome.conformance.data_set import SEQUENCE, Buffer, DataSet, Element
from octome.errors import InstanceUnreadable

PREAMBLE = 128
META_GROUP = 0x0002
IMPLICIT = "1.2.840.10008.1.2"
EXPLICIT = "1.2.840.10008.1.2.1"
BIG_ENDIAN = "1.2.840.10008.1.2.2"
DEFLATED = {"1.2.840.10008.1.2.1.99", "1.2.840.10008.1.2.8.1"}
TRANSFER_SYNTAX = 0x00020010
ITEM = 0xFFFEE000
ITEM_END = 0xFFFEE00D
SEQUENCE_END = 0xFFFEE0DD
DELIMITERS = {ITEM, ITEM_END, SEQUENCE_END}
UNDEFINED = 0xFFFFFFFF
# PS3.5 7.1.2: these have two reserved bytes and a length of 32 bits.
LONG = frozenset({b"OB", b"OD", b"OF", b"OL", b"OV", b"OW", b"SQ", b"SV", b"UC", b"UN", b"UR", b"UT", b"UV"})  # fmt: skip  # noqa: E501
SHORT = frozenset({b"AE", b"AS", b"AT", b"CS", b"DA", b"DS", b"DT", b"FD", b"FL", b"IS", b"LO", b"LT", b"PN", b"SH", b"SL", b"SS", b"ST", b"TM", b"UI", b"UL", b"US"})  # fmt: skip  # noqa: E501
NAME_OF_VR = {vr: vr.decode() for vr in LONG | SHORT}
# Bounds against files that are made to cost: no real one comes near them.
DEEPEST = 100
MOST_ELEMENTS = 2_000_000
MOST_INFLATED = 256 << 20


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with the encoding: a code of a finding, where, and what.

    `path` leads from the root: tags of sequences and numbers of items in turn, then the tag.
    """

    code: str
    path: tuple[int, ...]
    message: str


@dataclass(slots=True)
class Encoded:
    """An instance as it is encoded, and what is wrong with the encoding."""

    meta: DataSet
    data_set: DataSet
    transfer_syntax: str
    size: int
    has_preamble: bool
    problems: list[Problem] = field(default_factory=list)


class _Stop(Exception):
    """Nothing after this place can be read."""


def read_encoded(source: Path | Buffer, vr_of: Mapping[int, str]) -> Encoded:
    """Read a DICOM file, or a data set without file meta information.

    Parameters
    ----------
    source : Path, bytes or mmap
        The file, which is mapped and stays so while the data set lives; or its content.
    vr_of : mapping
        The VR of each tag of the data dictionary, for Implicit VR.

    Raises
    ------
    InstanceUnreadable
        It is no DICOM instance, empty, or cannot be opened.
    """
    buffer = _mapped(source) if isinstance(source, Path) else source
    name = str(source) if isinstance(source, Path) else ""
    problems: list[Problem] = []
    start = PREAMBLE + 4 if buffer[PREAMBLE : PREAMBLE + 4] == b"DICM" else 0
    meta = DataSet(buffer, is_little_endian=True)
    if start or buffer[:2] == b"\x02\0":
        parser = _Parser(buffer, vr_of, problems, is_explicit=True, is_little_endian=True)
        start = parser.read(meta, start, group=META_GROUP)
    syntax = meta.text(TRANSFER_SYNTAX)
    if not meta.elements and not _looks_like_a_data_set(buffer, start):
        raise InstanceUnreadable(
            f"{name or 'this'} is no DICOM instance: it has neither the prefix DICM nor a first "
            "element of a data set",
            path=name,
        )
    if syntax in DEFLATED and syntax != "1.2.840.10008.1.2.8.1":
        buffer, start = _inflated(buffer, start, problems), 0
    explicit = syntax not in ("", IMPLICIT) or (not syntax and _is_explicit(buffer, start))
    ds = DataSet(buffer, is_little_endian=syntax != BIG_ENDIAN)
    if (
        syntax
        and explicit != _is_explicit(buffer, start, big=syntax == BIG_ENDIAN)
        and len(buffer) >= start + 8
    ):
        explicit = not explicit
        spelt = "explicit" if explicit else "implicit"
        message = f"the data set is encoded with {spelt} VR, its Transfer Syntax says otherwise"
        problems.append(Problem("wrong-transfer-syntax", (TRANSFER_SYNTAX,), message))
    parser = _Parser(
        buffer, vr_of, problems, is_explicit=explicit, is_little_endian=ds.is_little_endian
    )
    parser.read(ds, start)
    return Encoded(meta, ds, syntax, len(buffer), bool(meta.elements), problems)


def _mapped(path: Path) -> Buffer:
    try:
        with path.open("rb") as file:
            if file.seek(0, 2) == 0:
                raise InstanceUnreadable(f"{path} is empty", path=str(path))
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except OSError as error:
        raise InstanceUnreadable(
            f"cannot read {path}: {error.strerror or error}", path=str(path)
        ) from error


def _looks_like_a_data_set(buffer: Buffer, at: int) -> bool:
    """Whether a first element may stand here: a group that data sets begin with, and a length."""
    if len(buffer) < at + 8:
        return False
    group, _, length = struct.unpack_from("<HHI", buffer, at)
    if group not in (0x0004, 0x0008, 0x0010):
        return False
    return _is_explicit(buffer, at) or at + 8 + length <= len(buffer)


def _is_explicit(buffer: Buffer, at: int, *, big: bool = False) -> bool:
    """Whether an element here names its VR."""
    return bool(buffer[at + 4 : at + 6] in NAME_OF_VR)


def _inflated(buffer: Buffer, at: int, problems: list[Problem]) -> bytes:
    """A deflated data set, whole or as far as it goes (PS3.5 A.5)."""
    engine = zlib.decompressobj(wbits=-zlib.MAX_WBITS)
    inflated = b""
    try:
        inflated = engine.decompress(buffer[at:], MOST_INFLATED)
    except zlib.error as error:
        problems.append(Problem("truncated", (), f"the deflated data set is damaged ({error})"))
        return inflated
    if engine.unconsumed_tail:
        message = f"the deflated data set is longer than {MOST_INFLATED >> 20} MB: not read further"
        problems.append(Problem("not-read", (), message))
    elif not engine.eof:
        problems.append(Problem("truncated", (), "the deflated data set ends before its end"))
    return inflated


class _Parser:
    """One pass over the elements of one encoding."""

    def __init__(
        self,
        buffer: Buffer,
        vr_of: Mapping[int, str],
        problems: list[Problem],
        *,
        is_explicit: bool,
        is_little_endian: bool,
    ) -> None:
        self.buffer = buffer
        self.vr_of = vr_of
        self.problems = problems
        self.is_explicit = is_explicit
        self.order = "<" if is_little_endian else ">"
        self.tag = struct.Struct(f"{self.order}HH").unpack_from
        self.tag_and_length = struct.Struct(f"{self.order}HHI").unpack_from
        self.short = struct.Struct(f"{self.order}H").unpack_from
        self.long = struct.Struct(f"{self.order}I").unpack_from
        self.path: list[int] = []
        self.left = MOST_ELEMENTS

    def read(self, ds: DataSet, at: int, group: int | None = None) -> int:
        """Read elements into `ds` from `at` to the end, or of one group; where it ended."""
        try:
            return self._elements(ds, at, len(self.buffer), group=group)
        except _Stop:
            return len(self.buffer)

    def _say(self, code: str, message: str, *tag: int) -> None:
        self.problems.append(Problem(code, (*self.path, *tag), message))

    def _stop(self, code: str, message: str, *tag: int) -> _Stop:
        self._say(code, message, *tag)
        return _Stop()

    def _elements(
        self,
        ds: DataSet,
        at: int,
        end: int,
        *,
        group: int | None = None,
        until_delimiter: bool = False,
    ) -> int:
        """The elements of one data set or item, to `end` or to its delimiter."""
        elements, before = ds.elements, -1
        while at < end:
            if at + 8 > end:
                raise self._stop("truncated", f"{end - at} bytes are left at {at}: no element")
            high, low = self.tag(self.buffer, at)
            tag = (high << 16) + low
            if group is not None and high != group:
                return at
            if tag in DELIMITERS:
                if tag == ITEM_END and until_delimiter:
                    return at + 8
                raise self._stop("not-an-element", f"an item or delimiter stands alone at {at}")
            element, at = self._element(ds, tag, at, end)
            self.left -= 1
            if self.left < 0:
                raise self._stop("not-read", f"more than {MOST_ELEMENTS:,} elements: not read on")
            if tag <= before:
                twice = tag in elements
                code = "repeated" if twice else "not-ascending"
                what = "stands twice" if twice else "stands after a greater tag"
                self._say(code, f"the element {what}, at {element.offset}", tag)
            elements.setdefault(tag, element)
            before = max(before, tag)
        if until_delimiter:
            raise self._stop("truncated", f"the item has no end: the data stops at {at}")
        return at

    def _element(self, ds: DataSet, tag: int, at: int, end: int) -> tuple[Element, int]:
        """One element and where the next begins."""
        vr, length, start = self._header(tag, at, end)
        is_sequence = vr == SEQUENCE or (vr == "UN" and length == UNDEFINED)
        if is_sequence:
            # PS3.5 6.2.2: an unknown sequence is encoded with Implicit VR, Little Endian.
            items: list[DataSet] = []
            element = Element(tag, SEQUENCE, start, length, items)
            ds.elements.setdefault(tag, element)
            parser = self if vr == SEQUENCE else self._implicit()
            after = parser._items(ds, tag, items, start, length, end)
            if parser is not self:
                self.left = parser.left
            return element, after
        if length == UNDEFINED:
            element = Element(tag, vr, start, 0, fragments=[])
            ds.elements.setdefault(tag, element)
            return element, self._fragments(element, end)
        if start + length > end:
            missing = start + length - end
            ds.elements.setdefault(tag, Element(tag, vr, start, end - start))
            raise self._stop("truncated", f"the value is cut short by {missing:,} bytes", tag)
        if length & 1:
            self._say("odd-length", f"the value has an odd length, {length}", tag)
        return Element(tag, vr, start, length), start + length

    def _header(self, tag: int, at: int, end: int) -> tuple[str, int, int]:
        """VR, length and where the value begins."""
        if not self.is_explicit:
            (length,) = self.long(self.buffer, at + 4)
            return self._dictionary_vr(tag, length), length, at + 8
        code = self.buffer[at + 4 : at + 6]
        if code in SHORT:
            (length,) = self.short(self.buffer, at + 6)
            return NAME_OF_VR[code], length, at + 8
        if code in LONG:
            if at + 12 > end:
                raise self._stop("truncated", f"the data stops within an element at {at}", tag)
            (length,) = self.long(self.buffer, at + 8)
            return NAME_OF_VR[code], length, at + 12
        (length,) = self.long(self.buffer, at + 4)
        if length != UNDEFINED and at + 8 + length > end:
            raise self._stop("unknown-vr", f"no VR stands at {at + 4}, but {code!r}", tag)
        self._say("unknown-vr", f"no VR stands at {at + 4}, but {code!r}: read without", tag)
        return self._dictionary_vr(tag, length), length, at + 8

    def _dictionary_vr(self, tag: int, length: int) -> str:
        """The VR of an element that does not name it (PS3.5 6.2.2, 7.8 and A.1)."""
        vr = self.vr_of.get(tag)
        if vr is None:
            if not tag & 0xFFFF:
                return "UL"
            if tag >> 16 & 1:
                return "LO" if 0x10 <= tag & 0xFFFF <= 0xFF else "UN"
            vr = self.vr_of.get(tag & 0xFF00FFFF) if tag >> 24 in (0x50, 0x60) else None
        if length == UNDEFINED and vr != SEQUENCE and tag >> 16 != 0x7FE0:
            return SEQUENCE
        return first_vr(vr) if vr else "UN"

    def _implicit(self) -> _Parser:
        parser = _Parser(
            self.buffer, self.vr_of, self.problems, is_explicit=False, is_little_endian=True
        )
        parser.path, parser.left = self.path, self.left
        return parser

    def _items(
        self, ds: DataSet, tag: int, items: list[DataSet], at: int, length: int, end: int
    ) -> int:
        """The items of a sequence; where the next element begins."""
        stop = end if length == UNDEFINED else at + length
        if stop > end:
            raise self._stop("truncated", f"the sequence is cut short by {stop - end:,} bytes", tag)
        if len(self.path) >= 2 * DEEPEST:
            raise self._stop("not-read", f"sequences nest deeper than {DEEPEST}: not read on", tag)
        while at < stop:
            if at + 8 > stop:
                raise self._stop("truncated", f"the sequence stops at {at}, within an item", tag)
            high, low, size = self.tag_and_length(self.buffer, at)
            marker = (high << 16) + low
            at += 8
            if marker == SEQUENCE_END and length == UNDEFINED:
                return at
            if marker != ITEM:
                raise self._stop("not-an-item", f"no item begins at {at - 8}", tag)
            item = DataSet(self.buffer, ds.is_little_endian, ds, tag)
            self.path += [tag, len(items)]
            items.append(item)
            if size == UNDEFINED:
                at = self._elements(item, at, stop, until_delimiter=True)
            elif at + size > stop:
                raise self._stop(
                    "truncated", f"the item is cut short by {at + size - stop:,} bytes"
                )
            else:
                at = self._elements(item, at, at + size)
            del self.path[-2:]
        if length == UNDEFINED:
            raise self._stop("truncated", f"the sequence has no end: the data stops at {at}", tag)
        return at

    def _fragments(self, element: Element, end: int) -> int:
        """Encapsulated pixel data (PS3.5 A.4): only the heads of the fragments are looked at."""
        at, found = element.offset, element.fragments or []
        while at + 8 <= end:
            high, low, size = self.tag_and_length(self.buffer, at)
            marker = (high << 16) + low
            at += 8
            if marker == SEQUENCE_END:
                element.fragments = found
                return at
            if marker != ITEM:
                element.fragments = found
                raise self._stop("not-an-item", f"no fragment begins at {at - 8}", element.tag)
            if at + size > end:
                element.fragments = found
                missing = at + size - end
                message = f"fragment {len(found)} is cut short by {missing:,} bytes"
                raise self._stop("truncated", message, element.tag)
            found.append((at, size))
            at += size
        element.fragments = found
        raise self._stop("truncated", "the fragments have no end: the data stops", element.tag)


def first_vr(vr: str) -> str:
    """The VR to read an element with that the dictionary gives several.

    Examples
    --------
    >>> first_vr("US or SS"), first_vr("OB or OW"), first_vr("")
    ('US', 'OW', 'UN')
    """
    words = vr.split(" or ")
    return "OW" if "OW" in words else words[0] or "UN"
