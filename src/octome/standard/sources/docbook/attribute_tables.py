"""The attribute tables of PS3.3: modules and macros, each with its rows as an outline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from octome.standard.sources.docbook.grid import Cell, Grid, grid, own_cells
from octome.standard.sources.docbook.part import Part, title_of
from octome.standard.sources.docbook.table_id import table_id
from octome.standard.sources.docbook.tag import SECTION, is_section, tag
from octome.standard.sources.docbook.text import Reading
from octome.standard.sources.records import Include, Passage, Row, Table

CAPTION = re.compile(
    r"(.*?)(?: Functional Group(?= Macro))?\s*\b(Module|Macro)?\s*"
    r"(?:Attributes|Table)?(?: Description)?$"
)
# With a comma, as in `(0028,0010)` and `(60xx,3000)`; some rows have none.
TAG = re.compile(r"\(?([0-9A-Fa-f]{2}[0-9A-Fa-fxX]{2}),? ?([0-9A-Fa-fxX]{4})\)?$")
TYPE = re.compile(r"[123]C?$")
INCLUDE = re.compile(r"include\b", re.IGNORECASE)
TABLE_NUMBER = re.compile(r"Table ([A-Z0-9][\w.-]*\w)")


@dataclass(frozen=True, kw_only=True)
class AttributeTables:
    """Modules and macros in the part's order; `by_section` has the ids of a section's tables."""

    modules: list[Table] = field(default_factory=list)
    macros: list[Table] = field(default_factory=list)
    by_section: dict[str, list[str]] = field(default_factory=dict)


def attribute_tables(part: Part, reading: Reading) -> AttributeTables:
    """All attribute tables of PS3.3; what is not understood is added to the part's problems."""
    found = AttributeTables()
    grids = [each for each in map(grid, part.root.iter(tag("table"))) if is_attribute_table(each)]
    names = {each.anchor: name_and_kind(each) for each in grids}
    macros = {anchor: table_id(name) for anchor, (name, kind) in names.items() if kind == "Macro"}
    seen: set[tuple[str, str]] = set()
    for each in grids:
        name, kind = names[each.anchor]
        id_ = table_id(name)
        if not id_ or (kind, id_) in seen:
            part.problem(each.element, f"a second table: {kind.lower()} {name or '(no name)'}")
            continue
        seen.add((kind, id_))
        section = each.element.getparent()
        table = Table(
            id_,
            name,
            list(_rows(part, reading, each, macros)),
            description(reading, section),
            part.url(each.anchor),
        )
        (found.macros if kind == "Macro" else found.modules).append(table)
        found.by_section.setdefault(part.anchor_near(section), []).append(id_)
    return found


def is_attribute_table(each: Grid) -> bool:
    """Whether a table has attributes by name and tag; the examples in PS3.3 5.4 are left out."""
    columns = [column.lower() for column in each.columns()]
    if each.caption.startswith("Example "):
        return False
    return "tag" in columns and "name" in columns[0]


def name_and_kind(each: Grid) -> tuple[str, str]:
    """The name of a module or macro, and which of both: of its caption, or its section's title."""
    match = CAPTION.match(each.caption)
    name, kind = (match[1], match[2]) if match else (each.caption, None)
    section = each.element.getparent()
    title = title_of(section) if section is not None else ""
    if kind is None:
        kind = "Module" if "Module" in title else "Macro"
    return name, kind


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


def _rows(
    part: Part, reading: Reading, each: Grid, macros: dict[str, str]
) -> Iterator[Row | Include]:
    columns = [column.lower() for column in each.columns()]
    tag_at = columns.index("tag")
    type_at = columns.index("type") if "type" in columns else None
    deepest = 0
    for cells in each.body:
        if not cells:
            continue
        words = cells[0].words
        name = words.lstrip("> ")
        depth = min(words[: len(words) - len(name)].count(">"), deepest)
        text = _text(reading, cells)
        if INCLUDE.match(name):
            if has_functional_groups(cells[0], name):
                continue
            macro = _included(part, cells[0], name, macros)
            if macro is not None:
                yield Include(depth, macro, text)
                deepest = depth + 1
            continue
        stated = cells[tag_at].words if tag_at < len(cells) else ""
        match = TAG.match(stated)
        if match is None:
            part.problem(
                each.element,
                f"a row without a tag: {words}{f' ({stated})' if stated != words else ''}",
            )
            continue
        type_ = cells[type_at].words if type_at is not None and type_at < len(cells) else ""
        if type_ and not TYPE.match(type_):
            part.problem(each.element, f"a type that is not known: {type_!r} of {name}")
        yield Row(
            depth,
            (match[1] + match[2]).lower(),
            type_ if TYPE.match(type_) else None,
            text,
            name,
        )
        # Some older editions raise the level below what is not a sequence.
        deepest = depth + 1 if "sequence" in name.lower() else depth


def has_functional_groups(cell: Cell, name: str) -> bool:
    """Whether a row includes all functional group macros of a CIOD, which are separate uses."""
    links = () if cell.element is None else cell.element.iter(tag("xref"))
    return "Functional Group Macros" in name or any(
        link.get("linkend", "").endswith("FunctionalGroupMacros") for link in links
    )


def _text(reading: Reading, cells: tuple[Cell, ...]) -> Passage | None:
    """What the last cell of a row has, if it is not the first as well."""
    last = own_cells(cells)[-1]
    if last is cells[0] or last.element is None:
        return None
    blocks = reading.blocks(last.element)
    return Passage(blocks) if blocks else None


def _included(part: Part, cell: Cell, name: str, macros: dict[str, str]) -> str | None:
    """The id of the macro that a row includes; None if there is none, which becomes a problem."""
    anchors = []
    if cell.element is not None:
        anchors = [xref.get("linkend", "") for xref in cell.element.iter(tag("xref"))]
    anchors += [f"table_{number}" for number in TABLE_NUMBER.findall(name)]
    for anchor in anchors:
        if anchor in macros:
            return macros[anchor]
    part.problem(cell.element, f"includes a macro that is not there: {name} {' '.join(anchors)}")
    return None
