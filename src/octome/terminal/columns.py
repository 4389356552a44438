"""Rows of text in columns."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence


def columns(rows: Sequence[Sequence[str]], width: int, indent: int = 2) -> Iterator[str]:
    """Rows with their cells in columns; if too wide, the last cell is on its own line."""
    if not rows:
        return
    *widths, last = [max(map(len, column)) for column in zip(*rows, strict=True)]
    margin = " " * indent
    if len(rows[0]) < 3 or indent + sum(widths) + 2 * len(widths) + last <= width:
        for row in rows:
            cells = [cell.ljust(wide) for cell, wide in zip(row, [*widths, 0], strict=True)]
            yield (margin + "  ".join(cells)).rstrip()
        return
    for first, *middle, end in rows:
        line = "  ".join([margin + first.ljust(widths[0]), *filter(None, middle)])
        yield from textwrap.wrap(line, max(width, 40), subsequent_indent=margin + "    ")
        yield f"{margin}    {end}"
