"""One thing that a search can find, as it is indexed."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from octome.standard.edition import edition_key
from octome.standard.search.squash import squash


class Doc(NamedTuple):
    """One thing to find.

    `keys` and `editions` are as in the schema. `weight` is how near the front it comes, all else
    equal. Only the index holds `alias`, other names, and `body`, the text: the words of `texts`
    and what else is found by its words. Where not `by_name`, its title is only found as text.
    """

    kind: str
    path: str
    title: str
    detail: str
    weight: float
    keys: tuple[str, ...] = ()
    editions: str = ""
    alias: str = ""
    body: str = ""
    texts: tuple[int, ...] = ()
    by_name: bool = True

    def row(self, number: int) -> tuple[object, ...]:
        """The row of the table `doc`."""
        folded = squash(self.title) if self.by_name else ""
        named = (number, self.kind, self.path, self.title, self.detail, folded)
        return (*named, self.weight, self.editions, " ".join(map(str, self.texts)))


def editions_of(
    db: sqlite3.Connection, rows: str, column: str, editions: Sequence[str]
) -> dict[str, str]:
    """Which editions have each thing, as `doc.edition` holds it: empty where all have it."""
    having: dict[str, list[str]] = defaultdict(list)
    for thing, edition in db.execute(f"SELECT DISTINCT {column}, edition FROM {rows}"):
        having[thing].append(edition)
    return {
        thing: ""
        if len(found) == len(editions)
        else f" {' '.join(sorted(found, key=edition_key))} "
        for thing, found in having.items()
    }


def texts_of(text: int | None) -> tuple[int, ...]:
    """The texts of a doc with one text, or with none."""
    return () if text is None else (text,)
