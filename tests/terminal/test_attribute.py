"""Attributes in the terminal."""

from __future__ import annotations

from octome.standard.library import Library
from octome.terminal.attribute import attribute_index_lines, attribute_lines, entry_lines
from octome.terminal.sheet import Sheet


def test_attribute_in_its_place_has_its_type_in_words(library: Library) -> None:
    page = library.attribute_at("/ciods/ct-image/image-plane/PixelSpacing")
    assert "Type                  Required (1)" in attribute_lines(Sheet(), page)


def test_attribute_in_the_dictionary_counts_its_users(library: Library) -> None:
    page = library.attribute("PixelSpacing")
    used = f"Used by {len(page.used_by)} modules and macros, in {page.ciods} CIODs"
    lines = entry_lines(Sheet(), page)
    assert used in lines
    assert f"Dictionary            {page.dictionary}" in lines


def test_index_shows_one_group_and_offers_the_others(library: Library) -> None:
    lines = attribute_index_lines(Sheet(), library.attribute_index(group="0010"))
    assert lines[1] == "Group 0010"
    assert "0028(" in "".join(lines[lines.index("Groups (choose one with --group)") :])
