"""Values in capitals within longer queries."""

from __future__ import annotations

import pytest

from octome.standard.library import Library
from octome.standard.search.shouted import shouted_values


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("tile layout TILED_FULL", "Dimension Organization Type"),
        ("DERIVED\\PRIMARY", "Image Type"),
    ],
)
def test_value_leads_to_its_attribute(library: Library, query: str, name: str) -> None:
    assert name in [hit.title for hit in library.search(query).hits[:3]]


def test_vr_among_other_words_is_meant(library: Library) -> None:
    assert "/attributes/TM" in [
        hit.path for hit in library.search("TM fractional seconds").hits[:3]
    ]
    assert "/attributes/US" not in [hit.path for hit in library.search("US image").hits[:3]]


def test_other_words_choose_among_attributes_with_the_value(library: Library) -> None:
    reader = library._stores.reader(library.edition())
    first = shouted_values(reader, "COMPLETED step status")[0].title
    assert first == "Performed Procedure Step Status"


@pytest.mark.parametrize("query", ["ORIGINAL PRIMARY", "PALETTE COLOR value", "DERIVED SECONDARY"])
def test_values_of_several_words(library: Library, query: str) -> None:
    name = "Photometric Interpretation" if "COLOR" in query else "Image Type"
    assert name in [hit.title for hit in library.search(query).hits[:3]]


def test_words_in_capitals_that_are_no_values_find_none(library: Library) -> None:
    reader = library._stores.reader(library.edition())
    assert shouted_values(reader, "PIXEL SPACING") == []
