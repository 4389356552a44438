"""Short names of attributes lead to what is there."""

from __future__ import annotations

import sqlite3

from octome.standard.search.short_names.attributes import ATTRIBUTES
from octome.standard.search.squash import squash


def test_every_attribute_is_there(database: sqlite3.Connection) -> None:
    keywords = {keyword for targets in ATTRIBUTES.values() for keyword in targets}
    there = {keyword for (keyword,) in database.execute("SELECT keyword FROM term")}
    assert keywords - there == set()


def test_names_are_squashed() -> None:
    assert [name for name in ATTRIBUTES if squash(name) != name] == []
