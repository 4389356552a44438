"""What is known of a value representation: its row of PS3.5 Table 6.2-1, and our own words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from octome.standard.block import Block
from octome.standard.model.text import Text
from octome.standard.model.value_representation import (
    CONTENTS,
    ValueRepresentation,
    spelled_vr,
)
from octome.standard.pages.reader import Reader
from octome.standard.pages.section import section_text

SECTION = "PS3.5-6.2"


def value_representation(reader: Reader, edition: str, vr: str) -> ValueRepresentation:
    """A value representation that there is."""
    section = section_text(reader, edition, SECTION)
    return ValueRepresentation(
        vr=vr,
        title=spelled_vr(vr),
        contents=CONTENTS[vr],
        row=row_of(vr, section.text) if section else (),
    )


def row_of(vr: str, text: Text) -> tuple[tuple[str, Text], ...]:
    """The row of a table that begins with a value representation, each cell with its heading."""
    heads: list[str] = []
    for row in _rows(text.blocks):
        cells = row.blocks
        if all(cell.kind == "heading cell" for cell in cells):
            heads = [cell.words for cell in cells]
        elif cells and cells[0].words.strip() == vr and len(cells) == len(heads):
            return tuple(
                (head, Text(_as_paragraphs(cell), text.edition))
                for head, cell in zip(heads[1:], cells[1:], strict=True)
            )
    return ()


def _rows(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        if block.kind == "row":
            yield block
        else:
            yield from _rows(block.blocks)


def _as_paragraphs(cell: Block) -> tuple[Block, ...]:
    """What is in a cell, its own words as a paragraph."""
    words = Block(kind="paragraph", words=cell.words, spans=cell.spans)
    return (words, *cell.blocks) if cell.words else cell.blocks
