"""Tables as grids, in every shape that the Standard's tables have."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from lxml import etree
from made_part import chapter, made_part, section
from made_tables import ATTRIBUTES, table
from real_parts import real_part

from octome.standard.sources.docbook.grid import Cell, Grid, grid, grid_in, own_cells
from octome.standard.sources.docbook.part import parse_part
from octome.standard.sources.docbook.tag import tag


def made(rows: str, attributes: str = 'label="C.1-1" xml:id="table_C.1-1"') -> Grid:
    xml = f'<table xmlns="http://docbook.org/ns/docbook" {attributes}>{rows}</table>'
    return grid(etree.fromstring(xml))


def words(rows: tuple[tuple[Cell, ...], ...]) -> list[list[str]]:
    return [[cell.words for cell in row] for row in rows]


def test_a_table_has_a_caption_a_head_and_a_body() -> None:
    table = made(
        "<caption>Frogs</caption><thead><tr><th><para>Name</para></th></tr></thead>"
        "<tbody><tr><td><para>Newt\u200bTail</para><para>two</para></td></tr></tbody>"
    )
    assert (table.caption, table.label, table.anchor) == ("Frogs", "C.1-1", "table_C.1-1")
    assert (words(table.head), words(table.body)) == ([["Name"]], [["NewtTail two"]])


def test_a_cell_stands_in_all_places_that_it_spans() -> None:
    table = made(
        '<tr><td rowspan="2" colspan="2">a</td><td>b</td></tr><tr><td>c</td></tr>'
        '<tr><td>d</td><td rowspan="9">e</td><td>f</td></tr>'
    )
    assert words(table.body) == [["a", "a", "b"], ["a", "a", "c"], ["d", "e", "f"]]
    assert table.body[0][0] is table.body[1][1]
    assert [cell.words for cell in own_cells(table.body[0])] == ["a", "b"]


def test_rows_of_th_at_the_top_of_the_body_are_the_head_where_there_is_none() -> None:
    table = made("<tbody><tr><th>A</th></tr><tr><td>b</td></tr><tr><th>c</th></tr></tbody>")
    assert (words(table.head), words(table.body)) == ([["A"]], [["b"], ["c"]])
    element = table.body[1][0].element
    assert element is not None
    assert element.tag.endswith("}th")


def test_columns_are_named_by_all_lines_of_the_head() -> None:
    table = made(
        '<thead><tr><th rowspan="2">Tag</th><th colspan="2">Use</th></tr>'
        "<tr><th>SCU</th><th>SCP</th></tr></thead>"
    )
    assert table.columns() == ("Tag", "Use SCU", "Use SCP")


def test_a_row_in_a_row_and_a_table_in_a_cell() -> None:
    inner = "<table><tr><td>x</td></tr></table>"
    table = made(f"<tbody><tr><td>a{inner}</td><tr><td>b</td></tr></tr></tbody>")
    assert words(table.body) == [["a x"], ["b"]]


@pytest.mark.parametrize("span", ["0", "-1", "x", "", "99999999999999", "\u0662"])
def test_a_span_that_is_not_a_number_of_columns_is_harmless(span: str) -> None:
    table = made(f'<tr><td colspan="{span}" rowspan="{span}">a</td></tr><tr><td>b</td></tr>')
    assert table.body[0][0].words == "a"
    assert len(table.body[0]) <= 100


def test_a_place_that_nothing_covers_is_an_empty_cell() -> None:
    table = made('<tr><td>a</td><td rowspan="2">b</td></tr><tr/>')
    assert words(table.body) == [["a", "b"], ["", "b"]]


def test_a_table_without_anything() -> None:
    table = made("", "")
    assert (table.caption, table.anchor, table.head, table.body) == ("", "", (), ())
    assert table.columns() == ()


@pytest.mark.shared
@real_part
def test_no_row_of_a_real_part_is_lost(file: Path) -> None:
    root = ElementTree.parse(file).getroot()
    rows = sum(1 for _ in root.iter(tag("tr")))
    cells = sum(1 for name in ("td", "th") for _ in root.iter(tag(name)))
    grids = [
        grid(table)
        for name in ("table", "informaltable")
        for table in parse_part(file).root.iter(tag(name))
    ]
    assert sum(len(each.head) + len(each.body) for each in grids) == rows
    found = {cell for each in grids for row in (*each.head, *each.body) for cell in row}
    assert sum(cell.element is not None for cell in found) == cells


def test_a_table_of_a_part_is_read_once(tmp_path: Path) -> None:
    part = made_part(tmp_path, chapter(section("C.1", table("C.1-1", "Frogs", ATTRIBUTES, []))))
    element = next(part.root.iter(tag("table")))
    assert grid_in(part, element) is grid_in(part, element)
