"""Which column of an attribute table is what: by its heading, or by what is in it."""

from __future__ import annotations

import re
from typing import NamedTuple

from octome.standard.sources.docbook.grid import Cell, Grid, own_cells

# With a comma, as in `(0028,0010)` and `(60xx,3000)`; some rows have none, or spaces.
TAG = re.compile(
    r"\(? ?([0-9A-Fa-f]{2}[0-9A-Fa-fxX]{2}) ?[,\uff0c.]? ?([0-9A-Fa-fxX]{4})\b ?\)?\s*(.*)"
)
# `1 C` and `Type 1C` are the type too; words after it are not.
TYPE = re.compile(r"(?:Type )?([123]) ?(C?)\b\W*(.*)", re.IGNORECASE)
ATTRIBUTES_OF = re.compile(r"\b(?:Module|Macro) Attributes?\b", re.IGNORECASE)


class Columns(NamedTuple):
    """Positions of columns; None for one that is not there. Names are in the first."""

    tag: int
    type: int | None
    description: int | None


def attribute_columns(each: Grid) -> Columns | None:
    """The columns of a table of attributes; None for another table, or an example in PS3.3 5.4."""
    if each.caption.startswith("Example "):
        return None
    heads = each.heads
    tag = _headed(heads, "tag")
    type_ = _headed(heads, "type")
    if tag is None:
        return _by_content(each) if ATTRIBUTES_OF.search(each.caption) else None
    is_named = "name" in heads[0] or ("attribute" in heads[0] and type_ is not None)
    return Columns(tag, type_, _headed(heads, "description")) if is_named else None


def _headed(heads: tuple[str, ...], word: str) -> int | None:
    """The column with this heading, or else the first after the names that has the word in it."""
    if word in heads[1:]:
        return heads.index(word, 1)
    found = [at for at, head in enumerate(heads) if at and word in head.split()]
    return found[0] if found else None


def _by_content(each: Grid) -> Columns | None:
    """Columns of a table whose headings are missing or not marked as such."""
    rows = [cells for cells in each.body if len(own_cells(cells)) > 1]
    width = max(map(len, rows), default=0)
    counts = {at: sum(is_tag(cells, at) for cells in rows) for at in range(1, width)}
    tag = max(counts, key=lambda at: counts[at], default=0)
    if not tag or counts[tag] * 2 < len(rows):
        return None
    is_type = any(len(cells) > tag + 1 and TYPE.fullmatch(cells[tag + 1].words) for cells in rows)
    return Columns(tag, tag + 1 if is_type else None, None)


def is_tag(cells: tuple[Cell, ...], at: int) -> bool:
    """Whether a row has a tag in a column."""
    return at < len(cells) and TAG.fullmatch(cells[at].words) is not None


def unread_rows(each: Grid) -> int:
    """How many rows of a table have a name, a tag and a type, though its columns are not known."""
    if each.caption.startswith("Example "):
        return 0
    return sum(
        is_tag(cells, 1) and len(cells) > 2 and TYPE.fullmatch(cells[2].words) is not None
        for cells in each.body
    )
