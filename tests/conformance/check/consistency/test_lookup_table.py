"""Lookup tables and their descriptors."""

from __future__ import annotations

import pytest
from small_instance import dataset, found_by

from octome.conformance.check.consistency.lookup_table import lookup_tables, palette_descriptors


@pytest.mark.parametrize(
    ("descriptor", "data", "wrong"),
    [
        ([4, 0, 16], [1, 2, 3, 4], ""),
        ([4, 0, 8], [0x0201, 0x0403], ""),  # two entries in a word
        ([4, 0, 8], [1, 2, 3, 4], ""),  # an entry in a word
        ([4, 0, 16], [1, 2, 3], "LUTData"),
        ([4, 0, 32], [1, 2, 3, 4], "LUTDescriptor"),
    ],
)
def test_a_lookup_table_is_as_described(descriptor: list[int], data: list[int], wrong: str) -> None:
    table = dataset(LUTDescriptor=descriptor)
    table.add_new("LUTData", "US", data)
    ds = dataset(VOILUTSequence=[table])
    expected = [f"violation lookup-table VOILUTSequence[0].{wrong}"] if wrong else []
    assert found_by(lookup_tables, ds) == expected


def test_a_modality_lut_has_entries_of_8_or_16_bits() -> None:
    ds = dataset(ModalityLUTSequence=[dataset(LUTDescriptor=[2, 0, 12])])
    assert found_by(lookup_tables, ds) == [
        "violation lookup-table ModalityLUTSequence[0].LUTDescriptor"
    ]


@pytest.mark.parametrize(
    ("green", "is_wrong"), [([256, 0, 16], False), ([255, 0, 16], True), ([256, 1, 16], True)]
)
def test_palettes_are_alike(green: list[int], *, is_wrong: bool) -> None:
    ds = dataset(
        RedPaletteColorLookupTableDescriptor=[256, 0, 16],
        GreenPaletteColorLookupTableDescriptor=green,
    )
    path = "GreenPaletteColorLookupTableDescriptor"
    assert found_by(palette_descriptors, ds) == [f"violation lookup-table {path}"] * is_wrong


def test_palettes_have_entries_of_8_or_16_bits() -> None:
    ds = dataset(RedPaletteColorLookupTableDescriptor=[256, 0, 12])
    assert found_by(palette_descriptors, ds) == [
        "violation lookup-table RedPaletteColorLookupTableDescriptor"
    ]
