"""Modules and macros in the terminal."""

from __future__ import annotations

from octome.standard.library import Library
from octome.terminal.sheet import Sheet
from octome.terminal.table import table_index_lines, table_lines


def test_every_macro_is_on_a_line(library: Library) -> None:
    page = library.macro_index()
    lines = table_index_lines(Sheet(300), page)
    assert lines[0] == f"{page.note} Edition 2020b lists them."
    assert [line.split()[-1] for line in lines[1:]] == [table.path for table in page.tables]


def test_usage_is_shown_in_a_ciod_and_users_elsewhere(library: Library) -> None:
    alone = table_lines(Sheet(200), library.module("image-plane"))
    in_ct = table_lines(Sheet(200), library.module("image-plane", ciod="ct-image"))
    assert "Used by" in alone
    assert "Used by" not in in_ct
    assert "Usage   Mandatory (M)" in in_ct
