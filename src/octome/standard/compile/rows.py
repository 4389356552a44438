"""Rows of the store, written from the sources' records."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping

from octome.standard.compile.forest import Forest
from octome.standard.kind import kind_of
from octome.standard.sources.records import EditionRecords, Table, Use

# Functional groups come after the modules of their CIOD.
FIRST_GROUP = 1000


def insert(db: sqlite3.Connection, table: str, rows: Iterable[tuple[object, ...]]) -> None:
    """Add rows, all columns given, to a table of the schema."""
    width = len(db.execute(f"PRAGMA table_info({table})").fetchall())
    db.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * width)})", rows)


def tables_of(edition: EditionRecords) -> Iterator[tuple[str, Table]]:
    """Every module and macro of an edition with its path."""
    yield from ((f"/modules/{module.id}", module) for module in edition.modules)
    yield from ((f"/macros/{macro.id}", macro) for macro in edition.macros)


def insert_edition(db: sqlite3.Connection, position: int, edition: EditionRecords) -> None:
    """Write what an edition is, its dictionary and its SOP classes."""
    facts = (edition.id, position, edition.title, edition.source, edition.dictionary, edition.note)
    insert(db, "edition", [(*facts, bool(edition.sections), edition.is_in_standard_order)])
    insert(db, "term", ((edition.id, *term) for term in edition.terms))
    stored = edition.sop_classes.items()
    insert(db, "sop_class", ((edition.id, uid, ciod) for uid, ciod in stored))


def insert_tables(
    db: sqlite3.Connection,
    edition: EditionRecords,
    forest: Forest,
    levels: Mapping[str, int],
    text_and_url: Mapping[str, tuple[int | None, str | None]],
) -> None:
    """Write the modules and macros of an edition, each with its root level, text and address."""
    rows = []
    for position, (path, table) in enumerate(tables_of(edition)):
        level = levels[path]
        named = (edition.id, path, position, table.id, table.name)
        rows.append((*named, level, forest.digest(level), *text_and_url[path]))
    insert(db, "attribute_table", rows)


def insert_ciods(
    db: sqlite3.Connection,
    edition: EditionRecords,
    text_url_and_same: Mapping[str, tuple[int | None, str | None, str]],
) -> None:
    """Write the CIODs of an edition, each with its text, address and its name in all editions."""
    entities: dict[str, dict[str, None]] = {}
    modules: dict[str, list[str]] = {}
    for use in edition.module_uses:
        entities.setdefault(use.ciod, {})[use.information_entity or ""] = None
        modules.setdefault(use.ciod, []).append(use.table)
    rows = []
    for position, ciod in enumerate(edition.ciods):
        kind = kind_of(ciod.id, entities.get(ciod.id, ()), modules.get(ciod.id, ()))
        named = (edition.id, ciod.id, position, ciod.name, kind)
        rows.append((*named, *text_url_and_same[ciod.id]))
    insert(db, "ciod", rows)


def insert_module_uses(
    db: sqlite3.Connection, edition: EditionRecords, condition: Mapping[Use, int | None]
) -> None:
    """Write which modules each CIOD uses."""
    rows = []
    for position, use in enumerate(edition.module_uses):
        place = (edition.id, use.ciod, position, f"/modules/{use.table}")
        rows.append((*place, use.usage, None, use.information_entity, condition[use], None, None))
    insert(db, "use", rows)
