"""The rows of an attribute table as an outline: attributes, and the macros that it includes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from octome.standard.sources.docbook.attribute_columns import TAG, TYPE, Columns
from octome.standard.sources.docbook.grid import Cell, Grid, own_cells
from octome.standard.sources.docbook.inclusion import (
    INCLUDE,
    Macros,
    anchors_in,
    has_functional_groups,
)
from octome.standard.sources.docbook.part import Part
from octome.standard.sources.docbook.text import Reading
from octome.standard.sources.records import Include, Passage, Row

MARKS = re.compile(r"[>\u203a\uff1e\s]*")


def attribute_rows(
    part: Part, reading: Reading, each: Grid, columns: Columns, macros: Macros
) -> Iterator[Row | Include]:
    """Rows with their depths; one that is not understood is a problem, as are those below it."""
    deepest = 0
    lost_below: int | None = None
    for cells in filter(None, each.body):
        words = cells[0].words
        marks = MARKS.match(words)
        name = words[marks.end() :] if marks else words
        stated_depth = len(words[: len(words) - len(name)].replace(" ", ""))
        depth = min(stated_depth, deepest)
        if lost_below is not None and stated_depth > lost_below:
            part.problem(each.element, f"a row below one that is not read: {words}")
            continue
        lost_below = None
        stated = cells[columns.tag].words if columns.tag < len(cells) else ""
        tag = TAG.match(stated)
        if INCLUDE.match(name) or (tag is None and macros.referred(anchors_in(cells[0]))):
            if has_functional_groups(cells[0], name):
                continue
            macro = macros.included(cells[0], name)
            if macro is not None:
                yield Include(depth, macro, _text(reading, cells, columns))
                deepest = depth + 1
            continue
        if tag is None:
            if stated.lower() == "tag":
                continue  # headings that are not marked as such
            found = f" ({stated})" if stated != words else ""
            part.problem(each.element, f"a row without a tag: {words}{found}")
            if "sequence" in name.lower() and len(own_cells(cells)) > 1:
                lost_below = stated_depth
            continue
        if tag[3]:
            part.problem(each.element, f"words after a tag: {stated} of {name}")
        if not name:
            part.problem(each.element, f"a row without a name: {stated}")
        type_ = _type(part, each, cells, columns, name)
        yield Row(
            depth,
            (tag[1] + tag[2]).lower(),
            type_,
            _text(reading, cells, columns),
            name,
        )
        # Some older editions raise the level below what is not a sequence.
        deepest = depth + 1 if "sequence" in name.lower() or not name else depth


def _type(
    part: Part, each: Grid, cells: tuple[Cell, ...], columns: Columns, name: str
) -> str | None:
    if columns.type is None or columns.type >= len(cells):
        return None
    stated = cells[columns.type].words
    found = TYPE.fullmatch(stated)
    if stated and (found is None or found[3]):
        part.problem(each.element, f"a type that is not known: {stated!r} of {name}")
    return found[1] + found[2].upper() if found else None


def _text(reading: Reading, cells: tuple[Cell, ...], columns: Columns) -> Passage | None:
    """The description of a row: without its column the last cell that is not the first as well."""
    at = columns.description
    cell = cells[at] if at is not None and at < len(cells) else own_cells(cells)[-1]
    if cell is cells[0] or cell.element is None:
        return None
    blocks = reading.blocks(cell.element)
    return Passage(blocks) if blocks else None
