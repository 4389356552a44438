"""Tables in which each line registers one entry, read by the names of the columns."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from octome.standard.sources.docbook.grid import Cell, Grid, grid
from octome.standard.sources.docbook.part import Part
from octome.standard.sources.docbook.tag import tag

TAG = re.compile(r"\(?([0-9a-f]{2}[0-9a-fx]{2})[,\s]*([0-9a-fx]{4})\)?")
UID = re.compile(r"[0-2](\.(0|[1-9]\d*))+")
# Soft hyphens and spaces were put into some UIDs so that their lines may break.
NOT_IN_UID = re.compile(r"[\s\u00ad]")


@dataclass(frozen=True)
class Line:
    """A line of a register: its cells by the names of the columns."""

    cells: Mapping[str, Cell]

    def words(self, column: str) -> str:
        """The words in a column; empty if the table does not have it."""
        cell = self.cells.get(column)
        return "" if cell is None else cell.words

    @property
    def is_empty(self) -> bool:
        """Whether all its cells are empty."""
        return not any(
            cell.words or (cell.element is not None and refers(cell.element))
            for cell in self.cells.values()
        )


def refers(element: etree._Element) -> bool:
    """Whether there is a reference in an element."""
    return next(element.iter(tag("olink"), tag("xref")), None) is not None


def tables(part: Part, labels: Container[str] | None = None) -> Iterator[Grid]:
    """The tables of a part with one of those labels, or with any, as grids."""
    for table in part.root.iter(tag("table")):
        label = table.get("label", "").strip()
        if label and (labels is None or label in labels):
            yield grid(table)


def lines(table: Grid, columns: Sequence[str]) -> Iterator[Line]:
    """The lines of a table whose columns have those names, from the left.

    Repeated heads and empty lines are left out.
    """
    heads = {tuple(cell.words for cell in row) for row in table.head}
    for row in table.body:
        line = Line(dict(zip(columns, row, strict=False)))
        if tuple(cell.words for cell in row) not in heads and not line.is_empty:
            yield line


def all_words(line: Line) -> str:
    """A line as text for messages."""
    return " | ".join(cell.words for cell in line.cells.values())


def tag_path(words: str) -> str | None:
    """The tag in a table cell, as the eight digits of a path; None if it is not a tag.

    A variable digit is `x`. Some tags have a space inside, or lack the comma.

    Examples
    --------
    >>> tag_path("(60xx, 3000)"), tag_path("(0040 A124)"), tag_path("(gggg,eeee)")
    ('60xx3000', '0040a124', None)
    """
    found = TAG.fullmatch(words.strip().lower())
    return None if found is None else found[1] + found[2]


def uid(words: str) -> str | None:
    r"""The UID in a table cell, without line-break characters; None if it is not a UID.

    Examples
    --------
    >>> uid("1.\u00ad2.840. 10008.1.1"), uid("1.2.x")
    ('1.2.840.10008.1.1', None)
    """
    found = NOT_IN_UID.sub("", words)
    return found if UID.fullmatch(found) else None
