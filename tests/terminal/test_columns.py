"""Rows of text in columns."""

from __future__ import annotations

from octome.terminal.columns import columns

ROWS = [("M", "Frog", "/modules/frog"), ("U", "", "/modules/pond")]


def test_cells_are_below_each_other() -> None:
    assert list(columns(ROWS, width=40)) == ["  M  Frog  /modules/frog", "  U        /modules/pond"]


def test_last_cell_has_a_line_of_its_own_where_the_row_is_too_wide() -> None:
    assert list(columns(ROWS, width=20)) == [
        "  M  Frog",
        "      /modules/frog",
        "  U",
        "      /modules/pond",
    ]


def test_no_rows_are_no_lines() -> None:
    assert list(columns([], width=40)) == []
