"""The attributes that a search can find."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from math import log2

from octome.standard.compile.doc import Doc, editions_of
from octome.standard.compile.find_keys import keys_of_values, short_names_of
from octome.standard.search.short_names.attributes import ATTRIBUTES

# How many CIODs have an attribute itself, rather than within a sequence.
CIODS_WITH = (
    "SELECT o.tag, count(DISTINCT u.ciod) FROM occurrence o "
    "JOIN use u ON u.edition = o.edition AND u.path = o.table_path "
    "WHERE o.edition = ? AND o.path = o.table_path || '/' || o.tag GROUP BY o.tag"
)


def attributes(
    db: sqlite3.Connection, words: Mapping[int, str], newest_first: Sequence[str]
) -> Iterator[Doc]:
    """The attributes; the body of each is every description that it has anywhere."""
    having = editions_of(db, "term", "tag", newest_first)
    values = keys_of_values(db)
    short = short_names_of(ATTRIBUTES)
    bodies: dict[str, dict[int, None]] = defaultdict(dict)
    for tag, text in db.execute(
        "SELECT tag, text FROM line WHERE text IS NOT NULL AND place IS NULL "
        "GROUP BY tag, text ORDER BY count(*) DESC"
    ):
        bodies[tag][text] = None
    tables = dict(
        db.execute(
            "SELECT tag, count(DISTINCT table_path) FROM occurrence WHERE edition = ? GROUP BY tag",
            [newest_first[0]],
        )
    )
    ciods = dict(db.execute(CIODS_WITH, [newest_first[0]]))
    for edition in newest_first:
        for tag, keyword, name, vr, retired in db.execute(
            "SELECT tag, keyword, name, vr, is_retired FROM term WHERE edition = ?", [edition]
        ):
            detail = f"({tag[:4].upper()},{tag[4:].upper()}) {vr}".replace("X", "x")
            if retired:
                detail += " · retired"
            elif tables.get(tag):
                detail += f" · in {tables[tag]} module" + "s" * (tables[tag] != 1)
            yield Doc(
                "attribute",
                f"/attributes/{tag}",
                name or tag,
                detail,
                # Among attributes that match alike, the much used ones are the likelier.
                weight=1
                + min(tables.get(tag, 0), 50) / 25
                + min(log2(1 + ciods.get(tag, 0)), 6) / 3
                - 5 * bool(retired),
                keys=(f"tag:{tag}", f"name:{keyword.casefold()}", *values.get(tag, ())),
                editions=having[tag],
                alias=" ".join([keyword, *short.get(keyword, ())]),
                body=" ".join(words.get(text, "") for text in bodies[tag]),
                texts=tuple(bodies[tag]),
            )
