"""Short names of UIDs lead to what is there."""

from __future__ import annotations

import sqlite3

from octome.standard.search.short_names.uids import TRANSFER_SYNTAXES, UIDS
from octome.standard.search.squash import squash


def test_every_uid_is_there(database: sqlite3.Connection) -> None:
    uids = {uid for table in (TRANSFER_SYNTAXES, UIDS) for ids in table.values() for uid in ids}
    there = {uid for (uid,) in database.execute("SELECT uid FROM uid")}
    # JPEG XL is newer than the packages' list.
    assert {uid for uid in uids if uid[-3:] not in ("110", "111", "112")} <= there


def test_names_are_squashed() -> None:
    assert [name for name in {**TRANSFER_SYNTAXES, **UIDS} if squash(name) != name] == []
