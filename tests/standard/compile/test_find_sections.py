"""What of a section a search finds."""

from __future__ import annotations

import sqlite3

import pytest

from octome.standard.compile.find_sections import sections

BLOCKS = [
    (0, "paragraph", "All about frogs."),
    (0, "figure", ""),
    (1, "table", ""),
    (2, "heading cell", "Tag"),
    (2, "cell", "Legs"),
    (0, "paragraph", "And their ponds."),
]


@pytest.fixture
def db() -> sqlite3.Connection:
    db = sqlite3.connect(":memory:")
    db.executescript(
        "CREATE TABLE edition (id, position); INSERT INTO edition VALUES ('2020b', 0);"
        "CREATE TABLE section (number, edition, position, title, text);"
        "INSERT INTO section VALUES ('C.1', '2020b', 0, 'Frogs', 7);"
        "CREATE TABLE block (text, position, depth, kind, words)"
    )
    rows = [(7, position, *block) for position, block in enumerate(BLOCKS)]
    db.executemany("INSERT INTO block VALUES (?, ?, ?, ?, ?)", rows)
    return db


def test_table_of_attributes_is_not_searched(db: sqlite3.Connection) -> None:
    (doc,) = sections(db, {7: "everything"})
    assert doc.body.split() == ["All", "about", "frogs.", "And", "their", "ponds."]


def test_other_table_is_searched(db: sqlite3.Connection) -> None:
    db.execute("UPDATE block SET words = 'Colour' WHERE words = 'Tag'")
    (doc,) = sections(db, {7: "everything"})
    assert doc.body == "everything"
