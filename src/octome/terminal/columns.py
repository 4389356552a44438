"""Rows of text in columns."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

NARROWEST = 20  # a column narrower than this is not broken: its lines would be single words


def columns(rows: Sequence[Sequence[str]], width: int, indent: int = 2) -> Iterator[str]:
    """Rows with their cells in columns.

    What is too wide is broken between words where the last of two cells has several. Otherwise the
    last cell gets its own line.
    """
    for lines in column_rows(rows, width, indent):
        yield from lines


def column_rows(rows: Sequence[Sequence[str]], width: int, indent: int = 2) -> Iterator[list[str]]:
    """The same, each row as its own lines."""
    if not rows:
        return
    *widths, last = [max(map(len, column)) for column in zip(*rows, strict=True)]
    margin = " " * indent
    if indent + sum(widths) + 2 * len(widths) + last <= width:
        for row in rows:
            cells = [cell.ljust(wide) for cell, wide in zip(row, [*widths, 0], strict=True)]
            yield [(margin + "  ".join(cells)).rstrip()]
    elif len(widths) == 1:
        room = width - indent - widths[0] - 2
        is_prose = any(" " in end for _, end in rows) and room >= NARROWEST
        wide = widths[0] if is_prose else min(widths[0], max(width - indent - 2 - last, 0))
        for first, end in rows:
            if len(first) > wide:
                yield [margin + first, f"{margin}    {end}"]
                continue
            start = f"{margin}{first.ljust(wide)}  "
            lines = _between_words(end, room) if is_prose else [end]
            more = (" " * len(start) + line for line in lines[1:])
            yield [(start + "".join(lines[:1])).rstrip(), *more]
    else:
        for first, *middle, end in rows:
            line = "  ".join([margin + first.ljust(widths[0]), *filter(None, middle)])
            wrapped = textwrap.wrap(line, max(width, 40), subsequent_indent=margin + "    ")
            yield [*wrapped, f"{margin}    {end}"]


def _between_words(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
