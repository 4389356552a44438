"""Paths of an invented edition, and rows in a store."""

from __future__ import annotations

import sqlite3

import pytest
from invented_source import PAGE, whole_edition

from octome.standard.compile.rows import insert, pages_of, tables_of


def test_every_table_has_the_path_of_its_page() -> None:
    assert [path for path, _ in tables_of(whole_edition("2020b"))] == [
        "/modules/frog",
        "/modules/pond",
        "/modules/multi-frame-functional-groups",
        "/macros/frog-size",
    ]


def test_pages_have_their_official_address_where_the_source_has_it() -> None:
    pages = dict(pages_of(whole_edition("2020b")))
    assert pages["/ciods/frog-image"] == f"{PAGE}#sect_Z.9"
    assert pages["/modules/frog"] == f"{PAGE}#table_Z.1-1"
    assert pages["/modules/pond"] is None


def test_row_without_every_column_is_refused() -> None:
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE frog (name TEXT, legs INTEGER)")
    insert(db, "frog", [("Ann", 4)])
    with pytest.raises(sqlite3.ProgrammingError):
        insert(db, "frog", [("Ben",)])
    assert db.execute("SELECT * FROM frog").fetchall() == [("Ann", 4)]
    db.close()
