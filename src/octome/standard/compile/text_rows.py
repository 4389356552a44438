"""Rows of the store for the texts: blocks, marks, links, and the statements of each text."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from octome.standard.block import Block
from octome.standard.code_binding import context_groups
from octome.standard.compile.rows import insert
from octome.standard.compile.statements import (
    items,
    overridden_module,
    value_lists,
)
from octome.standard.compile.texts import Texts


def insert_texts(db: sqlite3.Connection, texts: Texts) -> None:
    """Write every text block by block, with its marks and links."""
    insert(
        db,
        "text",
        (
            (
                number,
                edition,
                *(items(texts.words[number]) or (None, None)),
                overridden_module(texts.words[number]),
            )
            for number, edition in texts.editions.items()
        ),
    )
    links: list[tuple[object, ...]] = []
    blocks: list[tuple[object, ...]] = []
    spans: list[tuple[object, ...]] = []
    for number, paths in texts.links.items():
        links += ((number, position, path) for position, path in enumerate(paths))
    for number, text in texts.blocks.items():
        for position, (depth, block) in enumerate(_by_depth(text)):
            blocks.append((number, position, depth, block.kind, block.detail, block.words))
            spans += ((number, position, at, *span) for at, span in enumerate(block.spans))
    insert(db, "link", links)
    insert(db, "block", blocks)
    insert(db, "span", spans)


def insert_values(db: sqlite3.Connection, texts: Texts) -> None:
    """Write the values and context groups that each text gives."""
    lists: list[tuple[object, ...]] = []
    values: list[tuple[object, ...]] = []
    bindings: list[tuple[object, ...]] = []
    for number, text in texts.blocks.items():
        for at, found in enumerate(value_lists(text)):
            lists.append((number, at, found.is_closed, found.index, found.condition))
            values += ((number, at, position, one) for position, one in enumerate(found.values))
        for position, group in enumerate(context_groups(text)):
            bindings.append((number, position, group.cid, group.binding, group.is_always))
    insert(db, "value_list", lists)
    insert(db, "value", values)
    insert(db, "binding", bindings)


def _by_depth(blocks: tuple[Block, ...], depth: int = 0) -> Iterator[tuple[int, Block]]:
    """Every block in reading order with its depth."""
    for block in blocks:
        yield depth, block
        yield from _by_depth(block.blocks, depth + 1)
