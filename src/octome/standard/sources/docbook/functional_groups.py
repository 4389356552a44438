"""The functional group macros of each multi-frame CIOD, from the tables of PS3.3 Annex A."""

from __future__ import annotations

import re
from collections.abc import Iterator

from octome.standard.sources.docbook.attribute_tables import AttributeTables
from octome.standard.sources.docbook.grid import grid
from octome.standard.sources.docbook.iods import USAGE, Iods, condition, section_around, used_table
from octome.standard.sources.docbook.part import Part, title_of
from octome.standard.sources.docbook.table_id import table_id
from octome.standard.sources.docbook.tag import tag
from octome.standard.sources.docbook.text import Reading
from octome.standard.sources.records import Use

CAPTION = re.compile(r"(.+?)(?: IOD)? Functional Group Macros$")


def functional_groups(
    part: Part, reading: Reading, found: Iods, tables: AttributeTables
) -> Iterator[Use]:
    """Each macro of each CIOD; the text of its usage has per-frame and shared constraints."""
    ciods = {ciod.id for ciod in found.ciods}
    macros = {macro.id for macro in tables.macros}
    for element in part.root.iter(tag("table")):
        match = CAPTION.match(title_of(element))
        if match is None:
            continue
        each = grid(element)
        ciod = table_id(match[1])
        if ciod not in ciods:
            # The caption has a short name for some: Enhanced XA.
            ciod = found.by_section.get(section_around(part, each), "")
        if not ciod:
            part.problem(each.element, f"functional groups of an unknown CIOD: {match[1]}")
            continue
        for cells in each.body:
            name = cells[0].words if cells else ""
            id_ = used_table(name, cells[1], macros, tables) if len(cells) > 2 else None
            usage = USAGE.match(cells[-1].words) if cells else None
            if id_ is None or usage is None:
                part.problem(each.element, f"the functional group {name!r} is not understood")
                continue
            yield Use(ciod, id_, usage[1], None, condition(reading, cells[-1]))
