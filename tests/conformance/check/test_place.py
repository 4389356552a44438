"""The path of an item."""

from __future__ import annotations

from octome.conformance.check.place import path_of


def test_the_path_begins_at_the_instance() -> None:
    names = {1: "Frogs", 2: "Tea"}
    assert path_of(((None, 1, 3), 2, 0), names.__getitem__) == "Frogs[3].Tea[0]"
    assert path_of(None, names.__getitem__) == ""
