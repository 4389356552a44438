"""What of a CIOD a search finds."""

from __future__ import annotations

import sqlite3

from octome.standard.compile.find_ciods import ciods


def test_ciod_of_several_editions_names_those_that_have_it(
    frogs: sqlite3.Connection, newest_first: list[str]
) -> None:
    found = {doc.path: doc.editions for doc in ciods(frogs, {}, newest_first)}
    assert found == {"/ciods/frog-image": " 2018a 2020b ", "/ciods/frog": " 2015b "}


def test_ciod_is_found_by_the_name_of_what_stores_it(
    frogs: sqlite3.Connection, newest_first: list[str]
) -> None:
    newest = next(iter(ciods(frogs, {}, newest_first)))
    assert newest.alias == "Frog Storage 2020b FrogStorage"
    assert "ciod:frog-image" in newest.keys
