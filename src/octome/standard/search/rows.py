"""Rows of the store's search table."""

from __future__ import annotations

from typing import NamedTuple

from octome.standard.pages.reader import Reader

DOC = (
    "doc.id, doc.kind, doc.title, doc.detail, doc.path, doc.edition, doc.folded, doc.weight, "
    "doc.texts, doc.line"
)
LAST = "\U0010ffff"  # behind every other letter


class Row(NamedTuple):
    """One page that can be found, as in the schema."""

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


def by_key(reader: Reader, key: str) -> list[Row]:
    """Rows with a key, the highest weight first."""
    return rows(
        reader,
        f"SELECT {DOC} FROM doc_key k JOIN doc ON doc.id = k.doc WHERE k.key = ? ORDER BY k.doc",
        key,
    )


def by_begun_key(reader: Reader, key: str, limit: int) -> list[Row]:
    """Rows with a key that begins this way: those of about the same length first."""
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
    """Rows whose text matches an FTS5 expression, the highest weight first, as numbered."""
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
