"""Texts as they are read from the store."""

from __future__ import annotations

import sqlite3

from lone_reader import lone_reader


def test_text_of_a_line_names_its_edition_and_the_place_it_is_from(
    database: sqlite3.Connection,
) -> None:
    reader = lone_reader(database)
    number, place = reader.row(
        "SELECT text, place FROM line WHERE text IS NOT NULL AND place LIKE '/modules/%' LIMIT 1"
    )
    text = reader.text(number, place)
    assert text is not None
    assert text.edition == "2020b"
    assert text.blocks == reader.blocks(number) != ()
    assert text.place is not None
    assert text.place.title == reader.title_of_place("2020b", place)


def test_line_without_a_text_has_none(database: sqlite3.Connection) -> None:
    assert lone_reader(database).text(None) is None


def test_list_of_values_is_stated_with_its_edition(database: sqlite3.Connection) -> None:
    reader = lone_reader(database)
    (number,) = reader.row("SELECT text FROM value_list LIMIT 1")
    stated = reader.stated(number)
    assert stated.value_lists[0].values
    assert stated.edition == "2020b"
