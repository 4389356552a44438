"""The context groups of PS3.16 Annex B: a section `sect_CID_n` each, with one table of codes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from octome.standard.sources.docbook.grid import Cell, grid, own_cells
from octome.standard.sources.docbook.part import Part, title_of
from octome.standard.sources.docbook.register import uid
from octome.standard.sources.docbook.tag import ID, is_section, tag
from octome.standard.sources.docbook.words import plain_words
from octome.standard.sources.records import Code, ContextGroupRecord, IncludedGroup

ANCHOR = re.compile(r"sect_CID_(\d+)")
IN_WORDS = re.compile(r"CID\s*(\d+)")
# In older editions one paragraph has several: `Type: Extensible Version: 20040112`.
STATED = re.compile(r"\b(Type|Version|Keyword|UID):\s*(\S+)")


def read_context_groups(part: Part) -> tuple[ContextGroupRecord, ...]:
    """The groups in the part's order. A row that is neither code nor include is a problem."""
    found: dict[int, ContextGroupRecord] = {}
    for section in part.sections():
        anchor = ANCHOR.fullmatch(section.get(ID, ""))
        if anchor and int(anchor[1]) not in found:
            found[int(anchor[1])] = _group(part, section, int(anchor[1]))
    return tuple(found.values())


def _group(part: Part, section: etree._Element, cid: int) -> ContextGroupRecord:
    stated = _stated(section)
    title = title_of(section)
    kind = stated.get("Type", "").casefold()
    return ContextGroupRecord(
        cid=cid,
        name=title or None,
        keyword=stated.get("Keyword", ""),
        entries=tuple(_entries(part, section)),
        uid=uid(stated.get("UID", "")) or "",
        version=stated.get("Version", ""),
        is_extensible={"extensible": True, "non-extensible": False}.get(kind),
        url=part.url(section.get(ID, "")),
    )


def _stated(section: etree._Element) -> dict[str, str]:
    """What is said above the table, as a list of terms or as paragraphs."""
    found: dict[str, str] = {}
    for child in section:
        if child.tag in (tag("table"), tag("informaltable")) or is_section(child):
            break
        for entry in child.iter(tag("varlistentry"), tag("para")):
            found |= dict(STATED.findall(plain_words(entry)))
    return found


def _entries(part: Part, section: etree._Element) -> Iterator[Code | IncludedGroup]:
    for table in section.iter(tag("table")):
        read = grid(table)
        columns = [words.casefold() for words in read.columns()]
        at = [
            next((n for n, words in enumerate(columns) if words.startswith(name)), None)
            for name in ("coding scheme designator", "code value", "code meaning")
        ]
        if None in at:
            continue  # a table of something else, which its section has as text
        for row in read.body:
            included = _included(row)
            scheme, value, meaning = (
                row[n].words if n is not None and n < len(row) else "" for n in at
            )
            if included:
                yield from map(IncludedGroup, included)
            elif scheme and value and len(own_cells(row)) > 1:
                yield Code(scheme, value, meaning)
            elif any(cell.words for cell in row):
                part.problem(table, f"a row without code: {row[0].words or meaning}")


def _included(row: tuple[Cell, ...]) -> list[int]:
    """The groups that a row includes."""
    element = row[0].element if row else None
    if element is None or not row[0].words.casefold().startswith("include"):
        return []
    linked = (ANCHOR.fullmatch(xref.get("linkend", "")) for xref in element.iter(tag("xref")))
    return [int(link[1]) for link in linked if link] or [
        int(cid) for cid in IN_WORDS.findall(row[0].words)
    ]
