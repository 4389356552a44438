"""What a search finds among the frogs of several invented editions."""

from __future__ import annotations

import sqlite3


def test_thing_of_several_editions_is_found_once_with_those_that_have_it(
    frogs: sqlite3.Connection,
) -> None:
    found = frogs.execute(
        "SELECT path, edition FROM doc WHERE kind = 'CIOD' ORDER BY id"
    ).fetchall()
    assert found == [("/ciods/frog-image", " 2018a 2020b "), ("/ciods/frog", " 2015b ")]
    found = frogs.execute("SELECT edition FROM doc WHERE path = '/modules/frog'").fetchall()
    assert found == [("",)]


def test_section_is_found_by_its_newest_text(frogs: sqlite3.Connection) -> None:
    assert found_by(frogs, "text_index", "2020b section") == []
    (section,) = frogs.execute("SELECT id FROM doc WHERE kind = 'section'").fetchall()
    assert (
        section
        in frogs.execute(
            "SELECT rowid FROM text_index WHERE text_index MATCH '\"2020b\"'"
        ).fetchall()
    )
    assert (
        section
        not in frogs.execute(
            "SELECT rowid FROM text_index WHERE text_index MATCH '\"2015b\"'"
        ).fetchall()
    )


def test_attribute_is_found_by_keyword_tag_and_text(frogs: sqlite3.Connection) -> None:
    assert found_by(frogs, "name_index", "NumberOfLegs") == ["/attributes/00990002"]
    assert "/attributes/00990002" in found_by(frogs, "text_index", "how legs")
    found = frogs.execute(
        "SELECT key FROM doc_key k JOIN doc d ON d.id = k.doc WHERE d.path = ?",
        ["/attributes/00990002"],
    )
    assert {"tag:00990002", "name:numberoflegs"} <= {key for (key,) in found}


def test_apostrophe_may_be_left_out(frogs: sqlite3.Connection) -> None:
    assert "/attributes/00990001" in found_by(frogs, "name_index", "frogs name")


def test_context_group_and_code_are_found_by_the_words_of_codes(frogs: sqlite3.Connection) -> None:
    assert found_by(frogs, "text_index", "pond frog") == ["/context-groups/7", "/codes/FRG/1"]


def found_by(db: sqlite3.Connection, index: str, query: str) -> list[str]:
    words = " ".join(f'"{word}"' for word in query.split())
    return [
        path
        for (path,) in db.execute(
            f"SELECT path FROM {index} JOIN doc ON doc.id = {index}.rowid WHERE {index} MATCH ? "
            "ORDER BY doc.id",
            [words],
        )
    ]
