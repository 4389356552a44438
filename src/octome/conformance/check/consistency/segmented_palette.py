"""Segmented palettes: segments that together make as many entries as the palette has."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from octome.conformance.check.consistency.disagreement import Disagreement
from octome.dicom.data_set import DataSet, Element
from octome.dicom.part10 import Encoded
from octome.dicom.tag import TAG

SECTION = "PS3.3 C.7.9.2"
DISCRETE, LINEAR, INDIRECT = range(3)  # the kinds of segments, by their first word
PALETTES = (
    (
        "Red",
        TAG.RedPaletteColorLookupTableDescriptor,
        TAG.SegmentedRedPaletteColorLookupTableData,
    ),
    (
        "Green",
        TAG.GreenPaletteColorLookupTableDescriptor,
        TAG.SegmentedGreenPaletteColorLookupTableData,
    ),
    (
        "Blue",
        TAG.BluePaletteColorLookupTableDescriptor,
        TAG.SegmentedBluePaletteColorLookupTableData,
    ),
)


def segmented_palettes(encoded: Encoded) -> Iterator[Disagreement]:
    """The segments of a palette make as many entries as its descriptor states (PS3.3 C.7.9.2)."""
    ds = encoded.data_set
    for colour, of_descriptor, of_data in PALETTES:
        stated, data = ds.number(of_descriptor), ds.get(of_data)
        if stated is None or data is None or not data.length or ds.cut_at is not None:
            continue
        needed = int(stated) % 65536 or 65536
        found = _entries(*_words(ds, data, ds.number(of_descriptor, 2) or 16))
        if found == needed:
            continue
        yield Disagreement(
            code="palette-length",
            path=f"Segmented{colour}PaletteColorLookupTableData",
            message=found
            if isinstance(found, str)
            else f"its segments make {found:,} entries, but its descriptor states {needed:,}",
            fix="Correct the descriptor, or write segments for as many entries as it states",
            section=SECTION,
        )


def _words(ds: DataSet, data: Element, bits: float) -> tuple[list[int], int]:
    """The numbers of the segments, and the bytes of each: one where an entry has 8 bits."""
    raw = bytes(ds.raw(data.tag))
    if bits == 8 and not _entries_are_words(raw):
        return list(raw), 1
    order = "<" if ds.is_little_endian else ">"
    return list(struct.unpack(f"{order}{len(raw) // 2}H", raw[: len(raw) // 2 * 2])), 2


def _entries_are_words(raw: bytes) -> bool:
    """Whether entries of 8 bits are in words, as the value representation OW has them."""
    return len(raw) > 3 and not raw[1]  # no segment has the length 0


def _entries(words: list[int], width: int) -> int | str:
    """How many entries segments make; what is wrong with them if that cannot be said."""
    made, lengths, at = 0, dict[int, int](), 0
    while at < len(words):
        kind, begin = words[at], at
        length = words[at + 1] if at + 1 < len(words) else 0
        if kind == DISCRETE and length:
            own, at = length, at + 2 + length
        elif kind == LINEAR and length and made:
            own, at = length, at + 3
        elif kind == INDIRECT and length:
            wide = 2 // width  # the offset has 32 bits, in two words or in four bytes
            offset = _offset(words[at + 2 : at + 2 + 2 * wide], width)
            own, at = _copied(offset, length, lengths), at + 2 + 2 * wide
        elif kind == DISCRETE and not any(words[at:]):
            break  # padding
        else:
            return f"the segment at word {at} has the type {kind} and the length {length}"
        if not own:
            return f"the segment at word {begin} copies segments that are not there"
        lengths[begin] = 0 if kind == INDIRECT else own
        made += own
    return made if at <= len(words) else "its last segment stops too early"


def _offset(numbers: list[int], width: int) -> int:
    """The index of the number that an offset in bytes points to, its lowest part first."""
    return sum(number << 8 * width * place for place, number in enumerate(numbers)) // width


def _copied(first: int, count: int, lengths: dict[int, int]) -> int:
    """How many entries some earlier segments make; 0 where none begins there.

    An indirect segment is not copied.
    """
    begins = sorted(lengths)
    if first not in lengths:
        return 0
    chosen = begins[begins.index(first) :][:count]
    if len(chosen) < count or not all(lengths[begin] for begin in chosen):
        return 0
    return sum(lengths[begin] for begin in chosen)
