"""An edition that has only facts, written with the text, order and usages of its fallback edition.

Borrowed text is read back from the store: the fallback edition was written first.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Mapping

from octome.standard.compile.edition_text import GroupUse, TextAndUrl
from octome.standard.compile.fallback_levels import FallbackLevels
from octome.standard.compile.forest import Forest, Line
from octome.standard.functional_group import PER_FRAME, SHARED
from octome.standard.names import base_module
from octome.standard.official import section_url
from octome.standard.own_section import own_section
from octome.standard.sources.records import CiodRecord, Table, Use


class FallbackText:
    """The text of one edition for a newer one.

    Parameters
    ----------
    db : Connection
        The store, with the fallback edition in it.
    forest : Forest
        The levels of all editions.
    edition : str
        The fallback edition.
    tables : mapping
        Its modules and macros: path to the number of the root level.
    counterparts : mapping
        The newer edition's CIODs: id to the fallback edition's id of the same CIOD.
    """

    def __init__(
        self,
        db: sqlite3.Connection,
        forest: Forest,
        edition: str,
        tables: Mapping[str, int],
        counterparts: Mapping[str, str],
    ) -> None:
        self._db = db
        self._forest = forest
        self._edition = edition
        self._tables = tables
        self._counterparts = counterparts
        self._levels = FallbackLevels(forest, tables)
        self._of_table = self._texts_and_urls("SELECT path, text, url FROM attribute_table")
        self._of_ciod = self._texts_and_urls("SELECT id, text, url FROM ciod")
        self._conditions: dict[tuple[str, str], int | None] = {}
        self._macros_of_ciod: dict[str, list[str]] = defaultdict(list)
        self._groups: dict[tuple[str, str], GroupUse] = {}
        self._macro_of_group: dict[str, str] = {}
        self._read_uses()

    def names(self) -> Mapping[str, str]:
        """The names of the fallback edition's modules and CIODs."""
        return dict(
            self._db.execute(
                "SELECT id, name FROM attribute_table WHERE edition = ?1 AND path LIKE '/modules/%'"
                " UNION ALL SELECT id, name FROM ciod WHERE edition = ?1",
                [self._edition],
            ).fetchall()
        )

    def level(self, path: str, table: Table) -> int:
        """The table in the order of the fallback edition's and with its text."""
        return self._levels.completed(
            self._forest.add_outline(table.rows, lambda _: 0), self._same_place(path, table.id)
        )

    def of_table(self, path: str, table: Table) -> TextAndUrl:
        """The description of the table of the same name; where it is new, its section's address."""
        at = f"/{path.split('/')[1]}/{base_module(table.id)}"
        return _located(self._of_table.get(at, TextAndUrl()), at)

    def of_ciod(self, ciod: CiodRecord) -> TextAndUrl:
        """The description of the same CIOD; where it is new, its section's address."""
        found = self._of_ciod.get(self._counterparts.get(ciod.id, ""), TextAndUrl())
        return _located(found, f"/ciods/{ciod.id}")

    def condition(self, path: str, use: Use) -> int | None:
        """The condition of the same use, if this one is conditional."""
        if use.usage != "C":
            return None
        _, what, id_ = path.split("/")
        same = (self._counterparts.get(use.ciod, ""), f"/{what}/{base_module(id_)}")
        return self._conditions.get(same)

    def group(self, ciod: str, tag: str) -> GroupUse:
        """The use of the same group in the same CIOD; failing that, at least the group's macro."""
        known = self._groups.get((self._counterparts.get(ciod, ""), tag))
        return known or GroupUse(self._macro_of_group.get(tag, ""))

    def _texts_and_urls(self, query: str) -> dict[str, TextAndUrl]:
        found = self._db.execute(f"{query} WHERE edition = ?", [self._edition])
        return {thing: TextAndUrl(text, url) for thing, text, url in found}

    def _read_uses(self) -> None:
        macros_of_group: dict[str, set[str]] = defaultdict(set)
        for ciod, path, usage, condition, group in self._db.execute(
            "SELECT ciod, path, usage, condition, group_tag FROM use WHERE edition = ? "
            "ORDER BY ciod, position",
            [self._edition],
        ):
            self._conditions[ciod, path] = condition
            if group is not None and path:
                macros_of_group[group].add(path)
                self._macros_of_ciod[ciod].append(path)
                whose = self._edition if usage else None
                self._groups[ciod, group] = GroupUse(path, usage, whose, condition)
        # Where several macros share a sequence, nothing states which one a CIOD uses.
        self._macro_of_group = {
            group: min(paths) for group, paths in macros_of_group.items() if len(paths) == 1
        }

    def _same_place(self, path: str, id_: str) -> int | None:
        """The fallback edition's level for a module or macro.

        A source may write the functional groups out in one table for each CIOD. A fallback edition
        has one module, and the macros that each CIOD uses: they are joined here.
        """
        base = f"/modules/{base_module(id_)}"
        if path in self._tables or base == path or base not in self._tables:
            return self._tables.get(path)
        ciod = self._counterparts.get(id_.removesuffix(f"-{base_module(id_)}"), "")
        macros: list[Line] = []
        for macro in self._macros_of_ciod.get(ciod, ()):
            taken = {line.tag for line in macros}
            level = self._forest.levels[self._tables[macro]]
            macros += [line for line in level if line.tag not in taken]
        groups = self._forest.add(macros)
        return self._forest.add(
            line._replace(items=groups) if line.tag in (SHARED, PER_FRAME) else line
            for line in self._forest.levels[self._tables[base]]
        )


def _located(found: TextAndUrl, path: str) -> TextAndUrl:
    """The same with an address; that of its own section where the fallback edition has none."""
    section = "" if found.url else own_section(path, None)
    return found._replace(url=section_url(section, None)) if section else found
