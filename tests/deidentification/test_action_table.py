"""The letters of the table under options, and for what it does not list."""

from __future__ import annotations

import pytest

from octome.deidentification.action_table import ActionTable, Decision, Need, decision, later_rows
from octome.deidentification.options import Cleaned, Options, Retained
from octome.standard.library import Library


def table(library: Library, *retain: Retained, clean: tuple[Cleaned, ...] = ()) -> ActionTable:
    return ActionTable(library, "2026b", Options(retain=frozenset(retain), clean=frozenset(clean)))


def test_option_overrides_the_profile(library: Library) -> None:
    assert table(library).letters(0x0020000D, "UI") == "U"
    assert table(library, "uids").letters(0x0020000D, "UI") == "K"
    assert table(library, clean=("descriptors",)).letters(0x0008103E, "LO") == "C"


def test_row_of_a_mask_is_that_of_each_group(library: Library) -> None:
    assert table(library).letters(0x60023000, "OW") == "X"
    assert table(library).letters(0x60021500, "LO") == "K"


@pytest.mark.parametrize(
    ("tag", "vr", "letters"),
    [
        (0x00189074, "DT", "X/Z/D"),  # listed later: the VR is that of a date
        (0x00080070, "LO", "K"),  # Manufacturer was there, and harmless
        (0x00221627, "SQ", "X/U*"),  # newer than the table
        (0x00082227, "LO", "X/Z/D"),
        (0x00221629, "CS", "K"),
        (0x00420011, "OB", "D"),  # of `later_rows.tsv`
    ],
)
def test_what_is_not_listed_is_judged_by_its_representation(
    library: Library, tag: int, vr: str, letters: str
) -> None:
    assert table(library).letters(tag, vr) == letters


def test_later_rows_are_in_no_packaged_table(library: Library) -> None:
    listed = {row.tag for row in library.confidentiality_index().rows}
    assert len(later_rows()) == 63
    assert not {f"{tag:08x}" for tag, _ in later_rows()} & listed


@pytest.mark.parametrize(
    ("letters", "need", "expected"),
    [
        ("X", "3", "remove"),
        ("X", "2", "empty"),
        ("X", "1", "replace"),
        ("Z", "1", "replace"),
        ("X/Z", "unknown", "empty"),
        ("X/D", "unknown", "replace"),
        ("X/Z/U*", "3", "remove"),
        ("X/Z/U*", "2", "uid"),
        ("Z/D", "2", "empty"),
    ],
)
def test_letters_with_a_type_make_one_decision(
    letters: str, need: Need, expected: Decision
) -> None:
    assert decision(letters, need) == expected
