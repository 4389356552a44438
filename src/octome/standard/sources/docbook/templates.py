"""The templates of PS3.16, annexes A and C: a section `sect_TID_n` each, with a table of rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from octome.standard.block import Block, walk, words_of
from octome.standard.sources.docbook.grid import Cell, Grid, grid_in, own_cells
from octome.standard.sources.docbook.part import Part, title_of
from octome.standard.sources.docbook.register import Line, all_words, lines
from octome.standard.sources.docbook.tag import ID, is_section, tag
from octome.standard.sources.docbook.text import Reading
from octome.standard.sources.docbook.words import plain_words
from octome.standard.sources.records import Passage, TemplateParameter, TemplateRecord, TemplateRow
from octome.standard.template_line import Numbered, read_line

# Some ids have a sign too many: `table_TID__1604`.
ANCHOR = re.compile(r"sect_TID_+(\w+?)")
LABEL = re.compile(r"TID[\s_]+(\d+[A-Z]?)")
# In older editions one paragraph has several: `Type: Extensible Order: Significant`.
STATED = re.compile(r"\b(Type|Order|Root):\s*((?:Non-?\s?)?\w+)", re.IGNORECASE)
TITLES = frozenset(map(tag, ("title", "info", "subtitle", "titleabbrev")))
TABLES = (tag("table"), tag("informaltable"))
# How the head of a column begins, by what is in the column. Templates of acquisition context have
# no relationship, and some have no nesting level. The head of the row numbers is empty.
COLUMNS: Mapping[str, re.Pattern[str]] = {
    "depth": re.compile(r"nl\b|nesting"),
    "relationship": re.compile(r"rel\b|rel\.|relation"),
    "value_type": re.compile(r"vt\b|value type"),
    "concept": re.compile(r"concept"),
    "vm": re.compile(r"vm\b|value multiplicity"),
    "requirement": re.compile(r"req"),
    "condition": re.compile(r"cond"),
    "value_set": re.compile(r"value set"),
}
# PS3.3 table C.17.3-1 and those of acquisition context.
VALUE_TYPES = frozenset(
    [
        "INCLUDE",
        "CONTAINER",
        "CODE",
        "NUM",
        "NUMERIC",
        "TEXT",
        "DATETIME",
        "DATE",
        "TIME",
        "PNAME",
        "UIDREF",
        "IMAGE",
        "WAVEFORM",
        "COMPOSITE",
        "SCOORD",
        "SCOORD3D",
        "TCOORD",
        "TABLE",
    ]
)
REQUIREMENTS = frozenset(("M", "MC", "U", "UC"))
# PS3.3 table C.17.3.2-1.
RELATIONSHIPS = frozenset(
    (
        "CONTAINS",
        "HAS OBS CONTEXT",
        "HAS CONCEPT MOD",
        "HAS PROPERTIES",
        "HAS ACQ CONTEXT",
        "INFERRED FROM",
        "SELECTED FROM",
    )
)


def read_templates(part: Part, reading: Reading) -> tuple[TemplateRecord, ...]:
    """The templates in the part's order. What a row has that is not understood is a problem."""
    found: dict[str, TemplateRecord] = {}
    for section in part.sections():
        tid = _tid(section)
        if tid[:1].isdigit():
            template = _template(part, reading, section, tid)
            if template.tid not in found or not found[template.tid].rows:
                found[template.tid] = template
            elif template.rows:
                part.problem(
                    section, f"a second template of this number, not used: TID {template.tid}"
                )
    for table in part.root.iter(*TABLES):
        is_alone = LABEL.fullmatch(table.get("label", "")) and _section_of(table) is None
        if is_alone and _columns(grid_in(part, table)):
            part.problem(table, f"a template outside of a section of its own: {table.get('label')}")
    return tuple(found.values())


def _tid(section: etree._Element) -> str:
    """The number of the template whose section this is, by its id, or else by its label."""
    id_, label = section.get(ID), section.get("label", "")
    found = ANCHOR.fullmatch(id_) if id_ else LABEL.fullmatch(label)
    return "" if found is None else found[1]


def _section_of(table: etree._Element) -> etree._Element | None:
    """The section of the template that a table belongs to."""
    sections = (element for element in table.iterancestors() if is_section(element))
    return next(filter(_tid, sections), None)


def _template(part: Part, reading: Reading, section: etree._Element, tid: str) -> TemplateRecord:
    rows: list[TemplateRow] = []
    parameters: list[TemplateParameter] = []
    read: dict[etree._Element, bool] = {}  # the tables that are; whether they have rows
    for table in section.iter(*TABLES):
        if _section_of(table) is section:
            as_grid = grid_in(part, table)
            if columns := _columns(as_grid):
                rows += _rows(part, reading, as_grid, columns)
                read[table] = True
            elif _is_of_parameters(as_grid):
                parameters += _parameters(reading, as_grid)
                read[table] = False
    title = title_of(section)
    text, notes = _around(reading, section, read)
    if not rows and "retired" not in f"{title} {words_of(text)}".casefold():
        part.problem(section, f"a template without a table of rows: TID {tid}")
    stated = _stated(section)
    named = dict.fromkeys(re.findall(r"\$[A-Za-z]\w*", words_of(text)))
    return TemplateRecord(
        tid=tid,
        name=title,
        rows=tuple(rows),
        parameters=tuple(parameters) or tuple(map(TemplateParameter, named)),
        is_extensible=stated.get("type", {}).get("extensible"),
        is_order_significant=stated.get("order", {}).get("significant"),
        is_root=stated.get("root", {}).get("yes"),
        text=Passage(text) if text else None,
        notes=Passage(notes) if notes else None,
        url=part.url(section.get(ID, "")),
    )


def _around(
    reading: Reading, section: etree._Element, read: Mapping[etree._Element, bool]
) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """What stands above the rows, and what below; without what is read otherwise."""
    text: list[Block] = []
    notes: list[Block] = []
    into = text
    for child in section:
        if child in read:
            into = notes if read[child] else into
        elif not (child.tag in TITLES or is_section(child) or _is_stated(child)):
            into += reading.blocks(child)
    return tuple(text), tuple(notes)


def _is_stated(element: etree._Element) -> bool:
    is_list = element.tag in (tag("variablelist"), tag("para"))
    return is_list and STATED.match(plain_words(element)) is not None


def _stated(section: etree._Element) -> dict[str, dict[str, bool]]:
    """What is stated between the text and the table, as a list of terms or as paragraphs."""
    found: dict[str, dict[str, bool]] = {}
    for child in section:
        if is_section(child):
            break
        if child.tag in (tag("variablelist"), tag("para")):
            for entry in child.iter(tag("varlistentry"), tag("para")):
                for name, value in STATED.findall(plain_words(entry)):
                    word = value.casefold().replace(" ", "-")
                    bare = re.sub(r"^non-?", "", word)
                    answer = {"no": {"yes": False}}.get(bare, {bare: bare == word})
                    found.setdefault(name.casefold(), answer)
    return found


def _columns(table: Grid) -> tuple[str, ...]:
    """What is in each column; nothing where the table is not one of a template's rows."""
    found = []
    for at, head in enumerate(map(str.casefold, table.columns())):
        known = (name for name, begins in COLUMNS.items() if begins.match(head))
        is_number = at == 0 and (not head or head.startswith(("row", "no")))
        found.append(next(known, "number" if is_number else f"? {head}"))
    return tuple(found) if {"value_type", "concept"} <= set(found) else ()


def _is_of_parameters(table: Grid) -> bool:
    return bool(table.columns()) and table.columns()[0].casefold().startswith("parameter")


def _parameters(reading: Reading, table: Grid) -> Iterator[TemplateParameter]:
    for line in lines(table, ("name", "usage")):
        yield TemplateParameter(line.words("name"), _passage(reading, line.cells.get("usage")))


def _rows(
    part: Part, reading: Reading, table: Grid, columns: tuple[str, ...]
) -> Iterator[TemplateRow]:
    for name in columns:
        if name.startswith("?"):
            part.problem(table.element, f"a column of a template that is not known: {name[2:]}")
    before = -1
    for line in lines(table, columns):
        if len(own_cells(line.cells.values())) == 1:
            part.problem(table.element, f"a row of a template that is not one: {all_words(line)}")
            continue
        row = _row(reading, line)
        for words in _problems(row, line, before):
            part.problem(
                table.element,
                f"{words}{',' if ':' in words else ':'} row {row.number or 'without number'}",
            )
        before = row.depth
        yield row


def _row(reading: Reading, line: Line) -> TemplateRow:
    concept = _passage(reading, line.cells.get("concept"))
    value_type = line.words("value_type")
    numbered = [
        mention.what
        for block in walk(concept.blocks if concept else ())
        for mention in read_line(block.words).mentions
        if isinstance(mention.what, Numbered) and mention.what.what == "TID"
    ]
    return TemplateRow(
        number=line.words("number"),
        depth=line.words("depth").count(">"),
        relationship=re.sub(r"^R ?- ?", "R-", line.words("relationship")),
        value_type=value_type,
        concept=concept,
        vm=line.words("vm"),
        requirement=line.words("requirement"),
        condition=_passage(reading, line.cells.get("condition")),
        value_set=_passage(reading, line.cells.get("value_set")),
        included=numbered[0].number if value_type == "INCLUDE" and numbered else "",
    )


def _passage(reading: Reading, cell: Cell | None) -> Passage | None:
    blocks = () if cell is None or cell.element is None else reading.blocks(cell.element)
    return Passage(blocks) if words_of(blocks) else None


def _problems(row: TemplateRow, line: Line, before: int) -> Iterator[str]:
    """What is not understood in a row, in words."""
    nesting = line.words("depth").replace(">", "").strip()
    if nesting:
        yield f"a nesting level that is not known: {nesting}"
    if row.depth > before + 1:
        yield "its nesting level is more than one deeper than that of the row above"
    if row.value_type not in VALUE_TYPES:
        yield f"a value type that is not known: {row.value_type or 'none'}"
    if row.requirement not in REQUIREMENTS:
        yield f"a requirement type that is not known: {row.requirement or 'none'}"
    relationship = row.relationship.removeprefix("R-")
    if relationship and relationship not in RELATIONSHIPS:
        yield f"a relationship that is not known: {row.relationship}"
    concept = row.concept.blocks if row.concept else ()
    if row.value_type == "INCLUDE" and not row.included and "$" not in words_of(concept):
        yield f"an include without a template: {words_of(concept) or 'nothing'}"
    for block in walk((*concept, *(row.value_set.blocks if row.value_set else ()))):
        if block.words and read_line(block.words).is_cut:
            yield f"a reference or code that is cut: {block.words}"
