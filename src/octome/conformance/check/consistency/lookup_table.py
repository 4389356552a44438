"""Lookup tables: what their descriptors state, and the tables themselves."""

from __future__ import annotations

from collections.abc import Iterator

from octome.conformance.check.consistency.disagreement import Disagreement
from octome.conformance.check.consistency.group_item import root_and_group_items
from octome.dicom.data_set import DataSet
from octome.dicom.part10 import Encoded
from octome.dicom.tag import TAG

# Sequences of lookup tables, how many bits an entry may have, and where that is stated.
TABLES = (
    (TAG.ModalityLUTSequence, "ModalityLUTSequence", (8, 16), "PS3.3 C.11.1.1"),
    (TAG.VOILUTSequence, "VOILUTSequence", tuple(range(8, 17)), "PS3.3 C.11.2.1.1"),
    (
        TAG.PresentationLUTSequence,
        "PresentationLUTSequence",
        tuple(range(8, 17)),
        "PS3.3 C.11.6.1.1",
    ),
)
PALETTES = (
    ("Red", TAG.RedPaletteColorLookupTableDescriptor),
    ("Green", TAG.GreenPaletteColorLookupTableDescriptor),
    ("Blue", TAG.BluePaletteColorLookupTableDescriptor),
)


def lookup_tables(encoded: Encoded) -> Iterator[Disagreement]:
    """A lookup table has the bits that it may have, and as many entries as it states."""
    for ds, path in _with_tables(encoded):
        for tag, keyword, bits, section in TABLES:
            for at, table in enumerate(ds.items(tag)):
                yield from _table(table, f"{path}{keyword}[{at}].", bits, section)


def _with_tables(encoded: Encoded) -> Iterator[tuple[DataSet, str]]:
    yield from root_and_group_items(encoded, TAG.FrameVOILUTSequence, "FrameVOILUTSequence")
    for at, item in enumerate(encoded.data_set.items(TAG.SoftcopyVOILUTSequence)):
        yield item, f"SoftcopyVOILUTSequence[{at}]."


def _table(
    table: DataSet, path: str, bits: tuple[int, ...], section: str
) -> Iterator[Disagreement]:
    entries, each = table.number(TAG.LUTDescriptor), table.number(TAG.LUTDescriptor, 2)
    data = table.get(TAG.LUTData)
    if entries is None or each is None:
        return
    if each not in bits:
        yield Disagreement(
            code="lookup-table",
            path=f"{path}LUTDescriptor",
            message=f"its entries have {each:g} bits, but here they have "
            f"{'8 or 16' if bits == (8, 16) else f'{bits[0]} to {bits[-1]}'}",
            fix="Correct the third value, or write the table with other entries",
            section=section,
        )
        return
    count = int(entries) % 65536 or 65536  # 65,536 entries do not fit the value: it is 0
    # An entry of 8 bits may have a byte, or a word as the VR has.
    if data is not None and data.length not in (
        2 * count,
        *((count, count + 1) if each == 8 else ()),
    ):
        yield Disagreement(
            code="lookup-table",
            path=f"{path}LUTData",
            message=f"it has {data.length:,} bytes, but its descriptor states {count:,} entries of "
            f"{each:g} bits",
            fix="Correct the descriptor, or write as many entries as it states",
            section=section,
        )


def palette_descriptors(encoded: Encoded) -> Iterator[Disagreement]:
    """The palettes of an image are alike, of entries of 8 or 16 bits (PS3.3 C.7.6.3.1.5)."""
    ds = encoded.data_set
    red = ds.values(TAG.RedPaletteColorLookupTableDescriptor)
    for colour, tag in PALETTES:
        found = ds.values(tag)
        wrong = ""
        if len(found) == len(red) == 3 and found != red:
            wrong = f"it is {_joined(found)}, but that of Red is {_joined(red)}"
        elif len(found) == 3 and found[2] not in (8, 16):
            wrong = f"its entries have {found[2]} bits, but they have 8 or 16"
        if wrong:
            yield Disagreement(
                code="lookup-table",
                path=f"{colour}PaletteColorLookupTableDescriptor",
                message=wrong,
                fix="Describe all palettes with the same three values, of 8 or 16 bits",
                section="PS3.3 C.7.6.3.1.5",
            )


def _joined(values: tuple[object, ...]) -> str:
    return "\\".join(map(str, values))
