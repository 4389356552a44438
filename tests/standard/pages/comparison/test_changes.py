"""What counts as a change, and of which edition its page is."""

from __future__ import annotations

import sqlite3

import pytest
from lone_reader import lone_reader

from octome.standard.pages.comparison.changes import Entry, changes, differing, property_changes
from octome.standard.pages.comparison.side import Side, Sides


@pytest.fixture
def sides(database: sqlite3.Connection) -> Sides:
    reader = lone_reader(database)
    return Sides(Side(reader, "2020b"), Side(reader, "2026b"))


def test_added_removed_renamed_and_changed(sides: Sides) -> None:
    before = {
        "a": Entry("Frog", "/modules/frog"),
        "b": Entry("Newt", "/modules/newt", "2", "2"),
        "c": Entry("Multi-frame Pond", "/modules/pond"),
        "d": Entry("Tea", "/modules/tea"),
    }
    after = {
        "a": Entry("Toad", "/modules/toad"),
        "b": Entry("Newt", "/modules/newt", "3", "3"),
        "c": Entry("Multi Frame pond", "/modules/pond"),
        "e": Entry("Reed", "/modules/reed"),
        "f": Entry("Basic Directory", "/ciods/basic-directory"),  # not in the older one's source
    }
    found = changes(sides, before, after)
    assert [(c.what, c.path, c.edition, c.before, c.after) for c in found] == [
        ("renamed", "/modules/toad", "2026b", "Frog", "Toad"),
        ("changed", "/modules/newt", "2026b", "2", "3"),
        ("added", "/modules/reed", "2026b", None, None),
        ("removed", "/modules/tea", "2020b", None, None),
    ]


def test_property_that_one_side_does_not_know_has_not_changed(sides: Sides) -> None:
    values = {
        "VM": ("1", "1-n"),
        "VR": (None, "UI"),
        "Name": ("CR Pond", "Computed Radiography Pond"),
    }
    found = property_changes(sides, "/attributes/00990001", values)
    assert [(change.title, change.before, change.after) for change in found] == [("VM", "1", "1-n")]


def test_only_the_values_that_differ_are_shown() -> None:
    assert differing(("UI", "1", ""), ("UI", "1-n", "retired")) == ("1", "1-n, retired")
