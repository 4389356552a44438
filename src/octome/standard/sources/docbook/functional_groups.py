"""The functional group macros of each multi-frame CIOD, from the tables of PS3.3 Annex A."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from octome.standard.counted import counted
from octome.standard.sources.docbook.attribute_columns import attribute_columns
from octome.standard.sources.docbook.attribute_tables import AttributeTables
from octome.standard.sources.docbook.grid import Grid, first_row, grid_in
from octome.standard.sources.docbook.iods import (
    MODULES,
    Iods,
    condition,
    is_heading,
    read_usage,
    section_around,
    used_table,
)
from octome.standard.sources.docbook.part import Part, title_of
from octome.standard.sources.docbook.table_caption import caption_or_title, plain_caption
from octome.standard.sources.docbook.table_id import table_id
from octome.standard.sources.docbook.tag import ID, tag
from octome.standard.sources.docbook.text import Reading
from octome.standard.sources.records import Use

CAPTION = re.compile(r"(.+?)(?: IODs?)? Functional Groups? Macros?(?: Table)?$", re.IGNORECASE)


def functional_groups(
    part: Part, reading: Reading, found: Iods, tables: AttributeTables
) -> Iterator[Use]:
    """Each macro of each CIOD; the text of its usage has per-frame and shared constraints."""
    ciods = {ciod.id for ciod in found.ciods}
    by_anchor: dict[str, list[Use]] = {}
    for element in part.root.iter(tag("table"), tag("informaltable")):
        match = CAPTION.match(plain_caption(title_of(element)))
        words = first_row(element)
        if match is None and not ("macro" in words and "usage" in words):
            continue
        each = grid_in(part, element)
        if attribute_columns(each) is not None or MODULES.match(plain_caption(each.caption)):
            continue
        match = match or CAPTION.match(caption_or_title(element))
        if match is None:
            words = f"{each.caption or '(no caption)'}, {counted(len(each.body), 'row')}"
            part.problem(element, f"a table of functional groups that is not read: {words}")
            continue
        ciod = table_id(match[1])
        if ciod not in ciods:
            # The caption has a short name for some: Enhanced XA.
            ciod = found.by_section.get(section_around(part, element), "")
        if not ciod:
            part.problem(element, f"functional groups of an unknown CIOD: {match[1]}")
            continue
        uses = list(_uses(part, reading, each, ciod, tables))
        yield from uses
        by_anchor[element.get(ID, "")] = uses
        by_anchor.setdefault(part.anchor_near(element.getparent()), uses)
    for section in part.root.iter(tag("section")):
        yield from _reused(part, section, found, by_anchor)


def _uses(
    part: Part, reading: Reading, each: Grid, ciod: str, tables: AttributeTables
) -> Iterator[Use]:
    macros = {macro.id for macro in tables.macros}
    usage_at = each.heads.index("usage") if "usage" in each.heads else -1
    for cells in filter(None, each.body):
        name = cells[0].words
        id_ = used_table(name, cells[1], macros, tables) if len(cells) > 2 else None
        usage = read_usage(cells, usage_at)
        if usage is None and is_heading(cells):
            continue
        if id_ is None:
            part.problem(each.element, f"a functional group that is not known: {name!r}")
        elif usage is None:
            part.problem(each.element, f"a usage that is not known: {cells[-1].words!r} of {name}")
        else:
            yield Use(ciod, id_, usage[0], None, condition(reading, usage[1]))


def _reused(
    part: Part, section: etree._Element, found: Iods, by_anchor: dict[str, list[Use]]
) -> Iterator[Use]:
    """The macros of a CIOD whose section refers to the table of another CIOD."""
    if CAPTION.match(title_of(section)) is None or section.find(f".//{tag('table')}") is not None:
        return
    ciod = found.by_section.get(part.anchor_near(section.getparent()), "")
    for xref in section.iter(tag("xref")):
        uses = by_anchor.get(xref.get("linkend", ""), [])
        if ciod and uses and all(use.ciod != ciod for use in uses):
            yield from (use._replace(ciod=ciod) for use in uses)
            return
