"""Rows of the store's table of what can be found."""

from __future__ import annotations

from typing import NamedTuple

from octome.standard.pages.reader import Reader

DOC = (
    "doc.id, doc.kind, doc.title, doc.detail, doc.path, doc.edition, doc.folded, doc.weight, "
    "doc.texts"
)
LAST = "\U0010ffff"  # behind every other letter


class Row(NamedTuple):
    """One thing that can be found, as in the schema."""

    id: int
    kind: str
    title: str
    detail: str
    path: str
    edition: str
    folded: str
    weight: float
    texts: str


def by_key(reader: Reader, key: str) -> list[Row]:
    """What has a key, the weightiest first."""
    return rows(
        reader,
        f"SELECT {DOC} FROM doc_key k JOIN doc ON doc.id = k.doc WHERE k.key = ? ORDER BY k.doc",
        key,
    )


def by_begun_key(reader: Reader, key: str, limit: int) -> list[Row]:
    """What has a key that begins so: those of about the same length first."""
    return rows(
        reader,
        f"SELECT {DOC} FROM doc_key k JOIN doc ON doc.id = k.doc WHERE k.key >= ? AND k.key < ? "
        "ORDER BY length(k.key) - length(?) > 4, doc.weight DESC, k.key LIMIT ?",
        key,
        key + LAST,
        key,
        limit,
    )


def by_text(reader: Reader, match: str, limit: int) -> list[Row]:
    """What has a text that an expression of FTS5 matches, the weightiest first, as numbered."""
    return rows(
        reader,
        f"SELECT {DOC} FROM (SELECT rowid AS id FROM text_index WHERE text_index MATCH ? "
        "ORDER BY rowid LIMIT ?) m JOIN doc ON doc.id = m.id ORDER BY m.id",
        match,
        limit,
    )


def rows(reader: Reader, query: str, *values: object) -> list[Row]:
    """The rows of a query for `DOC`."""
    return [Row._make(row) for row in reader.rows(query, *values)]
