"""Rows of the store: how they are inserted, and their paths."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

from octome.standard.sources.records import EditionRecords, Table


def insert(db: sqlite3.Connection, table: str, rows: Iterable[tuple[object, ...]]) -> None:
    """Add rows, all columns given, to a table of the schema."""
    width = len(db.execute(f"PRAGMA table_info({table})").fetchall())
    db.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * width)})", rows)


def tables_of(edition: EditionRecords) -> Iterator[tuple[str, Table]]:
    """Every module and macro of an edition with its path."""
    yield from ((f"/modules/{module.id}", module) for module in edition.modules)
    yield from ((f"/macros/{macro.id}", macro) for macro in edition.macros)


def pages_of(edition: EditionRecords) -> Iterator[tuple[str, str | None]]:
    """The path and official address of every CIOD, module and macro of an edition."""
    yield from ((f"/ciods/{ciod.id}", ciod.url) for ciod in edition.ciods)
    yield from ((path, table.url) for path, table in tables_of(edition))
