"""The attribute tables of PS3.3: modules and macros, each with its rows as an outline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from octome.standard.counted import counted
from octome.standard.sources.docbook.attribute_columns import (
    Columns,
    attribute_columns,
    unread_rows,
)
from octome.standard.sources.docbook.attribute_rows import attribute_rows
from octome.standard.sources.docbook.grid import Grid, grid_in
from octome.standard.sources.docbook.inclusion import Macros
from octome.standard.sources.docbook.part import Part, title_of
from octome.standard.sources.docbook.table_caption import caption_or_title
from octome.standard.sources.docbook.table_id import table_id
from octome.standard.sources.docbook.tag import SECTION, is_section, tag
from octome.standard.sources.docbook.text import Reading
from octome.standard.sources.records import Include, Passage, Row, Table

Rows = list[Row | Include]
MACRO = "Macro"
CAPTION = re.compile(
    r"(.*?)(?: Functional Groups?(?= Macro))?\s*\b(Module|Macro)?\s*"
    r"(?:Attributes?|Table)?(?: Description)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class AttributeTables:
    """Modules and macros in the part's order; `by_section` has the ids of a section's tables."""

    modules: list[Table] = field(default_factory=list)
    macros: list[Table] = field(default_factory=list)
    by_section: dict[str, list[str]] = field(default_factory=dict)


def attribute_tables(part: Part, reading: Reading) -> AttributeTables:
    """All attribute tables of PS3.3; what is not understood is added to the part's problems."""
    found = AttributeTables()
    named = [(each, columns, *name_and_kind(each)) for each, columns in _attribute_grids(part)]
    macros = Macros(
        part, ((each, table_id(name)) for each, _, name, kind in named if kind == MACRO)
    )
    seen: dict[tuple[str, str], tuple[str, Rows]] = {}
    for each, columns, name, kind in named:
        id_ = table_id(name)
        section = each.element.getparent()
        anchor = part.anchor_near(section)
        rows = list(attribute_rows(part, reading, each, columns, macros))
        first_anchor, first = seen.setdefault((kind, id_), (anchor, rows))
        if id_ and first is rows:
            table = Table(id_, name, rows, description(reading, section), part.url(each.anchor))
            (found.macros if kind == MACRO else found.modules).append(table)
            found.by_section.setdefault(anchor, []).append(id_)
        elif id_ and anchor == first_anchor and not _tags(first) & _tags(rows):
            first += rows  # one table in two, with something between them
        else:
            words = f"{kind.lower()} {name or '(no name)'}, {counted(len(each.body), 'row')}"
            part.problem(each.element, f"a second table: {words}")
    return found


def _attribute_grids(part: Part) -> Iterator[tuple[Grid, Columns]]:
    """The tables of attributes; one that only looks like it is a problem."""
    for element in part.root.iter(tag("table"), tag("informaltable")):
        each = grid_in(part, element)
        columns = attribute_columns(each)
        if columns is not None:
            yield each, columns
        elif rows := unread_rows(each):
            words = f"{each.caption or '(no caption)'}, {counted(rows, 'row')}"
            part.problem(element, f"a table of attributes that is not read: {words}")


def _tags(rows: Rows) -> set[str]:
    """The tags at the top of a table."""
    return {row.tag for row in rows if isinstance(row, Row) and not row.depth}


def name_and_kind(each: Grid) -> tuple[str, str]:
    """The name of a module or macro, and which of both: of its caption, or its section's title."""
    caption = caption_or_title(each.element)
    match = CAPTION.match(caption)
    name, kind = (match[1], match[2]) if match else (caption, None)
    if kind is None:
        section = each.element.getparent()
        kind = "Module" if section is not None and "Module" in title_of(section) else MACRO
    return name, kind.capitalize()


def description(reading: Reading, section: etree._Element | None) -> Passage | None:
    """A section's own text, without its title, its tables and the sections in it."""
    if section is None or not is_section(section):
        return None
    left_out = (tag("table"), tag("title"), SECTION)
    blocks = [
        block
        for child in section
        if isinstance(child.tag, str) and child.tag not in left_out
        for block in reading.blocks(child)
    ]
    return Passage(tuple(blocks)) if blocks else None
