"""Abbreviations and what they stand for."""

from __future__ import annotations

import pytest

from octome.standard.library import Library
from octome.standard.search.written_out import respelt


@pytest.mark.parametrize(
    ("query", "path"),
    [
        ("dose volume histogram", "/attributes/30040050"),
        ("fov shape", "/attributes/00181147"),
        ("size-specific dose estimate method", "/context-groups/10023"),
    ],
)
def test_abbreviation_and_its_words_lead_to_the_same(
    library: Library, query: str, path: str
) -> None:
    assert path in [hit.path for hit in library.search(query).hits[:3]]


def test_other_words_are_kept() -> None:
    assert respelt(["frog", "pond"]) == []


def test_abbreviation_with_a_symbol_is_one_word(library: Library) -> None:
    hits = library.search("H&E").hits
    assert hits[0].title == "Specimen Stain"
    assert library.search("S/N").hits[0].title == "Device Serial Number"


def test_name_that_is_also_an_abbreviation_comes_first(library: Library) -> None:
    assert library.search("AE").hits[0].path == "/attributes/AE"
