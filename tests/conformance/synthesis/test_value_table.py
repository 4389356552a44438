"""Tables of values."""

from __future__ import annotations

from slots import SlotAt

from octome.conformance.synthesis.value_table import (
    BYTES,
    COLOURS,
    DEFAULTS,
    EYES,
    FIXED,
    RAMP,
    default_value,
    fixed_value,
)
from octome.standard.library import Library


def test_each_row_names_an_attribute_of_the_dictionary(library: Library) -> None:
    known = {term.keyword for edition in library.editions for term in library.dictionary(edition)}
    rows = [row.rpartition(":")[2] for row in (*FIXED, *DEFAULTS)]
    assert {word for row in rows for word in row.split(".") if word} - known == set()


def test_each_row_of_one_ciod_names_a_ciod(library: Library) -> None:
    ciods = {ciod.id for edition in library.editions for ciod in library.ciods(edition)}
    rows = {row.partition(":")[0] for row in (*FIXED, *DEFAULTS) if ":" in row}
    assert {*rows, *BYTES, *COLOURS, *EYES} - ciods == set()


def test_a_fixed_value_is_not_a_default() -> None:
    assert FIXED.keys() & DEFAULTS.keys() == set()


def test_a_row_of_one_ciod_goes_first(slot_at: SlotAt) -> None:
    assert default_value(slot_at("ct-image", "BitsAllocated")) == 16
    assert default_value(slot_at("vl-photographic-image", "BitsAllocated")) == 8


def test_a_row_may_be_a_function_of_the_slot(slot_at: SlotAt) -> None:
    assert fixed_value(slot_at("ct-image", "SOPClassUID", sop_class="1.2.3")) == "1.2.3"
    assert fixed_value(slot_at("ct-image", "PatientID")) == "MADE-0"


def test_an_attribute_without_a_row_has_no_value(slot_at: SlotAt) -> None:
    slot = slot_at("ct-image", "StationName")
    assert (fixed_value(slot), default_value(slot)) == (None, None)


def test_a_palette_rises_over_all_its_levels() -> None:
    assert [int.from_bytes(RAMP[at : at + 2], "little") for at in (0, 2, 510)] == [0, 256, 65280]
