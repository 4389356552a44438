"""Rows of text in columns."""

from __future__ import annotations

from octome.terminal.columns import columns

ROWS = [("M", "Frog", "/modules/frog"), ("U", "", "/modules/pond")]


def test_cells_are_below_each_other() -> None:
    assert list(columns(ROWS, width=40)) == ["  M  Frog  /modules/frog", "  U        /modules/pond"]


def test_the_last_cell_has_its_own_line_if_the_row_is_too_wide() -> None:
    assert list(columns(ROWS, width=20)) == [
        "  M  Frog",
        "      /modules/frog",
        "  U",
        "      /modules/pond",
    ]


def test_without_rows_there_are_no_lines() -> None:
    assert list(columns([], width=40)) == []


def test_a_sentence_is_broken_between_words_below_its_column() -> None:
    rows = [("from", "a pond with many frogs in it"), ("note", "green")]
    assert list(columns(rows, width=28)) == [
        "  from  a pond with many",
        "        frogs in it",
        "  note  green",
    ]


def test_a_long_name_of_two_cells_has_its_path_below_it() -> None:
    rows = [("Frog", "/modules/frog"), ("A frog with a long name", "/modules/pond")]
    assert list(columns(rows, width=30)) == [
        "  Frog           /modules/frog",
        "  A frog with a long name",
        "      /modules/pond",
    ]
