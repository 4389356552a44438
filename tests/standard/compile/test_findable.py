"""What a search finds among the frogs of several invented editions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from invented_source import InventedSource, facts_edition, registries, whole_edition

from octome.standard.compile.compiler import compile_store


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    path: Path = tmp_path_factory.mktemp("frogs") / "s.sqlite"
    source = InventedSource(
        editions=(
            whole_edition("2015b", "frog"),
            facts_edition("2018a"),
            whole_edition("2020b"),
            registries("2020b"),
        )
    )
    # Whole editions and registries of one name come from two sources.
    facts = InventedSource(editions=source.editions[:3])
    registry = InventedSource(name="registry", editions=source.editions[3:])
    compile_store(path, "key", sources=(facts, registry))
    db = sqlite3.connect(path)
    yield db
    db.close()


def test_thing_of_several_editions_is_found_once_with_those_that_have_it(
    db: sqlite3.Connection,
) -> None:
    found = db.execute("SELECT path, edition FROM doc WHERE kind = 'CIOD' ORDER BY id").fetchall()
    assert found == [("/ciods/frog-image", " 2018a 2020b "), ("/ciods/frog", " 2015b ")]
    found = db.execute("SELECT edition FROM doc WHERE path = '/modules/frog'").fetchall()
    assert found == [("",)]


def test_section_is_found_by_its_newest_text(db: sqlite3.Connection) -> None:
    assert found_by(db, "text_index", "2020b section") == []
    (section,) = db.execute("SELECT id FROM doc WHERE kind = 'section'").fetchall()
    assert (
        section
        in db.execute("SELECT rowid FROM text_index WHERE text_index MATCH '\"2020b\"'").fetchall()
    )
    assert (
        section
        not in db.execute(
            "SELECT rowid FROM text_index WHERE text_index MATCH '\"2015b\"'"
        ).fetchall()
    )


def test_attribute_is_found_by_keyword_tag_and_text(db: sqlite3.Connection) -> None:
    assert found_by(db, "name_index", "NumberOfLegs") == ["/attributes/00990002"]
    assert "/attributes/00990002" in found_by(db, "text_index", "how legs")
    found = db.execute(
        "SELECT key FROM doc_key k JOIN doc d ON d.id = k.doc WHERE d.path = ?",
        ["/attributes/00990002"],
    )
    assert {"tag:00990002", "name:numberoflegs"} <= {key for (key,) in found}


def test_apostrophe_may_be_left_out(db: sqlite3.Connection) -> None:
    assert "/attributes/00990001" in found_by(db, "name_index", "frogs name")


def test_sop_class_names_what_it_stores(db: sqlite3.Connection) -> None:
    found = db.execute("SELECT path, detail FROM doc WHERE kind = 'SOP class'").fetchall()
    assert found == [("/uids/1.2.3.4", "1.2.3.4 · Frog Image")]
    assert "/ciods/frog-image" in found_by(db, "name_index", "FrogStorage")


def test_context_group_and_code_are_found_by_the_words_of_codes(db: sqlite3.Connection) -> None:
    assert found_by(db, "text_index", "pond frog") == ["/context-groups/7", "/codes/FRG/1"]


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
