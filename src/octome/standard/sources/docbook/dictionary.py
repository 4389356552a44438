"""The data dictionary: PS3.6 tables 6-1 to 9-1, and the command elements of PS3.7 Annex E."""

from __future__ import annotations

import re

from octome.standard.sources.docbook.grid import Grid
from octome.standard.sources.docbook.part import Part
from octome.standard.sources.docbook.register import Line, all_words, lines, tables, tag_path
from octome.standard.sources.records import Term

# By part: the labels of its tables. Data elements, file meta, directory and dynamic RTP elements;
# command elements and retired ones.
LABELS = {6: ("6-1", "7-1", "8-1", "9-1"), 7: ("E.1-1", "E.2-1")}
COLUMNS = ("tag", "name", "keyword", "vr", "vm", "note")
RETIRED_COMMANDS = "E.2-1"
RETIRED = re.compile(r"RET\b[\s-]*")
NAMES_OF_COLUMNS = {"message field": "name"}


def read_terms(part: Part) -> tuple[Term, ...]:
    """The terms of part 6, or those of part 7, in the part's order.

    A line whose tag cannot be read or was registered before becomes a problem of the part. Of the
    retired elements that lost their name (PS3.6 Note to table 6-1) there is only the tag.
    """
    found: dict[str, Term] = {}
    for table in tables(part):
        if not _is_dictionary(part, table):
            continue
        for line in lines(table, _columns(part, table)):
            tag = tag_path(line.words("tag"))
            if tag is None:
                part.problem(table.element, f"a tag that cannot be read: {all_words(line)}")
            elif tag in found:
                part.problem(table.element, f"registered twice: {line.words('tag')}")
            else:
                found[tag] = _term(tag, line, is_retired=table.label == RETIRED_COMMANDS)
    return tuple(found.values())


def _is_dictionary(part: Part, table: Grid) -> bool:
    if part.number not in LABELS:
        return False
    return table.label in LABELS[part.number] or (
        bool(table.head) and {"tag", "keyword", "vr", "vm"} <= {*_columns(part, table)}
    )


def _columns(part: Part, table: Grid) -> tuple[str, ...]:
    """The names of the columns; what comes after VR and VM in part 7 is not of the dictionary."""
    head = [words.casefold() for words in table.columns()]
    named = [NAMES_OF_COLUMNS.get(words, words or "note") for words in head] or [*COLUMNS]
    return tuple(
        "description" if words == "note" and part.number == 7 else words for words in named
    )


def _term(tag: str, line: Line, *, is_retired: bool) -> Term:
    note = line.words("note")
    vr = line.words("vr")
    if vr.startswith("See Note"):  # items and delimiters have no VR
        vr, note = "", note or vr
    retired = RETIRED.match(note)
    return Term(
        tag,
        line.words("keyword").replace(" ", ""),
        line.words("name"),
        vr,
        line.words("vm"),
        is_retired or retired is not None,
        note[retired.end() :] if retired else note,
    )
