"""Addresses: what they mean, and what of them is refused."""

from __future__ import annotations

import pytest

from octome.errors import UnknownOption, UnknownPath
from octome.standard.library import Library
from octome.web.address import page_for, split_address


def test_an_address_has_a_path_a_query_and_an_anchor_to_leave_out() -> None:
    assert split_address("/search?q=a%26b&order=kind#top") == (
        "/search",
        {"q": "a&b", "order": "kind"},
    )


def test_a_query_chooses_edition_order_and_group(library: Library) -> None:
    chosen = {"edition": "2020b", "order": "name", "other": "x"}
    assert page_for(library, "/ciods", chosen) == library.ciod_index("2020b", "name")
    assert page_for(library, "/attributes", {"group": "0022"}).group == "0022"  # type: ignore[attr-defined]


def test_an_order_is_kept_where_it_means_nothing(library: Library) -> None:
    # Every link of a page keeps it.
    page = page_for(library, "/modules/patient", {"order": "kind", "group": "9999"})
    assert page.path == "/modules/patient"


@pytest.mark.parametrize("query", [{"order": "frog"}, {"order": "Name"}])
def test_an_unknown_order_is_refused_with_the_known_ones(
    library: Library, query: dict[str, str]
) -> None:
    with pytest.raises(UnknownOption, match="there is standard, name, kind") as caught:
        page_for(library, "/ciods", query)
    assert caught.value.details["known"] == ["standard", "name", "kind"]


def test_an_unknown_kind_of_result_is_refused_with_the_known_ones(library: Library) -> None:
    with pytest.raises(UnknownOption, match="the kinds are CIOD, module") as caught:
        page_for(library, "/search", {"q": "frog", "kind": "pond"})
    assert "attribute" in caught.value.details["known"]


def test_an_unknown_path_comes_before_its_group(library: Library) -> None:
    with pytest.raises(UnknownPath):
        page_for(library, "/nope", {"group": "frog"})
