"""Where each attribute is used and each section cited: counted once, when the store is compiled."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import NamedTuple

from octome.standard.compile.forest import Forest


class Count(NamedTuple):
    """How often something is below a level, and the nearest place, relative to the level."""

    places: int
    path: str


Counts = dict[tuple[str, str], Count]


def count_occurrences(
    db: sqlite3.Connection,
    forest: Forest,
    levels: Mapping[str, Mapping[str, int]],
    links: Mapping[int, tuple[str, ...]],
) -> None:
    """Fill `occurrence` and `citation`.

    Parameters
    ----------
    levels : mapping
        Edition to table path to root level.
    links : mapping
        Text to the paths of sections and context groups that it links to.
    """
    known: dict[int, Counts] = {}

    def counts(level: int) -> Counts:
        if level not in known:
            result: Counts = {}
            for line in forest.levels[level]:
                _add(result, ("tag " + line.tag, line.type or ""), Count(1, f"/{line.tag}"))
                # Text borrowed from another place is cited from there.
                own = line.text if line.text is not None and line.place is None else 0
                for link in links.get(own, ()):
                    _add(result, ("link " + link, ""), Count(1, f"/{line.tag}"))
                if line.items is not None:
                    for what, count in counts(line.items).items():
                        _add(result, what, Count(count.places, f"/{line.tag}{count.path}"))
            known[level] = result
        return known[level]

    for edition, root_of_table in levels.items():
        occurrences, citations = [], []
        for table, level in root_of_table.items():
            for (what, type_), count in counts(level).items():
                kind, _, name = what.partition(" ")
                row = (edition, name, table, *count)
                if kind == "tag":
                    occurrences.append(
                        (edition, name, table, type_, count.places, table + count.path)
                    )
                else:
                    citations.append((*row[:3], count.places, table + count.path))
        # In the order of the key, so that each page of the file is written once.
        occurrences.sort()
        db.executemany("INSERT INTO occurrence VALUES (?, ?, ?, ?, ?, ?)", occurrences)
        db.executemany("INSERT INTO citation VALUES (?, ?, ?, ?, ?)", citations)
    db.execute(
        "INSERT OR IGNORE INTO citation "
        "SELECT e.id, link.path, '/sections/' || s.number, 1, '/sections/' || s.number "
        "FROM section s JOIN link ON link.text = s.text JOIN edition e "
        "WHERE s.edition = coalesce(e.fallback, e.id)"
    )
    db.execute(
        "INSERT OR IGNORE INTO citation "
        "SELECT t.edition, link.path, t.path, 1, t.path "
        "FROM attribute_table t JOIN link ON link.text = t.text"
    )


def _add(counts: Counts, what: tuple[str, str], more: Count) -> None:
    have = counts.get(what)
    if have is None:
        counts[what] = more
    else:
        nearer = min(have.path, more.path, key=lambda path: (path.count("/"), path))
        counts[what] = Count(have.places + more.places, nearer)
