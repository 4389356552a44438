"""An encoded data set: elements by tag, each value kept as bytes until it is needed.

PS3.5 section 7. A value that does not follow its VR stays readable as bytes: a check needs that,
and libraries that convert values at once do not have it.
"""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import KW_ONLY, dataclass, field
from math import isfinite
from mmap import mmap
from typing import NamedTuple

from octome.dicom.tag import TAG

Buffer = bytes | mmap

SEQUENCE = "SQ"
# PS3.5 6.2: the format of one value of a binary VR.
NUMBERS = {
    "US": "H",
    "SS": "h",
    "UL": "I",
    "SL": "i",
    "UV": "Q",
    "SV": "q",
    "FL": "f",
    "FD": "d",
}
# PS3.5 6.4: VRs of one value, in which a backslash is a character.
SINGLE = frozenset({"LT", "ST", "UT", "UR"})
BULK = frozenset({"OB", "OD", "OF", "OL", "OV", "OW", "UN"})
TEXT = frozenset({"LO", "LT", "PN", "SH", "ST", "UC", "UT"})
UTF8 = ("ISO_IR 192",)
LONGEST_READ = 1 << 20  # bytes of one value; more is bulk data, for any VR
LONGEST_KEPT = 1 << 16  # bytes of a value that is kept after it was read


@dataclass(slots=True)
class Element:
    """A data element: where its value lies, or its items if it is a sequence.

    `vr` is the encoded one; the dictionary's in Implicit VR, and if a known attribute is encoded
    as UN: then `is_unknown` is true. `fragments` holds offset and length of each fragment of
    encapsulated pixel data, the Basic Offset Table first. `is_unread` is true if there is a value,
    but not in the file, or in a form that cannot be read.
    """

    tag: int
    vr: str
    offset: int
    length: int
    # The first four may be positional: that is faster, and a file can have millions of elements.
    _: KW_ONLY
    items: list[DataSet] | None = None
    fragments: list[tuple[int, int]] | None = None
    is_unknown: bool = False
    is_unread: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether it has no value: no bytes, or no items."""
        if self.items is not None:
            return not self.items
        return self.length == 0 and not self.fragments and not self.is_unread


@dataclass(slots=True, eq=False)
class Shape:
    """What items with equal headers have in common: the tags of each data set of an item.

    The first is the item itself; the others are in the order of the file.
    """

    tags: list[tuple[int, ...]]


@dataclass(slots=True)
class DataSet:
    """Elements by tag, in the order of the file.

    An item has a `parent`, the data set that contains its sequence; `parent_sequence` is the tag of
    that sequence, and `item_number` its number there, from 0. `cut_at` is the last tag that was
    read of an incomplete data set: its value, and what should follow, are unknown. `is_utf8` is
    true of an instance whose text is in UTF-8 whatever its Specific Character Set, as in JSON.

    Items of one `shape` share their elements, whose offsets count from `base`. `inside` has the
    data sets of an item that is alike as a whole, itself the first, in the order of the file.
    """

    buffer: Buffer
    is_little_endian: bool
    _: KW_ONLY
    parent: DataSet | None = None
    parent_sequence: int = 0
    item_number: int = 0
    elements: dict[int, Element] = field(default_factory=dict)
    cut_at: int | None = None
    is_utf8: bool = False
    base: int = 0
    shape: Shape | None = None
    inside: list[DataSet] | None = None
    _values: dict[int, tuple[object, ...]] | None = None
    _walk: Walk | None = None

    def __contains__(self, tag: int) -> bool:
        return tag in self.elements

    def __iter__(self) -> Iterator[Element]:
        return iter(self.elements.values())

    def get(self, tag: int) -> Element | None:
        """The element with a tag, if present."""
        return self.elements.get(tag)

    def items(self, tag: int) -> Sequence[DataSet]:
        """The items of a sequence; none if it is missing or not a sequence."""
        element = self.elements.get(tag)
        return (element.items or []) if element else []

    def raw(self, tag: int) -> bytes:
        """The bytes of a value, `LONGEST_READ` at most."""
        element = self.elements.get(tag)
        if element is None or element.items is not None:
            return b""
        length = element.length if element.length < LONGEST_READ else LONGEST_READ
        start = self.base + element.offset
        return self.buffer[start : start + length]

    def start(self, element: Element) -> int:
        """Where the value of an element begins in the buffer."""
        return self.base + element.offset

    def has_value(self, tag: int) -> bool:
        """Whether an element is present and not empty; padding alone is not a value."""
        element = self.elements.get(tag)
        if element is None or element.is_empty:
            return False
        if element.items is not None or element.fragments or element.vr in NUMBERS:
            return True
        if element.is_unread or element.vr in BULK or element.vr == "AT":
            return True
        return element.length > 64 or bool(self.raw(tag).strip(b" \0"))

    def values(self, tag: int) -> tuple[object, ...]:
        """The values of an element: numbers, also for `AT`, and everything else as unpadded text.

        Empty if there is no value, if it is a sequence or bulk data, if the data set is cut here,
        and if a binary value's length is not a multiple of its size. Bytes that are not text in
        their character set become U+FFFD.
        """
        element = self.elements.get(tag)
        if element is None:
            return ()
        kept = self._values
        if kept is None:
            kept = self._values = {}
        elif tag in kept:
            return kept[tag]
        values = () if tag == self.cut_at else self._read(element)
        if element.length <= LONGEST_KEPT:
            kept[tag] = values
        return values

    def count(self, tag: int) -> int:
        """How many values an element has, even if it is longer than `values` reads."""
        element = self.elements.get(tag)
        if element is None or element.length <= LONGEST_READ or element.items is not None:
            return len(self.values(tag))
        vr = element.vr
        if vr in BULK or element.fragments is not None or tag == self.cut_at:
            return 0
        if vr in NUMBERS or vr == "AT":
            return element.length // (4 if vr == "AT" else struct.calcsize(NUMBERS[vr]))
        return 1 if vr in SINGLE else 1 + self.separators(tag)

    def separators(self, tag: int) -> int:
        """How many backslashes the bytes of an element have, all of them."""
        element = self.elements[tag]
        start = self.start(element)
        end = start + element.length
        starts = range(start, end, LONGEST_READ)
        pieces = (self.buffer[at : min(at + LONGEST_READ, end)] for at in starts)
        return sum(piece.count(b"\\") for piece in pieces)

    def text(self, tag: int, index: int = 0) -> str:
        """One value as text; empty if missing."""
        values = self.values(tag)
        return str(values[index]) if index < len(values) else ""

    def number(self, tag: int, index: int = 0) -> float | None:
        """One value as a number; None if missing, or not a finite number."""
        values = self.values(tag)
        if index >= len(values):
            return None
        try:
            number = float(values[index])  # type: ignore[arg-type]
        except (ValueError, TypeError):
            return None
        return number if isfinite(number) else None

    @property
    def root(self) -> DataSet:
        """The data set of the instance."""
        ds = self
        while ds.parent is not None:
            ds = ds.parent
        return ds

    @property
    def place(self) -> tuple[tuple[int, int], ...]:
        """The sequences that lead here from the root, each with the number of the item."""
        if self.parent is None:
            return ()
        steps: list[tuple[int, int]] = []
        ds = self
        while ds.parent is not None:
            steps.append((ds.parent_sequence, ds.item_number))
            ds = ds.parent
        return tuple(reversed(steps))

    @property
    def walk(self) -> Walk:
        """This data set and all items in it, at any depth; made once, when all is read."""
        if self._walk is None:
            self._walk = _walk(self)
        return self._walk

    def everywhere(self, tag: int) -> Sequence[DataSet]:
        """The data sets that have an attribute, of this one and all items in it, in their order."""
        return self.walk.by_tag.get(tag, ())

    @property
    def character_sets(self) -> tuple[str, ...]:
        """Specific Character Set of this data set, or of the nearest enclosing one that has it."""
        if self.root.is_utf8:
            return UTF8
        ds: DataSet | None = self
        while ds is not None:
            if TAG.SpecificCharacterSet in ds.elements:
                return tuple(str(value) for value in ds.values(TAG.SpecificCharacterSet))
            ds = ds.parent
        return ()

    def _read(self, element: Element) -> tuple[object, ...]:
        vr = element.vr
        if element.items is not None or vr in BULK or element.fragments is not None:
            return ()
        raw = self.raw(element.tag)
        if vr in NUMBERS or vr == "AT":
            return numbers(raw, vr, "<" if self.is_little_endian else ">")
        # NUL pads a UID; in other text it is wrong, and not a part of the value either.
        text = self._decoded(raw.rstrip(b"\0"), vr)
        if not text or text.isspace():
            return ()
        if vr in SINGLE:
            return (text.rstrip(" "),)
        if "\\" not in text:
            return (text.strip(" "),)
        return tuple([value.strip(" ") for value in text.split("\\")])

    def _decoded(self, raw: bytes, vr: str) -> str:
        if vr in TEXT and not (raw.isascii() and b"\x1b" not in raw):
            from octome.dicom.character_set import decoded

            return decoded(raw, self.character_sets)
        return raw.decode("latin-1")


class Walk(NamedTuple):
    """A data set and all items in it, at any depth, in the order of the file."""

    data_sets: list[DataSet]
    by_tag: dict[int, list[DataSet]]
    """The data sets that have each attribute."""
    alike: dict[Shape, list[list[DataSet]]]
    """The items of each shape, each with the items in it."""


def _walk(root: DataSet) -> Walk:
    if not any(element.items for element in root):
        return Walk([root], {tag: [root] for tag in root.elements}, {})
    data_sets: list[DataSet] = []
    by_tag: defaultdict[int, list[DataSet]] = defaultdict(list)
    alike: defaultdict[Shape, list[list[DataSet]]] = defaultdict(list)
    waiting = [root]
    while waiting:
        ds = waiting.pop()
        if ds.inside is not None and ds.shape is not None:
            alike[ds.shape].append(ds.inside)
            data_sets += ds.inside
            for here, tags in zip(ds.inside, ds.shape.tags, strict=True):
                for tag in tags:
                    by_tag[tag].append(here)
            continue
        data_sets.append(ds)
        items: list[DataSet] = []
        if ds is root:
            by_tag.update({tag: [root] for tag in root.elements})
        else:
            for tag in ds.elements:
                by_tag[tag].append(ds)
        for element in ds.elements.values():
            if element.items:
                items += element.items
        waiting += reversed(items)
    return Walk(data_sets, dict(by_tag), dict(alike))


def numbers(raw: bytes, vr: str, order: str) -> tuple[object, ...]:
    """The numbers of a binary value; an attribute tag is one number."""
    if vr == "AT":
        halves = struct.unpack(f"{order}{len(raw) // 4 * 2}H", raw) if len(raw) % 4 == 0 else ()
        return tuple((halves[i] << 16) + halves[i + 1] for i in range(0, len(halves), 2))
    code = NUMBERS[vr]
    size = struct.calcsize(code)
    return struct.unpack(f"{order}{len(raw) // size}{code}", raw) if len(raw) % size == 0 else ()
