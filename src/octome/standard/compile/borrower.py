"""An edition that has only facts, written with text, order and usage lent by another."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping

from octome.standard.compile.forest import Forest, Line
from octome.standard.compile.lending import Lender
from octome.standard.compile.rows import (
    FIRST_GROUP,
    insert,
    insert_ciods,
    insert_edition,
    insert_module_uses,
    insert_tables,
    tables_of,
)
from octome.standard.functional_group import PER_FRAME, SHARED, placement
from octome.standard.names import FUNCTIONAL_GROUPS, base_module
from octome.standard.sources.records import EditionRecords


def same_ciods(edition: EditionRecords, other: EditionRecords) -> dict[str, str]:
    """The other edition's CIOD for each of this one's: the same id, or else a shared SOP Class."""
    others = {ciod.id for ciod in other.ciods}
    same = {
        ciod: other.sop_classes[uid]
        for uid, ciod in edition.sop_classes.items()
        if uid in other.sop_classes
    }
    return same | {ciod.id: ciod.id for ciod in edition.ciods if ciod.id in others}


class Borrower:
    """Writes one edition of facts, after the edition that lends to it."""

    def __init__(
        self,
        db: sqlite3.Connection,
        forest: Forest,
        edition: EditionRecords,
        lender: EditionRecords,
        lent: Mapping[str, int],
    ) -> None:
        self.db = db
        self.forest = forest
        self.edition = edition
        self.lender = lender
        self.lent = lent
        self.same = same_ciods(edition, lender)

    def write(self, position: int) -> dict[str, int]:
        """Write everything; the root level of each module and macro by path."""
        insert_edition(self.db, position, self.edition)
        library = Lender(self.forest, self.lent)
        levels = {}
        for path, table in tables_of(self.edition):
            facts = self.forest.plant(table.rows, lambda _: 0)
            levels[path] = library.lend(facts, self._lending_level(path))
        self._write_tables(levels)
        self._write_ciods()
        self._write_uses()
        insert(self.db, "use", self._groups(levels))
        return levels

    def _lent_column(self, query: str) -> dict[str, int | None]:
        return dict(self.db.execute(query, [self.lender.id]).fetchall())

    def _write_tables(self, levels: Mapping[str, int]) -> None:
        text = self._lent_column("SELECT path, text FROM attribute_table WHERE edition = ?")
        url = {f"/modules/{module.id}": module.url for module in self.lender.modules}
        lent = {}
        for path, table in tables_of(self.edition):
            base = f"/modules/{base_module(table.id)}"
            lent[path] = (text.get(base), url.get(base))
        insert_tables(self.db, self.edition, self.forest, levels, lent)

    def _write_ciods(self) -> None:
        text = self._lent_column("SELECT id, text FROM ciod WHERE edition = ?")
        url = {ciod.id: ciod.url for ciod in self.lender.ciods}
        lent = {}
        for ciod in self.edition.ciods:
            same = self.same.get(ciod.id, "")
            lent[ciod.id] = (text.get(same), url.get(same), same or ciod.id)
        insert_ciods(self.db, self.edition, lent)

    def _write_uses(self) -> None:
        known = {
            (ciod, path): text
            for ciod, path, text in self.db.execute(
                "SELECT ciod, path, condition FROM use WHERE edition = ? AND group_tag IS NULL",
                [self.lender.id],
            )
        }
        condition = {}
        for use in self.edition.module_uses:
            key = (self.same.get(use.ciod, ""), f"/modules/{base_module(use.table)}")
            condition[use] = known.get(key) if use.usage == "C" else None
        insert_module_uses(self.db, self.edition, condition)

    def _lending_level(self, path: str) -> int | None:
        """The lender's level for one of the edition's tables.

        The edition's functional groups are written out in one table for each CIOD; the lender
        has one module, and the macros that each CIOD uses: they are put together here.
        """
        if path in self.lent:
            return self.lent[path]
        id_ = path.removeprefix("/modules/")
        base = base_module(id_)
        if base == id_:
            return None
        ciod = self.same.get(id_.removesuffix(f"-{base}"))
        used = [use.table for use in self.lender.macro_uses if use.ciod == ciod]
        macros: list[Line] = []
        for macro in used:
            taken = {line.tag for line in macros}
            level = self.forest.levels[self.lent[f"/macros/{macro}"]]
            macros += [line for line in level if line.tag not in taken]
        groups = self.forest.add(macros)
        return self.forest.add(
            line._replace(items=groups) if line.tag in (SHARED, PER_FRAME) else line
            for line in self.forest.levels[self.lent[f"/modules/{base}"]]
        )

    def _groups(self, levels: Mapping[str, int]) -> Iterator[tuple[object, ...]]:
        """The functional groups of each CIOD, with the lender's usage where it has one."""
        macros_of_group: dict[str, set[str]] = {}
        known: dict[tuple[str, str], tuple[str, str, int | None]] = {}
        for ciod, path, usage, condition, group in self.db.execute(
            "SELECT ciod, path, usage, condition, group_tag FROM use "
            "WHERE edition = ? AND group_tag IS NOT NULL",
            [self.lender.id],
        ).fetchall():
            macros_of_group.setdefault(group, set()).add(path)
            known[ciod, group] = (path, usage, condition)
        # Where several macros share a sequence, which one a CIOD uses is not to be guessed.
        macro_of_group = {
            group: min(paths) for group, paths in macros_of_group.items() if len(paths) == 1
        }
        sequences = {term.tag for term in self.edition.terms if term.vr == "SQ"}
        for ciod in self.edition.ciods:
            groups: dict[str, None] = {}
            for path in self._group_tables(ciod.id, levels):
                for holder in self.forest.levels[levels[path]]:
                    if holder.tag in (SHARED, PER_FRAME) and holder.items is not None:
                        tags = (line.tag for line in self.forest.levels[holder.items])
                        groups |= {tag: None for tag in tags if tag in sequences}
            for position, group in enumerate(groups, FIRST_GROUP):
                unknown = (macro_of_group.get(group, ""), None, None)
                path, usage, condition = known.get((self.same.get(ciod.id, ""), group), unknown)
                place = (self.edition.id, ciod.id, position, path)
                whose = self.lender.id if usage else None
                where = placement(group, self.same.get(ciod.id, ciod.id))
                yield (*place, usage, whose, None, condition, group, where)

    def _group_tables(self, ciod: str, levels: Mapping[str, int]) -> list[str]:
        """The tables that may hold a CIOD's functional groups.

        The maps write the groups out in a table named after the CIOD; of one whose groups are
        sparse they do not say that it uses that table.
        """
        used = [f"/modules/{use.table}" for use in self.edition.module_uses if use.ciod == ciod]
        named = [f"/modules/{ciod}-{base}" for base in FUNCTIONAL_GROUPS]
        return [*used, *(path for path in named if path in levels and path not in used)]
