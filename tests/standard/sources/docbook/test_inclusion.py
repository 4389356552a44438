"""Macros by everything that a row can refer to them with."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_part import chapter, made_part, section
from made_tables import ATTRIBUTES, cells, table

from octome.standard.sources.docbook.grid import Cell, grid
from octome.standard.sources.docbook.inclusion import Macros
from octome.standard.sources.docbook.tag import tag

LEAF = table("10-1", "Leaf Macro Attributes", ATTRIBUTES, [cells("Leaf", "(0010,0020)", "1", "")])


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ('<xref linkend="table_10-1"/>', "Include"),
        ('<link linkend="table_10-1">leaf</link>', "Include leaf"),
        ('<olink targetdoc="PS3.3" targetptr="table_10-1"/>', "Include"),
        ('<xref linkend="sect_10.1"/>', "Include"),
        ("", "Include Table 10-1"),
    ],
)
def test_macro_is_found_by_its_table_its_section_or_its_number(
    tmp_path: Path, link: str, words: str
) -> None:
    part = made_part(tmp_path, chapter(section("10.1", f"{LEAF}<para>{link}</para>"), "10"))
    each = grid(next(part.root.iter(tag("table"))))
    cell = Cell(list(part.root.iter(tag("para")))[-1])
    assert Macros(part, [(each, "leaf")]).included(cell, words) == "leaf"
    assert part.problems == []


def test_macro_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    part = made_part(tmp_path, chapter(section("10.1", LEAF), "10"))
    assert Macros(part, []).included(Cell(None), "Include Table 10-9") is None
    assert [problem.words for problem in part.problems] == [
        "includes a macro that is not there: Include Table 10-9 table_10-9"
    ]
