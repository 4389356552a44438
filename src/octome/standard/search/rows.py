"""Rows of the store's search table."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from octome.standard.pages.reader import Reader

LAST = "\U0010ffff"  # behind every other letter


class Row(NamedTuple):
    """One page that can be found, as in the schema, with the edition whose text it has."""

    id: int
    kind: str
    title: str
    detail: str
    path: str
    edition: str
    folded: str
    weight: float
    texts: str
    line: str
    text_edition: str


NUMBERED = (
    f"SELECT {', '.join(Row._fields[:-1])}, "
    "coalesce((SELECT t.edition FROM text t WHERE t.id = CAST(doc.texts AS INTEGER)), '') "
    "FROM doc WHERE id IN (SELECT value FROM json_each(?))"
)


def by_key(reader: Reader, key: str) -> list[Row]:
    """Rows with a key, the highest weight first."""
    return rows(reader, "SELECT doc FROM doc_key WHERE key = ? ORDER BY doc", key)


def by_keys(reader: Reader, keys: Sequence[str]) -> list[Row]:
    """Rows with one of some keys: those with the first key first."""
    marks = ", ".join("?" * len(keys))
    query = f"SELECT key, doc FROM doc_key WHERE key IN ({marks}) ORDER BY doc"
    found = reader.rows(query, *keys)
    return kept(reader, [doc for key in keys for known, doc in found if known == key])


def by_folded(reader: Reader, name: str) -> list[Row]:
    """Rows whose whole title is a squashed name: at most two."""
    return rows(reader, "SELECT id FROM doc WHERE folded = ? ORDER BY id LIMIT 2", name)


def by_begun_key(reader: Reader, key: str, limit: int) -> list[Row]:
    """Rows with a key that begins this way: those of about the same length first."""
    return rows(
        reader,
        "SELECT doc FROM doc_key WHERE key >= ? AND key < ? "
        "ORDER BY length(key) - length(?) > 4, doc LIMIT ?",
        key,
        key + LAST,
        key,
        limit,
    )


def by_text(reader: Reader, match: str, limit: int) -> list[Row]:
    """Rows whose text matches an FTS5 expression, the highest weight first."""
    return rows(
        reader,
        "SELECT rowid FROM text_index WHERE text_index MATCH ? ORDER BY rowid LIMIT ?",
        match,
        limit,
    )


def by_name(reader: Reader, match: str, limit: int) -> list[Row]:
    """Rows whose title or other names match an FTS5 expression, the highest weight first."""
    return rows(
        reader,
        "SELECT rowid FROM name_index WHERE name_index MATCH ? ORDER BY rowid LIMIT ?",
        match,
        limit,
    )


def rows(reader: Reader, query: str, *values: object) -> list[Row]:
    """The rows of `doc` whose numbers a query returns, in its order."""
    return kept(reader, [number for (number,) in reader.rows(query, *values)])


def kept(reader: Reader, found: Sequence[int]) -> list[Row]:
    """The rows of `doc` with some numbers.

    Each is read once and kept: few pages are found again and again.
    """
    if new := [number for number in found if number not in reader.found_rows]:
        _read(reader, new)
    return [reader.found_rows[number] for number in found]


def _read(reader: Reader, numbers: list[int]) -> None:
    for row in reader.rows(NUMBERED, json.dumps(numbers)):
        reader.found_rows[row[0]] = Row._make(row)
