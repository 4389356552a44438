"""The modules and macros that a search can find."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence

from octome.standard.compile.doc import Doc, editions_of, texts_of
from octome.standard.compile.find_keys import keys_of_tables


def tables(
    db: sqlite3.Connection, words: Mapping[int, str], newest_first: Sequence[str]
) -> Iterator[Doc]:
    """The modules and macros, each with how many CIODs use it."""
    having = editions_of(db, "attribute_table", "path", newest_first)
    keys = keys_of_tables(db)
    for edition in newest_first:
        for path, name, text, ciods, ciod in db.execute(
            "SELECT t.path, t.name, t.text, count(u.ciod), min(c.name) FROM attribute_table t "
            "LEFT JOIN use u ON u.edition = t.edition AND u.path = t.path "
            "LEFT JOIN ciod c ON c.edition = u.edition AND c.id = u.ciod "
            "WHERE t.edition = ? GROUP BY t.path ORDER BY t.position",
            [edition],
        ):
            yield Doc(
                "module" if path.startswith("/modules/") else "macro",
                path,
                name,
                {0: "", 1: f"in {ciod}"}.get(ciods, f"in {ciods} CIODs"),
                weight=3,
                keys=tuple(keys.get(path, ())),
                editions=having[path],
                body=words.get(text, ""),
                texts=texts_of(text),
            )
