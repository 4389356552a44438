"""The context groups of PS3.16 Annex B: a section `sect_CID_n` each, with one table of codes."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from lxml import etree

from octome.standard.counted import counted
from octome.standard.sources.docbook.grid import Cell, Grid, grid_in, own_cells
from octome.standard.sources.docbook.inclusion import anchors_in
from octome.standard.sources.docbook.part import Part, title_of
from octome.standard.sources.docbook.register import uid
from octome.standard.sources.docbook.tag import ID, is_section, tag
from octome.standard.sources.docbook.text import Reading
from octome.standard.sources.docbook.words import plain_words
from octome.standard.sources.records import Code, ContextGroupRecord, IncludedGroup, Passage

# Some ids have a sign too many, as those of templates.
ANCHOR = re.compile(r"sect_CID_+(\d+)")
LABEL = re.compile(r"CID[\s_]+(\d+)")
IN_WORDS = re.compile(r"CID\s*(\d+)")
# In older editions one paragraph has several: `Type: Extensible Version: 20040112`.
STATED = re.compile(r"(?<!FHIR )\b(Type|Version|Keyword|UID):\s*((?:(?:Non|Not)\b[-\s]*)?\S+)")
IS_EXTENSIBLE = {"extensible": True, "nonextensible": False, "notextensible": False}
RESOURCES = frozenset({"Resources", "Keyword", "FHIR Keyword", "Type", "Version", "UID"})

Columns = tuple[int, int, int]


def read_context_groups(part: Part, reading: Reading) -> tuple[ContextGroupRecord, ...]:
    """The groups in the part's order. A row that is neither code nor include is a problem."""
    found: dict[int, ContextGroupRecord] = {}
    for section in part.sections():
        cid = _cid(section)
        if cid in found:
            part.problem(section, f"a second context group, not used: CID {cid}")
        elif cid is not None:
            found[cid] = _group(part, reading, section, cid)
    return tuple(found.values())


def _cid(section: etree._Element) -> int | None:
    """The number of the context group whose section this is, by its id, or else by its label."""
    id_ = section.get(ID)
    found = ANCHOR.fullmatch(id_) if id_ else LABEL.fullmatch(section.get("label", ""))
    return None if found is None else int(found[1])


def _group(part: Part, reading: Reading, section: etree._Element, cid: int) -> ContextGroupRecord:
    stated = _stated(section)
    title = title_of(section)
    type_ = stated.get("Type", "")
    is_extensible = IS_EXTENSIBLE.get(re.sub(r"[^a-z]", "", type_.casefold()))
    if type_ and is_extensible is None:
        part.problem(section, f"a type of a context group that is not known: {type_}")
    tables: dict[etree._Element, Columns] = {}
    for table in section.iter(tag("table"), tag("informaltable")):
        if next(filter(is_section, table.iterancestors())) is section:
            as_grid = grid_in(part, table)
            if columns := _columns(as_grid):
                tables[table] = columns
            elif as_grid.label.startswith("CID"):
                words = f"CID {cid}, {counted(len(as_grid.body), 'row')}"
                part.problem(table, f"a table of codes that is not read: {words}")
    return ContextGroupRecord(
        cid=cid,
        name=title or None,
        keyword=stated.get("Keyword", ""),
        entries=tuple(
            entry for table, columns in tables.items() for entry in _entries(part, table, columns)
        ),
        uid=uid(stated.get("UID", "")) or "",
        version=stated.get("Version", ""),
        is_extensible=is_extensible,
        text=_rest(reading, section, tables),
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


def _rest(
    reading: Reading, section: etree._Element, tables: Container[etree._Element]
) -> Passage | None:
    """The rest of a section, apart from the group's codes and the statements above them."""
    blocks = [
        block
        for child in section
        if isinstance(child.tag, str)
        and not (is_section(child) or child.tag == tag("title") or child in tables)
        and not _only_states(child)
        for block in reading.blocks(child)
    ]
    return Passage(tuple(blocks)) if blocks else None


def _only_states(element: etree._Element) -> bool:
    """Whether an element has nothing but the type, version, keyword and UID of a group."""
    if element.tag == tag("variablelist"):
        terms = [plain_words(term).rstrip(":") for term in element.iter(tag("term"))]
        return bool(terms) and RESOURCES.issuperset(terms)
    return element.tag == tag("para") and not STATED.sub("", plain_words(element)).strip()


def _columns(read: Grid) -> Columns | None:
    """Where the scheme, the value and the meaning of codes are; None if it has no codes."""
    columns = [words.casefold() for words in read.columns()]
    scheme, value, meaning = (
        next((at for at, words in enumerate(columns) if words.startswith(name)), None)
        for name in ("coding scheme designator", "code value", "code meaning")
    )
    if scheme is None or value is None or meaning is None:
        return None  # a table of something else
    return scheme, value, meaning


def _entries(part: Part, table: etree._Element, columns: Columns) -> Iterator[Code | IncludedGroup]:
    for row in grid_in(part, table).body:
        included = _included(row)
        scheme, value, meaning = (row[at].words if at < len(row) else "" for at in columns)
        if included:
            yield from map(IncludedGroup, included)
            for anchor in (f"sect_CID_{cid}" for cid in included):
                if anchor not in part.by_id:
                    part.problem(table, f"a reference to what is not here: {anchor}")
        elif scheme and value and len(own_cells(row)) > 1:
            yield Code(scheme, value, meaning)
        elif any(cell.words for cell in row):
            part.problem(table, f"a row without code: {row[0].words or meaning}")


def _included(row: tuple[Cell, ...]) -> list[int]:
    """The groups that a row includes."""
    element = row[0].element if row else None
    if element is None or not row[0].words.casefold().startswith("include"):
        return []
    linked = map(ANCHOR.fullmatch, anchors_in(row[0]))
    return [int(link[1]) for link in linked if link] or [
        int(cid) for cid in IN_WORDS.findall(row[0].words)
    ]
