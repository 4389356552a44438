"""The lists, parts and VRs that a search finds."""

from __future__ import annotations

from octome.standard.compile.find_lists import lists, parts, value_representations
from octome.standard.part_list import PARTS
from octome.standard.route import LISTS


def test_every_list_with_a_page_is_found_but_one_more() -> None:
    # The confidentiality profiles are no list of a kind.
    assert {doc.path.strip("/") for doc in lists()} == LISTS | {"confidentiality"}


def test_every_part_and_vr_is_found() -> None:
    assert [doc.path for doc in parts()] == [f"/parts/{number}" for number in PARTS]
    assert "name:vrsh" in {key for doc in value_representations() for key in doc.keys}
