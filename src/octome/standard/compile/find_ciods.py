"""The CIODs that a search can find."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from octome.standard.compile.doc import Doc, editions_of, texts_of
from octome.standard.compile.find_keys import keys_of_ciod, short_names_of
from octome.standard.search.short_names.ciods import CIODS


def ciods(
    db: sqlite3.Connection, words: Mapping[int, str], newest_first: Sequence[str]
) -> Iterator[Doc]:
    """The CIODs, by their names, those of what stores them, and short names."""
    having = editions_of(db, "ciod", "id", newest_first)
    short = short_names_of(CIODS)
    for edition in newest_first:
        stored: dict[str, list[str]] = defaultdict(list)
        for ciod, name, keyword in db.execute(
            "SELECT s.ciod, u.name, u.keyword FROM sop_class s JOIN uid u ON u.uid = s.uid "
            "WHERE s.edition = ? ORDER BY s.uid",
            [edition],
        ):
            stored[ciod].append(f"{name} {keyword}")
        for id_, name, kind, text, url in db.execute(
            "SELECT id, name, kind, text, url FROM ciod WHERE edition = ? ORDER BY position",
            [edition],
        ):
            yield Doc(
                "CIOD",
                f"/ciods/{id_}",
                name,
                kind,
                weight=5,
                keys=keys_of_ciod(id_, url or ""),
                editions=having[id_],
                alias=" ".join([*stored[id_], *short.get(id_, ())]),
                body=words.get(text, ""),
                texts=texts_of(text),
            )
