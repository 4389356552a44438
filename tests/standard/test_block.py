"""The structure of a text."""

from __future__ import annotations

import pytest

from octome.standard.block import Block, paragraphs, tree, walk, words_of


def block(kind: str, words: str = "", *inside: Block) -> Block:
    return Block(kind=kind, words=words, blocks=inside)  # type: ignore[arg-type]


TEXT = (
    block("paragraph", "one"),
    block("list", "", block("item", "two", block("paragraph", "three")), block("item", "four")),
    block("terms", "", block("term", "FIVE"), block("meaning", "five")),
    block("note", "six"),
)


def test_blocks_are_walked_in_reading_order() -> None:
    words = ["one", "two", "three", "four", "FIVE", "five", "six"]
    assert [one.words for one in walk(TEXT) if one.words] == words
    assert words_of(TEXT) == " ".join(words)


def test_paragraphs_are_without_notes_and_lists_of_terms() -> None:
    assert paragraphs(TEXT) == ["one", "two", "three", "four"]


def test_lines_of_a_paragraph_are_paragraphs() -> None:
    assert paragraphs((block("paragraph", "one\ntwo"),)) == ["one", "two"]


def test_blocks_come_back_from_rows_with_their_depth() -> None:
    def rows(blocks: tuple[Block, ...], depth: int = 0) -> list[tuple[int, Block]]:
        return [row for one in blocks for row in [(depth, one), *rows(one.blocks, depth + 1)]]

    stored = [(depth, one.kind, one.detail, one.words, one.spans) for depth, one in rows(TEXT)]
    assert tree(stored) == TEXT


def test_an_unknown_kind_of_block_is_refused() -> None:
    with pytest.raises(ValueError, match="'footnote' is not a kind of block"):
        block("footnote")
