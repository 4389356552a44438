"""What of a UID a search finds."""

from __future__ import annotations

import sqlite3

from octome.standard.compile.find_uids import uids


def test_sop_class_names_what_it_stores(frogs: sqlite3.Connection) -> None:
    (doc,) = uids(frogs, "2020b")
    assert (doc.kind, doc.title, doc.detail) == (
        "SOP class",
        "Frog Storage 2020b",
        "1.2.3.4 · Frog Image",
    )
    assert doc.keys == ("uid:1.2.3.4", "name:frogstorage")


def test_class_that_is_newer_than_the_registry_has_the_name_of_what_it_stores(
    frogs: sqlite3.Connection,
) -> None:
    frogs.execute("SAVEPOINT newer")
    frogs.execute("DELETE FROM uid")
    (doc,) = uids(frogs, "2020b")
    frogs.execute("ROLLBACK TO newer")
    assert (doc.title, doc.keys) == ("Frog Image Storage", ("uid:1.2.3.4",))
