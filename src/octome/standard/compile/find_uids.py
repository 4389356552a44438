"""The SOP Classes, transfer syntaxes and other UIDs that a search can find."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from octome.standard.compile.doc import Doc


def uids(db: sqlite3.Connection, current: str) -> Iterator[Doc]:
    """The registered UIDs, and SOP Classes newer than the registry."""
    ciod_of_uid = dict(
        db.execute(
            "SELECT s.uid, c.name FROM sop_class s "
            "JOIN ciod c ON c.edition = s.edition AND c.id = s.ciod WHERE s.edition = ?",
            [current],
        )
    )
    for uid, name, type_, info, keyword in db.execute(
        "SELECT uid, name, type, info, keyword FROM uid UNION ALL "
        # Classes newer than the registry have the name of what they store, if no other stores that.
        "SELECT s.uid, CASE (SELECT count(*) FROM sop_class o WHERE o.edition = s.edition "
        "AND o.ciod = s.ciod) WHEN 1 THEN c.name || ' Storage' ELSE s.uid END, "
        "'SOP Class', '', '' FROM sop_class s "
        "JOIN ciod c ON c.edition = s.edition AND c.id = s.ciod "
        "WHERE s.edition = ? AND s.uid NOT IN (SELECT uid FROM uid)",
        [current],
    ):
        kind = {"SOP Class": "SOP class", "Transfer Syntax": "transfer syntax"}.get(type_, "uid")
        detail = f"{uid} · {ciod_of_uid[uid]}" if uid in ciod_of_uid else uid
        yield Doc(
            kind,
            f"/uids/{uid}",
            name,
            detail,
            weight=2,
            keys=(f"uid:{uid}", f"name:{keyword.casefold()}") if keyword else (f"uid:{uid}",),
            alias=keyword,
            body=info,
        )
