"""A table as a grid: the cell in each column of each row, spans included.

The Standard's tables are `tr` and `td`, as in HTML. PS3.x in DocBook never has `row` and `entry`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from octome.standard.sources.docbook.part import Part, title_of
from octome.standard.sources.docbook.tag import ID, tag
from octome.standard.sources.docbook.words import plain_words

TR, TD, TH = tag("tr"), tag("td"), tag("th")
# More columns or rows than any cell of the Standard spans.
WIDEST, HIGHEST = 100, 10_000


@dataclass(eq=False)  # not frozen: half a million are made, and that takes three times as long
class Cell:
    """A cell. A cell that spans several columns or rows is at each of these positions."""

    element: etree._Element | None
    columns: int = 1
    rows: int = 1

    @cached_property
    def words(self) -> str:
        """Its words. References without their own words add none."""
        return "" if self.element is None else plain_words(self.element)


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A table. `anchor`, `label` and `caption` are empty if it has none.

    Rows hold one cell for each column, from the left. A place that no cell covers has an empty one,
    but only up to the last cell of the row: a row may be shorter than others.
    """

    caption: str
    label: str
    anchor: str
    head: tuple[tuple[Cell, ...], ...]
    body: tuple[tuple[Cell, ...], ...]
    element: etree._Element

    @cached_property
    def heads(self) -> tuple[str, ...]:
        """The heading of each column in lower case."""
        return tuple(column.lower() for column in self.columns())

    def columns(self) -> tuple[str, ...]:
        """The heading of each column; its different lines are joined by a space."""
        width = max(map(len, self.head), default=0)
        return tuple(
            " ".join(dict.fromkeys(row[at].words for row in self.head if at < len(row))).strip()
            for at in range(width)
        )


def own_cells(row: Iterable[Cell]) -> list[Cell]:
    """The cells of a row, each once, those that reach down from rows above included."""
    return list(dict.fromkeys(row))


def first_row(table: etree._Element) -> str:
    """The words of the first row of a table, in lower case."""
    row = next(table.iter(TR), None)
    return "" if row is None else plain_words(row).lower()


def table_rows(table: etree._Element) -> Iterator[tuple[bool, etree._Element]]:
    """Each `tr` of a table in order, with whether it is in the head; not those of tables inside.

    Some rows are in another row by mistake, or directly in the table.
    """
    parts = {tag("thead"): True, tag("tbody"): False, tag("tfoot"): False}

    def inside(element: etree._Element, *, is_head: bool) -> Iterator[tuple[bool, etree._Element]]:
        for child in element:
            if child.tag in parts:
                yield from inside(child, is_head=parts[child.tag])
            elif child.tag == TR:
                yield is_head, child
                yield from inside(child, is_head=is_head)

    return inside(table, is_head=False)


def grid_in(part: Part, table: etree._Element) -> Grid:
    """A table of a part as a grid; all readers of the part share it."""
    found = part.grids.get(table)
    if found is None:
        found = part.grids[table] = grid(table)
    return found


def grid(table: etree._Element) -> Grid:
    """A `table` or an `informaltable` as a grid.

    Without a head, the rows at its top that have nothing but `th` are the head.
    """
    flags, rows = [], []
    for is_head, tr in table_rows(table):
        flags.append(is_head)
        rows.append(tr)
    positioned = _positioned(rows)
    if True not in flags:
        for at, tr in enumerate(rows):
            if not len(tr) or any(cell.tag != TH for cell in tr.iter(TD, TH)):
                break
            flags[at] = True
    return Grid(
        caption=title_of(table),
        label=table.get("label", ""),
        anchor=table.get(ID, ""),
        head=tuple(row for row, is_head in zip(positioned, flags, strict=True) if is_head),
        body=tuple(row for row, is_head in zip(positioned, flags, strict=True) if not is_head),
        element=table,
    )


def _positioned(rows: list[etree._Element]) -> list[tuple[Cell, ...]]:
    found: list[tuple[Cell, ...]] = []
    reaching: dict[int, tuple[Cell, int]] = {}  # by column: a cell from above, and rows left
    for tr in rows:
        if not reaching:
            cells = [
                Cell(element, span(element, "colspan"), span(element, "rowspan"))
                for element in tr.iterchildren(TD, TH)
            ]
            if all(cell.columns == 1 and cell.rows == 1 for cell in cells):
                found.append(tuple(cells))
                continue
        row: dict[int, Cell] = {at: cell for at, (cell, _) in reaching.items()}
        left = {at: (cell, rest - 1) for at, (cell, rest) in reaching.items() if rest > 1}
        at = 0
        for element in tr.iterchildren(TD, TH):
            while at in row:
                at += 1
            cell = Cell(element, span(element, "colspan"), span(element, "rowspan"))
            for column in range(at, at + cell.columns):
                if column in row:
                    break  # it would overlap one from above
                row[column] = cell
                if cell.rows > 1:
                    left[column] = (cell, cell.rows - 1)
            at += 1
        reaching = left
        found.append(tuple(row.get(at) or Cell(None) for at in range(max(row, default=-1) + 1)))
    return found


def span(cell: etree._Element, attribute: str) -> int:
    """How many columns (`colspan`) or rows (`rowspan`) a cell covers; 1 if not stated."""
    value = cell.get(attribute, "1")
    if value == "1" or not (value.isascii() and value.isdigit()):
        return 1
    return max(1, min(int(value[:9]), WIDEST if attribute == "colspan" else HIGHEST))
