"""The CIODs of PS3.3 Annex A with their modules and functional group macros."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from octome.standard.sources.docbook.attribute_tables import AttributeTables, description
from octome.standard.sources.docbook.grid import Cell, Grid, grid
from octome.standard.sources.docbook.part import Part, title_of
from octome.standard.sources.docbook.table_id import table_id
from octome.standard.sources.docbook.tag import tag
from octome.standard.sources.docbook.text import Reading
from octome.standard.sources.records import CiodRecord, Passage, Use

MODULES = re.compile(
    r"(.+?) (?:IOD|Information Object Definition|Information Objection Definition) Modules?$"
)
# Names in captions of older editions; elsewhere the IOD has the newer name.
EARLIER = {"Enhanced X-Ray Angiographic Image": "Enhanced XA Image"}
LEAD = re.compile(r"[MUC]\b\s*[-\u2013.:]?\s*")
USAGE = re.compile(r"([MUC])\b")


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
    for element in part.root.iter(tag("table")):
        match = MODULES.match(title_of(element))
        if match is None:
            continue
        each = grid(element)
        name = EARLIER.get(match[1], match[1])
        ciod = table_id(name)
        if any(ciod == other.id for other in found.ciods):
            part.problem(each.element, f"a second table of modules: {name}")
            continue
        text = _description(reading, each.element)
        found.ciods.append(CiodRecord(ciod, name, text, part.url(each.anchor)))
        found.by_section[section_around(part, element)] = ciod
        found.uses.extend(_uses(part, reading, each, ciod, modules, tables))
    return found


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
    columns = [column.lower() for column in each.columns()]
    has_entity = not columns or "module" not in columns[0]
    at = 1 if has_entity else 0
    entity = ""
    for cells in each.body:
        if len(cells) < at + 3:
            part.problem(
                each.element,
                f"a row of modules that is too short: {' '.join(cell.words for cell in cells)}",
            )
            continue
        entity = (cells[0].words or entity) if has_entity else ""
        name = cells[at].words
        id_ = used_table(name, cells[at + 1], modules, tables)
        usage = USAGE.match(cells[-1].words)
        if id_ is None or usage is None:
            part.problem(each.element, f"a module that is not known: {name!r}")
            continue
        entity_name = entity.replace(" Of ", " of ") or None
        yield Use(ciod, id_, usage[1], entity_name, condition(reading, cells[-1]))


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
    return Passage((first, *blocks[1:]) if first.words or first.blocks else blocks[1:])
