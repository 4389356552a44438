"""Where each attribute is used and each section cited: counted once, when the store is compiled."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import NamedTuple

from octome.standard.compile.forest import Forest


class AttributeOfType(NamedTuple):
    """An attribute in a table, with the type that it has there."""

    tag: str
    type: str


class Target(NamedTuple):
    """The path of a section, a context group or a template that a text links to."""

    path: str


class Count(NamedTuple):
    """How often something is below a level, and its nearest path relative to the level."""

    places: int
    path: str


Counts = dict[AttributeOfType | Target, Count]


def count_occurrences(
    db: sqlite3.Connection,
    forest: Forest,
    levels: Mapping[str, Mapping[str, int]],
    links: Mapping[int, tuple[str, ...]],
) -> None:
    """Fill `occurrence` and `citation`.

    Parameters
    ----------
    db : Connection
        The store, with editions, tables, sections and links in it.
    forest : Forest
        The levels of all editions.
    levels : mapping
        Edition to table path to root level.
    links : mapping
        Text to the paths of sections and context groups that it links to.
    """
    counter = Counter(forest, links)
    for edition, root_of_table in levels.items():
        occurrences, citations = [], []
        for table, level in root_of_table.items():
            for what, (places, path) in counter.below(level).items():
                if isinstance(what, AttributeOfType):
                    occurrences.append((edition, what.tag, table, what.type, places, table + path))
                else:
                    citations.append((edition, what.path, table, places, table + path))
        # In the order of the key, so that each page of the file is written once.
        occurrences.sort()
        db.executemany("INSERT INTO occurrence VALUES (?, ?, ?, ?, ?, ?)", occurrences)
        db.executemany("INSERT INTO citation VALUES (?, ?, ?, ?, ?)", citations)
    # An edition without text has the sections of its fallback edition.
    db.execute(
        "INSERT OR IGNORE INTO citation "
        "SELECT e.id, link.path, '/sections/' || s.number, 1, '/sections/' || s.number "
        "FROM section s JOIN link ON link.text = s.text JOIN edition e "
        "WHERE s.edition = coalesce(e.fallback, e.id)"
    )
    db.execute(
        "INSERT INTO citation "
        "SELECT r.edition, link.path, '/templates/' || r.tid, count(DISTINCT r.position), "
        "'/templates/' || r.tid FROM template_row r "
        "JOIN link ON link.text IN (r.concept, r.condition, r.value_set) "
        "WHERE link.path <> '/templates/' || r.tid GROUP BY r.edition, link.path, r.tid"
    )
    # A template's section holds the same table as words.
    db.execute(
        "DELETE FROM citation WHERE source GLOB '/sections/PS3.16-TID_*' AND EXISTS "
        "(SELECT 1 FROM citation c WHERE c.edition = citation.edition "
        "AND c.target = citation.target "
        "AND c.source = '/templates/' || substr(citation.source, 22))"
    )
    db.execute(
        "INSERT OR IGNORE INTO citation "
        "SELECT t.edition, link.path, t.path, 1, t.path "
        "FROM attribute_table t JOIN link ON link.text = t.text"
    )


class Counter:
    """Counts what is below each level, each level once."""

    def __init__(self, forest: Forest, links: Mapping[int, tuple[str, ...]]) -> None:
        self._forest = forest
        self._links = links
        self._known: dict[int, Counts] = {}

    def below(self, level: int) -> Counts:
        """The attributes and links in a level and in the items of its sequences."""
        if level not in self._known:
            result: Counts = {}
            for inclusion in self._forest.inclusions.get(level, ()):
                for link in self._links.get(inclusion.text or 0, ()):
                    _add(result, Target(link), Count(1, ""))
            for line in self._forest.levels[level]:
                here = f"/{line.tag}"
                _add(result, AttributeOfType(line.tag, line.type or ""), Count(1, here))
                # Borrowed text is cited from where it belongs.
                own = line.text if line.text is not None and line.place is None else 0
                for link in self._links.get(own, ()):
                    _add(result, Target(link), Count(1, here))
                if line.items is not None:
                    for what, (places, path) in self.below(line.items).items():
                        _add(result, what, Count(places, here + path))
            self._known[level] = result
        return self._known[level]


def _add(counts: Counts, what: AttributeOfType | Target, more: Count) -> None:
    known = counts.get(what)
    if known is None:
        counts[what] = more
    else:
        nearer = min(known.path, more.path, key=lambda path: (path.count("/"), path))
        counts[what] = Count(known.places + more.places, nearer)
