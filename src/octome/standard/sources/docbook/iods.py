"""The CIODs of PS3.3 Annex A with their modules and functional group macros."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from octome.standard.counted import counted
from octome.standard.sources.docbook.attribute_columns import attribute_columns
from octome.standard.sources.docbook.attribute_tables import AttributeTables, description
from octome.standard.sources.docbook.grid import Cell, Grid, first_row, grid_in, own_cells
from octome.standard.sources.docbook.part import Part, title_of
from octome.standard.sources.docbook.table_caption import plain_caption
from octome.standard.sources.docbook.table_id import table_id
from octome.standard.sources.docbook.tag import tag
from octome.standard.sources.docbook.text import Reading
from octome.standard.sources.records import CiodRecord, Passage, Use

MODULES = re.compile(
    r"(.+?) (?:IODs?|Information Object(?:ion)? Definition) Module(?:s|s? Table)?$", re.IGNORECASE
)
# Names in captions of older editions; elsewhere the IOD has the newer name.
EARLIER = {"Enhanced X-Ray Angiographic Image": "Enhanced XA Image"}
LEAD = re.compile(
    r"\(?(?:[MUC]|Mandatory|Conditional|User(?: Option(?:al)?)?)\b\)?\s*[-\u2013.:]?\s*",
    re.IGNORECASE,
)
USAGE = re.compile(r"\(?(?:([MUC])\b|(M)andatory|(C)onditional|(U)ser)", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Iods:
    """CIODs in the part's order, with the modules of each."""

    ciods: list[CiodRecord] = field(default_factory=list)
    uses: list[Use] = field(default_factory=list)
    by_section: dict[str, str] = field(default_factory=dict)
    """The CIOD of the section around the one with its table of modules."""


def iods(part: Part, reading: Reading, tables: AttributeTables) -> Iods:
    """All CIODs, in sections of any depth; anything not understood becomes a problem."""
    found = Iods()
    modules = {module.id for module in tables.modules}
    for element in part.root.iter(tag("table"), tag("informaltable")):
        match = MODULES.match(plain_caption(title_of(element)))
        words = first_row(element)
        if match is None and not ("module" in words and "usage" in words):
            continue
        each = grid_in(part, element)
        if attribute_columns(each) is not None:
            continue
        match = match or _titled(element)
        if match is None:
            words = f"{each.caption or '(no caption)'}, {counted(len(each.body), 'row')}"
            part.problem(element, f"a table of modules that is not read: {words}")
            continue
        name = EARLIER.get(match[1], match[1])
        ciod = table_id(name)
        section = section_around(part, element)
        uses = list(_uses(part, reading, each, ciod, modules, tables))
        if all(ciod != other.id for other in found.ciods):
            text = _description(reading, element)
            found.ciods.append(CiodRecord(ciod, name, text, part.url(each.anchor)))
            found.by_section[section] = ciod
        elif found.by_section.get(section) != ciod or _tables(uses) & _tables(found.uses, ciod):
            words = f"{name}, {counted(len(uses), 'row')}"
            part.problem(element, f"a second table of modules: {words}")
            continue
        found.uses.extend(uses)
    return found


def _tables(uses: Iterable[Use], ciod: str | None = None) -> set[str]:
    """The modules that some uses are of, or those of them that are of one CIOD."""
    return {use.table for use in uses if ciod in (None, use.ciod)}


def _titled(table: etree._Element) -> re.Match[str] | None:
    """The name of a CIOD in the title of the section of its table of modules."""
    section = table.getparent()
    return None if section is None else MODULES.match(plain_caption(title_of(section)))


def section_around(part: Part, table: etree._Element) -> str:
    """The anchor of the section around the section that a table is in."""
    section = table.getparent()
    return part.anchor_near(None if section is None else section.getparent())


def _description(reading: Reading, table: etree._Element) -> Passage | None:
    """The text of the first section of the IOD's own section: its description."""
    section = table.getparent()
    above = section.getparent() if section is not None else None
    first = above.find(tag("section")) if above is not None else None
    return description(reading, section if first is None else first)


def _uses(
    part: Part, reading: Reading, each: Grid, ciod: str, modules: set[str], tables: AttributeTables
) -> Iterator[Use]:
    has_entity = not each.heads or "module" not in each.heads[0]
    at = 1 if has_entity else 0
    usage_at = each.heads.index("usage") if "usage" in each.heads else -1
    entity = ""
    for cells in filter(None, each.body):
        own = own_cells(cells)
        if has_entity and len(cells) == len(own) == 3:
            cells = (Cell(None), *cells)
        usage = read_usage(cells, usage_at)
        if len(cells) < at + 3:
            words = " ".join(cell.words for cell in own)
            part.problem(each.element, f"a row of modules that is too short: {words}")
            continue
        entity = (cells[0].words or entity) if has_entity else ""
        name = cells[at].words
        id_ = used_table(name, cells[at + 1], modules, tables)
        if usage is None and is_heading(cells):
            continue
        if usage is None:
            part.problem(each.element, f"a usage that is not known: {cells[-1].words!r} of {name}")
        elif id_ is None:
            part.problem(each.element, f"a module that is not known: {name!r}")
        else:
            entity_name = entity.replace(" Of ", " of ") or None
            yield Use(ciod, id_, usage[0], entity_name, condition(reading, usage[1]))


def read_usage(cells: tuple[Cell, ...], at: int) -> tuple[str, Cell] | None:
    """The letter of a usage, and its cell; None if there is none. Without its column, the last."""
    cell = cells[at] if at < len(cells) else cells[-1]
    found = USAGE.match(cell.words)
    return None if found is None else (next(filter(None, found.groups())).upper(), cell)


def is_heading(cells: tuple[Cell, ...]) -> bool:
    """Whether a row has headings that are not marked as such."""
    return cells[-1].words.lower() == "usage"


def used_table(name: str, reference: Cell, known: set[str], tables: AttributeTables) -> str | None:
    """The id of a module or macro by its name, or by the section that has its table."""
    if table_id(name) in known:
        return table_id(name)
    if reference.element is None:
        return None
    for xref in reference.element.iter(tag("xref")):
        there = [id_ for id_ in tables.by_section.get(xref.get("linkend", ""), []) if id_ in known]
        if there:
            return there[0]
    return None


def condition(reading: Reading, usage: Cell) -> Passage | None:
    """The text of a usage after its letter; None if there is none."""
    if usage.element is None or len(usage.words) < 2:
        return None
    blocks = reading.blocks(usage.element)
    lead = LEAD.match(blocks[0].words) if blocks else None
    if lead is None:
        return Passage(blocks)
    cut = lead.end()
    spans = tuple(
        span._replace(start=max(span.start - cut, 0), end=span.end - cut)
        for span in blocks[0].spans
        if span.end > cut
    )
    first = replace(blocks[0], words=blocks[0].words[cut:], spans=spans)
    rest = (first, *blocks[1:]) if first.words or first.blocks else blocks[1:]
    return Passage(rest) if rest else None
