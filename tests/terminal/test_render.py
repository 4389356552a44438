"""Pages as lines: every kind of page, in columns that fit."""

from __future__ import annotations

import pytest

from octome.standard.library import Library
from octome.terminal.columns import columns
from octome.terminal.render import Renderer

PAGES = [
    "/ciods",
    "/ciods/enhanced-ct-image",
    "/modules",
    "/modules/sr-document-content",
    "/attributes",
    "/attributes/00280030",
    "/modules/patient/00100010",
    "/sections",
    "/codes",
    "/parts/8",
    "/sections/C.7.6.16.2.2.4",
    "/uids",
    "/uids/1.2.840.10008.1.2",
    "/context-groups",
    "/context-groups/4271",
    "/search",
    "/editions",
    "/editions/2020b..2026b/modules/patient",
]


def test_cells_are_in_columns() -> None:
    assert list(columns([("a", "bb", "c"), ("aaa", "b", "cc")], 80)) == [
        "  a    bb  c",
        "  aaa  b   cc",
    ]


def test_the_last_cell_has_its_own_line_if_columns_are_too_wide() -> None:
    lines = list(columns([("a", "b" * 30, "/a/long/path"), ("aa", "", "/b")], 40))
    assert lines == ["  a   " + "b" * 30, "      /a/long/path", "  aa", "      /b"]


@pytest.mark.parametrize("path", PAGES)
def test_every_kind_of_page_begins_with_its_title_and_address(library: Library, path: str) -> None:
    page = library.at(path)
    lines = Renderer(80).page(page).splitlines()
    assert lines[0] == page.title
    assert lines[1] == f"{page.path} · edition {page.edition}"
    assert len(lines) > 2


def test_an_attribute_has_its_type_in_words_and_the_text_of_its_sections(library: Library) -> None:
    text = Renderer(80).page(library.at("/ciods/ct-image/image-plane/00280030"))
    assert "Required (1)" in text
    assert "Pixel Spacing" in text
    assert "[text of 2020b]" in text


def test_what_changed_in_a_module_has_its_command(library: Library) -> None:
    shown = Renderer().page(library.module("patient")).splitlines()
    assert "octome diff 2020b 2026b modules/patient" in shown
    assert "octome diff" not in Renderer().page(library.ciod("inventory"))
