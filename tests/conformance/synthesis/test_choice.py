"""Tables of choices: each row names something in an edition, and the section of its reason."""

from __future__ import annotations

import re

import pytest

from octome.conformance.synthesis import choice
from octome.standard.library import Library

ATTRIBUTES = (
    choice.ADDED,
    choice.LEFT_OUT,
    choice.ADDED_WITH_OPTIONAL,
    choice.FILLED,
    choice.ITEMS,
    choice.PER_FRAME,
    choice.ADDED_GROUPS,
)
WITH_REASON = (*ATTRIBUTES[:4], *ATTRIBUTES[5:], choice.ADDED_MODULES, choice.LEFT_OUT_MODULES)


@pytest.fixture(scope="module")
def ciods(library: Library) -> set[str]:
    return {ciod.id for edition in library.editions for ciod in library.ciods(edition)}


def test_each_row_names_attributes_of_the_dictionary(library: Library) -> None:
    known = {term.keyword for edition in library.editions for term in library.dictionary(edition)}
    rows = [row.rpartition(":")[2] for table in ATTRIBUTES for row in table]
    words = {word for row in rows for word in row.split(".") if word}
    assert words - known == set()


def test_each_row_of_one_ciod_names_a_ciod(ciods: set[str]) -> None:
    rows = [row for table in (*ATTRIBUTES, choice.ADDED_MODULES) for row in table if ":" in row]
    assert {row.partition(":")[0] for row in rows} - ciods == set()
    assert {*choice.BORROWED_GROUPS, *choice.BORROWED_GROUPS.values()} <= ciods


def test_each_added_module_is_one_of_its_ciod(library: Library) -> None:
    known = {
        f"{ciod.id}:{module.name}"
        for edition in library.editions
        for ciod in library.ciods(edition)
        for module in library.ciod(ciod.id, edition).modules
    }
    assert choice.ADDED_MODULES.keys() - known == set()


def test_each_row_cites_the_section_of_its_reason() -> None:
    for table in WITH_REASON:
        for row, reason in table.items():
            assert re.match(r"PS3\.\d+ [A-Z0-9][\w.]*", str(reason)), row


def test_nothing_is_both_added_and_left_out() -> None:
    assert choice.ADDED.keys() & choice.LEFT_OUT.keys() == set()
    assert choice.ADDED_MODULES.keys() & choice.LEFT_OUT_MODULES.keys() == set()
