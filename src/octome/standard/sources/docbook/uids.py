"""The registry of UIDs: PS3.6 Annex A."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping

from octome.standard.sources.docbook.grid import Grid
from octome.standard.sources.docbook.part import Part
from octome.standard.sources.docbook.register import Line, all_words, lines, refers, tables, uid
from octome.standard.sources.docbook.tag import tag
from octome.standard.sources.docbook.text import Reading
from octome.standard.sources.records import NO_NAME, Uid

FRAME_OF_REFERENCE = "Well-known frame of reference"
CONTEXT_GROUP = "Context Group"
# The columns of tables without a head, by their number. Since 2020d there is a keyword, and then a
# last column with RET.
OLD_UIDS = ("value", "name", "type", "part")
COLUMNS = {
    "A-1": (OLD_UIDS, ("value", "name", "keyword", "type", "part", "note")),
    "A-2": (("value", "name", "reference"), ("value", "name", "keyword", "reference", "note")),
    "A-3": (("value", "identifier", "name", "note"),),
    "A-4": (OLD_UIDS, ("value", "name", "keyword", "type", "part", "note")),
}
NAMES_OF_COLUMNS = {
    "uid value": "value",
    "context uid": "value",
    "uid name": "name",
    "context group name": "name",
    "context identifier": "identifier",
    "uid keyword": "keyword",
    "uid type": "type",
    "normative reference": "reference",
    "comment": "note",
    "": "note",
}
# Four rows name the service instead of the type, until 2015 or later. One type has two spellings.
TYPES = {
    "transfer": "SOP Class",
    "query/retrieve": "SOP Class",
    FRAME_OF_REFERENCE.casefold(): FRAME_OF_REFERENCE,
}
RETIRED = re.compile(r"\s*\(Retired\)\s*")
RET = re.compile(r"RET\b[\s-]*")
# `JPEG Baseline (Process 1): Default Transfer Syntax for ...`
WITH_INFO = re.compile(r"(.+?) ?: (Default Transfer Syntax .*)")
GROUP = re.compile(r"(?:sect|table)_CID_(\d+)")


def read_uids(part: Part, titles: Mapping[str, str] | None = None) -> tuple[Uid, ...]:
    """The UIDs of part 6 in its order, each once: values, frames of reference, groups, templates.

    `titles` are those of other parts, by `PS3.16#sect_CID_4`: context groups are named only by
    references to them.
    """
    reading = Reading(part, titles)
    found: dict[str, Uid] = {}
    for table, line, value in _lines(part, COLUMNS):
        record = _uid(value, table, line, reading)
        known = found.get(value)
        if known is None:
            found[value] = record
        elif table.label == "A-2":  # the same frame of reference as in A-1
            found[value] = known._replace(keyword=known.keyword or record.keyword)
        else:
            part.problem(table.element, f"registered twice: {value}")
    return tuple(found.values())


def _lines(part: Part, labels: Container[str]) -> Iterator[tuple[Grid, Line, str]]:
    for table in tables(part, labels) if part.number == 6 else ():
        for line in lines(table, _columns(table)):
            value = uid(line.words("value"))
            if value is None:
                part.problem(table.element, f"a UID that cannot be read: {all_words(line)}")
            else:
                yield table, line, value


def _columns(table: Grid) -> tuple[str, ...]:
    head = [words.casefold() for words in table.columns()]
    if head:
        return tuple(NAMES_OF_COLUMNS.get(words, words) for words in head)
    width = max(map(len, table.body), default=0)
    shapes = COLUMNS[table.label]
    return next((shape for shape in shapes if len(shape) >= width), shapes[-1])


def _uid(value: str, table: Grid, line: Line, reading: Reading) -> Uid:
    name = _words(line, "name", reading)
    is_retired = RETIRED.search(name) is not None
    note = line.words("note")
    ret = RET.match(note)
    name, info = RETIRED.sub(" ", name).strip(), note[ret.end() :] if ret else note
    if split := WITH_INFO.fullmatch(name):
        name, info = split[1], split[2]
    if not info and not line.words("part").startswith("PS"):
        info = line.words("part")  # another standard: `DICOS`, `DICONDE ASTM E2934`
    if table.label == "A-3" and (cid := _cid(line)) is not None:
        label = f"CID {cid}"
        name = f"{label} {name.removeprefix(label).strip()}".strip()
    type_ = line.words("type")
    if table.label in ("A-2", "A-3"):
        type_ = FRAME_OF_REFERENCE if table.label == "A-2" else CONTEXT_GROUP
    return Uid(
        value,
        name or NO_NAME,
        TYPES.get(type_.casefold(), type_),
        info,
        line.words("keyword").replace(" ", ""),
        is_retired or ret is not None,
    )


def _words(line: Line, column: str, reading: Reading) -> str:
    """The words of a cell, with the text of its references."""
    cell = line.cells.get(column)
    if cell is None or cell.element is None:
        return ""
    return reading.words(cell.element) if refers(cell.element) else cell.words


def _cid(line: Line) -> int | None:
    """The number of the context group of a line, as text or as a reference."""
    for column in ("identifier", "name"):
        cell = line.cells.get(column)
        if cell is None or cell.element is None:
            continue
        words = cell.words.removeprefix("CID").strip()
        if words.isascii() and words.isdigit():
            return int(words)
        for reference in cell.element.iter(tag("olink")):
            if found := GROUP.fullmatch(reference.get("targetptr", "")):
                return int(found[1])
    return None
