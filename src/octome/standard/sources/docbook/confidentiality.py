"""What to do with each attribute to protect a patient: PS3.15 Table E.1-1."""

from __future__ import annotations

import re

from octome.standard.sources.docbook.grid import Grid
from octome.standard.sources.docbook.part import Part
from octome.standard.sources.docbook.register import lines, tables, tag_path
from octome.standard.sources.records import ProtectedAttribute

LABEL = "E.1-1"
# The words of its head that are shortened, and how differently from edition to edition.
WORDS = {
    "Prof.": "Profile",
    "Opt.": "Option",
    "Rtn.": "Retain",
    "Priv.": "Private",
    "Dev.": "Device",
    "Id.": "Identity",
    "Ident.": "Identity",
    "Inst.": "Institution",
    "Pat.": "Patient",
    "Chars.": "Characteristics",
    "Long.": "Longitudinal",
    "Modif.": "Modified",
    "Desc.": "Descriptors",
    "Struct.": "Structured",
    "Cont.": "Content",
    "Graph.": "Graphics",
}
FROM = re.compile(r"\s*\(from.*")
KNOWN = {
    "attribute name": "name",
    "tag": "tag",
    "retd.": "retired",
    "retired": "retired",
    "in std. comp. iod": "composite",
}
NEEDED = ("name", "tag", "retired", "composite", "Basic Profile")


def read_confidentiality(part: Part) -> tuple[ProtectedAttribute, ...]:
    """The rows of the table in its order, those about many tags included.

    A row that does not say yes or no where it should is kept, and is a problem of the part.
    """
    found: list[ProtectedAttribute] = []
    for table in tables(part, (LABEL,)) if part.number == 15 else ():
        columns = _columns(table)
        for missing in (name for name in NEEDED if name not in columns):
            part.problem(table.element, f"a column is missing: {missing}")
        for line in lines(table, columns):
            tag, name = line.words("tag"), line.words("name")
            for column in ("retired", "composite"):
                if line.words(column) not in ("Y", "N"):
                    words = line.words(column) or "nothing"
                    part.problem(table.element, f"neither Y nor N: {words} of {name}")
            found.append(
                ProtectedAttribute(
                    tag_path(tag) or tag,
                    name,
                    line.words("retired") == "Y",
                    line.words("composite") == "Y",
                    tuple(
                        (column, cell.words)
                        for column, cell in line.cells.items()
                        if column not in KNOWN.values() and cell.words
                    ),
                )
            )
    return tuple(found)


def _columns(table: Grid) -> tuple[str, ...]:
    """The names of the columns, by the head alone: their order is not the same in all editions."""
    named = []
    for head in table.columns():
        words = FROM.sub("", head)
        named.append(KNOWN.get(words.casefold()) or _in_full(words))
    return tuple(named)


def _in_full(words: str) -> str:
    return " ".join(WORDS.get(word, word) for word in words.split())
