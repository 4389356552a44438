"""One edition written into the store, from its records and the source of its text."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping

from octome.standard.ciod_category import ciod_category
from octome.standard.compile.edition_text import EditionText, GroupUse
from octome.standard.compile.forest import Forest
from octome.standard.compile.rows import insert, tables_of
from octome.standard.functional_group import PER_FRAME, SHARED, placement
from octome.standard.names import FUNCTIONAL_GROUPS, name_of_slug
from octome.standard.sources.records import EditionRecords, Row, Term

# Functional groups come after the modules of their CIOD.
FIRST_GROUP = 1000

UseRow = tuple[object, ...]


class EditionWriter:
    """Writes one edition's modules, macros, CIODs and their uses.

    Parameters
    ----------
    db : Connection
    forest : Forest
        The levels of all editions; those of this one are added.
    records : EditionRecords
        The edition's facts, and its text if it has any.
    text : EditionText
        Where its text comes from.
    same_as : mapping
        The id shared by the same CIOD in every edition, by this edition's id.
    """

    def __init__(
        self,
        db: sqlite3.Connection,
        forest: Forest,
        records: EditionRecords,
        text: EditionText,
        same_as: Mapping[str, str],
    ) -> None:
        self._db = db
        self._forest = forest
        self._records = records
        self._edition = records.edition
        self._text = text
        self._same_as = same_as
        self._names = text.names()
        self._levels: dict[str, int] = {}

    def write(self) -> Mapping[str, int]:
        """Write everything; the root level of each module and macro by path."""
        insert(self._db, "term", ((self._edition, *term) for term in self._terms()))
        stored = self._records.sop_classes.items()
        insert(self._db, "sop_class", ((self._edition, uid, ciod) for uid, ciod in stored))
        self._write_tables()
        self._write_ciods()
        insert(self._db, "use", self._module_uses())
        groups = self._macro_uses() if self._records.macro_uses else self._written_out_groups()
        insert(self._db, "use", groups)
        return self._levels

    def _terms(self) -> list[Term]:
        """The dictionary, and the names in tables of attributes that it lacks."""
        known = {term.tag for term in self._records.terms}
        named = {
            row.tag: row.name
            for _, table in tables_of(self._records)
            for row in table.rows
            if isinstance(row, Row) and row.name
        }
        lacking = (
            Term(tag, "", named[tag], "", "", is_retired=False) for tag in named.keys() - known
        )
        return [*self._records.terms, *sorted(lacking)]

    def _write_tables(self) -> None:
        rows = []
        for position, (path, table) in enumerate(tables_of(self._records)):
            level = self._levels[path] = self._text.level(path, table)
            name = table.name or name_of_slug(table.id, self._names)
            named = (self._edition, path, position, table.id, name)
            digest = self._forest.digest(level)
            rows.append((*named, level, digest, *self._text.of_table(path, table)))
        insert(self._db, "attribute_table", rows)

    def _write_ciods(self) -> None:
        entities: dict[str, dict[str, None]] = {}
        modules: dict[str, list[str]] = {}
        for use in self._records.module_uses:
            entities.setdefault(use.ciod, {})[use.information_entity or ""] = None
            if use.usage == "M":
                modules.setdefault(use.ciod, []).append(use.table)
        rows = []
        for position, ciod in enumerate(self._records.ciods):
            name = ciod.name or name_of_slug(ciod.id, self._names)
            kind = ciod_category(ciod.id, entities.get(ciod.id, ()), modules.get(ciod.id, ()))
            named = (self._edition, ciod.id, position, name, kind)
            rows.append((*named, *self._text.of_ciod(ciod), self._same_as[ciod.id]))
        insert(self._db, "ciod", rows)

    def _module_uses(self) -> Iterator[UseRow]:
        for position, use in enumerate(self._records.module_uses):
            path = f"/modules/{use.table}"
            condition = self._text.condition(path, use)
            how = (use.usage, None, use.information_entity, condition)
            yield (self._edition, use.ciod, position, path, *how, None, None)

    def _macro_uses(self) -> Iterator[UseRow]:
        """The functional groups of each CIOD, from a source that has their macros."""
        name_of_macro = {macro.id: macro.name for macro in self._records.macros}
        tag_of_name = {term.name: term.tag for term in self._records.terms}
        for position, use in enumerate(self._records.macro_uses, FIRST_GROUP):
            path = f"/macros/{use.table}"
            tags = [line.tag for line in self._forest.levels[self._levels[path]]]
            # A macro is one sequence; if the source lacks it, the macro's name still identifies it.
            named = tag_of_name.get(f"{name_of_macro[use.table]} Sequence")
            tag = tags[0] if len(tags) == 1 else named or next(iter(tags), None)
            # A source can name a CIOD that it does not have.
            if tag is not None and use.ciod in self._same_as:
                group = GroupUse(path, use.usage, None, self._text.condition(path, use))
                yield self._group_row(use.ciod, position, tag, group)

    def _written_out_groups(self) -> Iterator[UseRow]:
        """The functional groups of each CIOD, from a source that has no macros.

        Each is a sequence in the tables of the CIOD that hold functional groups.
        """
        sequences = {term.tag for term in self._records.terms if term.vr == "SQ"}
        for ciod in self._records.ciods:
            groups: dict[str, None] = {}
            for path in self._group_tables(ciod.id):
                for parent in self._forest.levels[self._levels[path]]:
                    if parent.tag in (SHARED, PER_FRAME) and parent.items is not None:
                        tags = (line.tag for line in self._forest.levels[parent.items])
                        groups |= {tag: None for tag in tags if tag in sequences}
            for position, tag in enumerate(groups, FIRST_GROUP):
                yield self._group_row(ciod.id, position, tag, self._text.group(ciod.id, tag))

    def _group_tables(self, ciod: str) -> list[str]:
        """The tables that may hold a CIOD's functional groups.

        The source may write the groups out in a table named after the CIOD, without saying that
        a CIOD with sparse groups uses that table.
        """
        used = [f"/modules/{use.table}" for use in self._records.module_uses if use.ciod == ciod]
        named = [f"/modules/{ciod}-{base}" for base in FUNCTIONAL_GROUPS]
        return [path for path in dict.fromkeys([*used, *named]) if path in self._levels]

    def _group_row(self, ciod: str, position: int, tag: str, group: GroupUse) -> UseRow:
        how = (group.usage, group.usage_edition, None, group.condition)
        where = placement(tag, self._same_as[ciod])
        return (self._edition, ciod, position, group.path, *how, tag, where)
