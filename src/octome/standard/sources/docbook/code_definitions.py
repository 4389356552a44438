"""The codes that PS3.16 Annex D defines: tables of value, meaning, definition and notes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from octome.standard.sources.docbook.grid import Cell, grid_in
from octome.standard.sources.docbook.part import Part
from octome.standard.sources.docbook.tag import ID, PAGES, tag
from octome.standard.sources.docbook.text import Reading
from octome.standard.sources.records import CodeDefinition, Passage

COLUMNS = ("code value", "code meaning", "definition", "notes")
# In the caption: (Coding Scheme Designator "DCM" Coding Scheme Version "01").
SCHEME = re.compile(r"Coding Scheme Designator\W+(\w+)")


def read_code_definitions(part: Part, reading: Reading) -> tuple[CodeDefinition, ...]:
    """The codes in the part's order, each once. A row without a code is a problem."""
    found: dict[tuple[str, str], CodeDefinition] = {}
    for annex in part.root.iter(*PAGES):
        if annex.get("label", "").strip() == "D":
            for table in annex.iter(tag("table")):
                for code in _codes(part, reading, table):
                    if (code.scheme, code.value) in found:
                        part.problem(table, f"a second definition: {code.scheme} {code.value}")
                    found.setdefault((code.scheme, code.value), code)
    return tuple(found.values())


def _codes(part: Part, reading: Reading, table: etree._Element) -> Iterator[CodeDefinition]:
    read = grid_in(part, table)
    columns = [words.casefold() for words in read.columns()]
    value, meaning, definition, notes = (
        next((at for at, words in enumerate(columns) if words.startswith(name)), None)
        for name in COLUMNS
    )
    if value is None or meaning is None or definition is None:
        return  # a table of something else, which its section has as text
    stated = SCHEME.search(read.caption)
    url = part.url(table.get(ID, ""))
    for row in read.body:
        words = _cell(row, value).words
        if words and _cell(row, value) is not _cell(row, meaning):
            yield CodeDefinition(
                stated[1] if stated else "DCM",
                words,
                _cell(row, meaning).words,
                _text(reading, _cell(row, definition)),
                _text(reading, _cell(row, notes)),
                url,
            )
        elif any(cell.words for cell in row):
            part.problem(table, f"a row without code: {row[0].words or row[-1].words}")


def _cell(row: tuple[Cell, ...], at: int | None) -> Cell:
    return row[at] if at is not None and at < len(row) else Cell(None)


def _text(reading: Reading, cell: Cell) -> Passage | None:
    blocks = () if cell.element is None else reading.blocks(cell.element)
    return Passage(blocks) if blocks else None
