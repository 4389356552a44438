"""What of an attribute a search finds."""

from __future__ import annotations

import sqlite3

from octome.standard.compile.find_attributes import attributes


def test_attribute_has_its_keyword_tag_and_every_description(
    frogs: sqlite3.Connection, newest_first: list[str]
) -> None:
    texts = {number: f"text {number}" for (number,) in frogs.execute("SELECT id FROM text")}
    legs = next(
        doc for doc in attributes(frogs, texts, newest_first) if doc.title == "Number of Legs"
    )
    assert legs.path == "/attributes/00990002"
    assert {"tag:00990002", "name:numberoflegs"} <= {*legs.keys}
    assert legs.alias.split()[0] == "NumberOfLegs"
    assert len(legs.texts) == 2  # of 2015b and of 2020b
    assert legs.body == " ".join(texts[number] for number in legs.texts)
    assert legs.detail == "(0099,0002) US · in 1 module"


def test_retired_attribute_comes_late_and_says_so(
    frogs: sqlite3.Connection, newest_first: list[str]
) -> None:
    frogs.execute("SAVEPOINT retired")
    frogs.execute("UPDATE term SET is_retired = 1 WHERE tag = '00990002'")
    found = {doc.path: doc for doc in attributes(frogs, {}, newest_first)}
    frogs.execute("ROLLBACK TO retired")
    assert found["/attributes/00990002"].detail.endswith("· retired")
    assert found["/attributes/00990002"].weight < found["/attributes/00990001"].weight


def test_attribute_of_many_ciods_comes_before_one_of_few(database: sqlite3.Connection) -> None:
    weights = dict(database.execute("SELECT title, weight FROM doc WHERE kind = 'attribute'"))
    assert weights["Protocol Name"] > weights["Acquisition Protocol Name"]
