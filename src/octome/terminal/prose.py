"""A text of the Standard as wrapped lines."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from octome.standard.block import Block, words_of

# How much further the blocks inside a block are indented.
INDENTED = {"list": 2, "meaning": 4, "figure": 2, "note": 2}

ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv")


class Line(NamedTuple):
    """The text of one block before it is wrapped, and the prefix of its first line.

    Preformatted lines are not wrapped.
    """

    indent: int
    lead: str
    words: str
    is_preformatted: bool = False


def prose(blocks: Iterable[Block], width: int, indent: int = 0) -> list[str]:
    """A text as lines no wider than `width`.

    Examples
    --------
    >>> items = (Block(kind="item", words="this, or"), Block(kind="item", words="that"))
    >>> one_of = Block(kind="paragraph", words="One of:")
    >>> prose((one_of, Block(kind="list", detail="a", blocks=items)), 40)
    ['One of:', '', '  a. this, or', '  b. that']
    >>> note = Block(kind="note", detail="Note", words="n")
    >>> prose((note, Block(kind="paragraph", words="after")), 40)
    ['  Note', '', '  n', '', 'after']
    """
    lines: list[str] = []
    in_list = False
    for line in _lines(blocks, indent):
        margin = " " * line.indent
        if lines and not (in_list and (line.lead or line.indent > indent)):
            lines.append("")
        if line.is_preformatted:
            lines += [(margin + words).rstrip() for words in line.words.split("\n")]
            in_list = False
            continue
        lines += textwrap.wrap(
            line.words,
            max(width, line.indent + 20),
            initial_indent=margin + line.lead,
            subsequent_indent=margin + " " * len(line.lead),
            break_long_words=False,
            break_on_hyphens=False,
        )
        in_list = bool(line.lead)
    return lines


def _lines(blocks: Iterable[Block], indent: int) -> Iterator[Line]:
    for block in blocks:
        if block.kind == "row":
            yield Line(indent, "", " | ".join(words_of((cell,)) for cell in block.blocks))
        elif block.kind == "list":
            for number, item in enumerate(block.blocks):
                yield from _item(item, indent + INDENTED["list"], _ordinal(block.detail, number))
        else:
            inside = indent + INDENTED.get(block.kind, 0)
            if block.kind == "note":
                yield Line(inside, "", block.detail)
            if block.words:
                yield _line(block, inside)
            yield from _lines(block.blocks, inside)


def _line(block: Block, indent: int) -> Line:
    """The text of a block; for a picture, its alternative text."""
    match block.kind:
        case "term":
            return Line(indent, "· ", block.words)
        case "picture":
            return Line(indent, "", f"[Picture: {block.words}]")
        case "preformatted":
            return Line(indent, "", block.words, is_preformatted=True)
        case _:
            return Line(indent, "", block.words)


def _item(item: Block, indent: int, lead: str) -> Iterator[Line]:
    """An item of a list: the other lines are indented as far as the first line after its number."""
    if item.words:
        yield Line(indent, f"{lead} ", item.words)
    yield from _lines(item.blocks, indent)


def _ordinal(numbered_by: str, number: int) -> str:
    """The number or mark of an item; items count from 0."""
    if numbered_by in ("I", "i") and number < len(ROMAN):
        return f"{ROMAN[number].upper() if numbered_by == 'I' else ROMAN[number]}."
    if numbered_by in ("A", "a"):
        return f"{chr(ord(numbered_by) + number % 26)}."
    return f"{number + 1}." if numbered_by else "-"
