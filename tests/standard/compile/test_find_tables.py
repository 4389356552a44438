"""What of a module or macro a search finds."""

from __future__ import annotations

import sqlite3

from octome.standard.compile.find_tables import tables


def test_module_and_macro_say_which_ciods_use_them(
    frogs: sqlite3.Connection, newest_first: list[str]
) -> None:
    found = {doc.path: doc for doc in reversed([*tables(frogs, {}, newest_first)])}
    assert found["/modules/frog"].detail == "in Frog Image"
    assert (found["/modules/frog"].kind, found["/macros/frog-size"].kind) == ("module", "macro")
    assert found["/modules/frog"].editions == ""  # every edition has it
