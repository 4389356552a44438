"""Which modules and macros of two editions are the same one, even if the id differs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from octome.standard.names import FUNCTIONAL_GROUPS, base_module
from octome.standard.pages.comparison.side import Side
from octome.standard.same_words import folded


class TableFacts(NamedTuple):
    """A module or macro: `digest` of its attributes, None where they are not known."""

    path: str
    name: str
    digest: bytes | None
    number: str
    """Of its table in PS3.3, such as `table_C.7-10`; empty where it is not known."""


def tables(side: Side, what: str) -> dict[str, TableFacts]:
    """Every module, or every macro (`what` is `modules` or `macros`), by path.

    Functional groups are left out: one source has them as one module and macros, the other written
    out for each CIOD, so that the tables cannot be compared.
    """
    return {
        path: TableFacts(path, name, digest, (url or "").partition("#")[2])
        for path, id_, name, digest, url in side.reader.rows(
            "SELECT path, id, name, "
            "CASE WHEN EXISTS (SELECT 1 FROM line WHERE level = t.level) THEN digest END, url "
            "FROM attribute_table t WHERE edition = ? AND path LIKE ? ORDER BY name, path",
            side.edition,
            f"/{what}/%",
        )
        if base_module(id_) not in FUNCTIONAL_GROUPS
    }


def same_tables(
    were: Mapping[str, TableFacts], are: Mapping[str, TableFacts]
) -> dict[str, TableFacts]:
    """The older edition's table for each path of the newer one that it has.

    It has the same path, or it has gone where one has come with the same table in PS3.3, the same
    attributes, or a name that differs only in its spelling.
    """
    same = {path: were[path] for path in are if path in were}
    gone = [table for path, table in were.items() if path not in are]
    came = [table for path, table in are.items() if path not in were]
    for keys in (_numbers, _digests, _names):
        of = dict(_unique(keys(gone)))
        for key, table in _unique(keys(came)):
            old = of.get(key)
            if old and table.path not in same and old not in same.values():
                same[table.path] = old
    return same


def _numbers(found: Iterable[TableFacts]) -> Iterator[tuple[object, TableFacts]]:
    return ((table.number, table) for table in found if table.number.startswith("table_"))


def _digests(found: Iterable[TableFacts]) -> Iterator[tuple[object, TableFacts]]:
    return ((table.digest, table) for table in found if table.digest is not None)


def _names(found: Iterable[TableFacts]) -> Iterator[tuple[object, TableFacts]]:
    return ((folded(table.name), table) for table in found)


def _unique(keyed: Iterable[tuple[object, TableFacts]]) -> list[tuple[object, TableFacts]]:
    """Those whose key no other one has."""
    by_key: dict[object, list[TableFacts]] = defaultdict(list)
    for key, table in keyed:
        by_key[key].append(table)
    return [(key, found[0]) for key, found in by_key.items() if len(found) == 1]
