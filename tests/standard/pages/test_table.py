"""Modules and macros, alone and within a CIOD."""

from __future__ import annotations

import sqlite3

import pytest

from octome.standard.library import Library
from octome.standard.model.page import Link
from octome.standard.model.table import TablePage
from octome.standard.pages.stored import StoredLine
from octome.standard.pages.table import order_of

EDITIONS = ("2026b", "2020b")


def test_modules_keep_the_standards_order(library: Library) -> None:
    # The source of the current edition has the order of tags, 2020b the Standard's own.
    compared = 0
    for child in library.children("/modules", "2020b"):
        new = [attribute.tag for attribute in library.children(child.path)]
        old = [attribute.tag for attribute in library.children(child.path, "2020b")]
        if "functional-groups" in child.path or len(set(old)) < len(old):
            continue
        assert [tag for tag in new if tag in old] == [tag for tag in old if tag in new], child.path
        compared += len(new) > 1
    assert compared > 280


def test_content_items_are_a_choice_by_value_type(library: Library) -> None:
    for edition in EDITIONS:
        page = library.at("/modules/sr-document-content", edition)
        assert isinstance(page, TablePage)
        chosen = {
            attribute.tag: attribute.value_types
            for attribute in page.attributes
            if attribute.value_types
        }
        assert chosen["0040a300"] == "NUM"
        assert chosen["0040a130"] == "TCOORD"
        assert "0040a040" not in chosen, "Value Type itself is always there"


def test_module_in_a_ciod_has_the_usage_there(library: Library) -> None:
    page = library.module("patient", ciod="ct-image")
    assert (page.usage, page.information_entity) == ("M", "Patient")
    assert page.ciod == Link("/ciods/ct-image", "CT Image")
    assert library.module("patient").usage is None


def test_official_page_is_that_of_the_edition(library: Library) -> None:
    current, older = (library.module("patient", edition).standard_url for edition in EDITIONS)
    assert current is not None
    assert "/dicom/2026b/" in current
    assert older == current.replace("/2026b/", "/2020b/")


def line(text: int | None, place: str | None = None) -> StoredLine:
    return StoredLine("00100010", "2", text, place, None, None, "PatientName", "Name", "PN", "1")


@pytest.mark.parametrize(
    ("lines", "is_known", "order"),
    [
        ([line(None)], True, "standard"),
        ([line(1), line(2)], False, "standard"),
        ([line(1), line(None)], False, "partly"),
        # A text from another place has no order to give.
        ([line(1, "/modules/frog/00100010"), line(None)], False, "tag"),
    ],
)
def test_order_is_known_for_lines_with_text_from_the_same_place(
    lines: list[StoredLine], is_known: bool, order: str
) -> None:
    assert order_of(lines, is_known=is_known) == order


def test_every_module_has_an_official_address(
    library: Library, database: sqlite3.Connection
) -> None:
    without = "SELECT count(*) FROM attribute_table WHERE edition = '2026b' AND url IS NULL"
    assert database.execute(without).fetchone() == (0,)
    new = library.module("montage-activation").standard_url or ""
    assert new.endswith("/2026b/output/chtml/part03/sect_C.39.5.html#sect_C.39.5")
