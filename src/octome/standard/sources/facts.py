"""An edition without a single sentence: names, tags, types, usages, structure, codes and UIDs.

These are facts, which may be redistributed. Each content of a source is one JSON file, gzipped; it
holds the rows of each kind of record in the source's order.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from octome.errors import StoreUnavailable
from octome.standard.sources.folder_source import FolderSource

# What reads is imported when it reads: the name and the fingerprint are needed at each start.
if TYPE_CHECKING:
    from octome.standard.sources.records import (
        EditionRecords,
        Include,
        Passage,
        Row,
        Table,
        TemplateRecord,
    )
    from octome.standard.sources.source import Content

REGISTRIES: tuple[Content, ...] = ("uids", "context_groups", "templates", "protected_attributes")


def facts_of(records: EditionRecords) -> dict[Content, bytes]:
    """The files of an edition's facts, by content.

    Conditions, descriptions, notes, sections and all other text of the Standard are left out.
    """
    files: dict[Content, bytes] = {
        "facts": _packed(
            {
                "ciods": [(each.id, each.name) for each in records.ciods],
                "module_uses": [each[:4] for each in records.module_uses],
                "macro_uses": [each[:4] for each in records.macro_uses],
                "modules": [_table(each) for each in records.modules],
                "macros": [_table(each) for each in records.macros],
                "terms": list(records.terms),
                "sop_classes": dict(records.sop_classes),
            }
        )
    }
    if records.uids:
        # A statement about a UID, apart from its name, may be a sentence.
        files["uids"] = _packed([each._replace(info="") for each in records.uids])
    if records.protected_attributes:
        files["protected_attributes"] = _packed(list(records.protected_attributes))
    if records.context_groups:
        files["context_groups"] = _packed(
            {
                "groups": [
                    (each.cid, each.name, each.keyword, each.uid, each.version,
                     each.is_extensible, list(each.entries))
                    for each in records.context_groups
                ],
                "codes": [each[:3] for each in records.code_definitions],
            }
        )  # fmt: skip
    if records.templates:
        files["templates"] = _packed([_template(each) for each in records.templates])
    return files


def _template(template: TemplateRecord) -> tuple[Any, ...]:
    rows = [
        (row.number, row.depth, row.relationship, row.value_type, _facts_in(row.concept), row.vm,
         row.requirement, _facts_in(row.value_set), row.included)
        for row in template.rows
    ]  # fmt: skip
    stated = (template.is_extensible, template.is_order_significant, template.is_root)
    names = [parameter.name for parameter in template.parameters]
    return template.tid, template.name, *stated, names, rows


def _facts_in(cell: Passage | None) -> list[str]:
    """The lines of a cell that are no sentences: codes, groups, units, parameters."""
    from octome.standard.block import walk
    from octome.standard.template_line import read_line

    blocks = walk(cell.blocks) if cell else ()
    return [block.words for block in blocks if block.words and read_line(block.words).is_fact]


def _table(table: Table) -> tuple[str, str | None, list[tuple[Any, ...]]]:
    from octome.standard.sources.records import Row

    rows: list[tuple[Any, ...]] = [
        (row.depth, row.tag, row.type, row.name)
        if isinstance(row, Row)
        else (row.depth, row.macro, _bound(row))
        for row in table.rows
    ]
    return table.id, table.name, rows


def _bound(row: Include) -> list[str]:
    """The context groups that a row binds codes to, but those that more words limit."""
    from octome.standard.code_binding import context_groups
    from octome.standard.sources.records import Passage

    found = context_groups(row.text.blocks) if isinstance(row.text, Passage) else ()
    if not all(group.is_always for group in found):
        return []
    return [
        f"{group.binding[0].upper()}CID {group.cid}" if group.cid else "No BCID is defined"
        for group in found
    ]


def _packed(content: object) -> bytes:
    import gzip

    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode(), 9, mtime=0)


class FactsSource(FolderSource):
    """The facts of one edition, from the files in its folder."""

    def contents(self) -> Mapping[str, frozenset[Content]]:
        """What its files have; never text."""
        found: set[Content] = {"facts"}
        parts = self.folder.manifest.parts
        found.update(content for content in REGISTRIES if content in parts)
        return {self.folder.edition: frozenset(found)}

    def read(self, edition: str) -> EditionRecords:
        """All facts.

        Raises
        ------
        StoreUnavailable
            A file is damaged, or of another shape.
        """
        try:
            return self._read(edition)
        except (ValueError, KeyError, TypeError, EOFError, zlib.error) as error:
            raise StoreUnavailable(
                f"edition {edition}: its facts cannot be read ({type(error).__name__}: {error})",
                edition=edition,
            ) from error

    def _read(self, edition: str) -> EditionRecords:
        from octome.standard.sources.records import (
            CiodRecord,
            Code,
            CodeDefinition,
            ContextGroupRecord,
            EditionRecords,
            IncludedGroup,
            ProtectedAttribute,
            Term,
            Uid,
            Use,
        )

        facts = self.load_json("facts")
        codes = self.load_json("context_groups") or {"groups": (), "codes": ()}
        groups = [
            ContextGroupRecord(
                cid=cid,
                name=name,
                keyword=keyword,
                uid=uid,
                version=version,
                is_extensible=is_extensible,
                entries=tuple(
                    Code(*entry) if len(entry) > 1 else IncludedGroup(*entry) for entry in entries
                ),
            )
            for cid, name, keyword, uid, version, is_extensible, entries in codes["groups"]
        ]
        return EditionRecords(
            edition=edition,
            source=f"facts of the official DocBook from {self.folder.manifest.origin}",
            dictionary=edition,
            note="Facts only: the text of the Standard was left out.",
            is_in_standard_order=True,
            ciods=[CiodRecord(*each) for each in facts["ciods"]],
            module_uses=[Use(*each) for each in facts["module_uses"]],
            macro_uses=[Use(*each) for each in facts["macro_uses"]],
            modules=[_read_table(each) for each in facts["modules"]],
            macros=[_read_table(each) for each in facts["macros"]],
            terms=[Term(*each) for each in facts["terms"]],
            sop_classes=facts["sop_classes"],
            uids=[Uid(*each) for each in self.load_json("uids") or ()],
            context_groups=groups,
            templates=[_read_template(each) for each in self.load_json("templates") or ()],
            code_definitions=[CodeDefinition(*each) for each in codes["codes"]],
            protected_attributes=[
                ProtectedAttribute(
                    tag,
                    name,
                    is_retired,
                    is_composite,
                    tuple((key, value) for key, value in actions),
                )
                for tag, name, is_retired, is_composite, actions in self.load_json(
                    "protected_attributes"
                )
                or ()
            ],
        )


def _read_template(stored: list[Any]) -> TemplateRecord:
    from octome.standard.sources.records import TemplateParameter, TemplateRecord, TemplateRow

    tid, name, is_extensible, is_order_significant, is_root, parameters, rows = stored
    return TemplateRecord(
        tid=tid,
        name=name,
        is_extensible=is_extensible,
        is_order_significant=is_order_significant,
        is_root=is_root,
        parameters=tuple(map(TemplateParameter, parameters)),
        rows=tuple(
            TemplateRow(
                number=number,
                depth=depth,
                relationship=relationship,
                value_type=value_type,
                concept=_cell(concept),
                vm=vm,
                requirement=requirement,
                condition=None,
                value_set=_cell(value_set),
                included=included,
            )
            for (number, depth, relationship, value_type, concept, vm, requirement, value_set,
                 included) in rows
        ),
    )  # fmt: skip


def _cell(lines: list[str]) -> Passage | None:
    from octome.standard.block import Block
    from octome.standard.sources.records import Passage

    return Passage(tuple(Block(kind="paragraph", words=line) for line in lines)) if lines else None


def _read_table(stored: list[Any]) -> Table:
    from octome.standard.sources.records import Include, Row, Table

    id_, name, rows = stored
    read: list[Row | Include] = [
        Include(row[0], row[1], _cell(row[2]))
        if len(row) == 3
        else Row(row[0], row[1], row[2], None, row[3])
        for row in rows
    ]
    return Table(id_, name, read)
