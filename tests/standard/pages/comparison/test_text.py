"""Paragraphs that differ between two texts."""

from __future__ import annotations

from octome.standard.block import Block
from octome.standard.model.edition_diff import Passage
from octome.standard.pages.comparison.text import passages


def text(*paragraphs: str) -> tuple[Block, ...]:
    return tuple(Block(kind="paragraph", words=words) for words in paragraphs)


def test_paragraphs_that_came_went_or_changed() -> None:
    before = text("Frogs swim.", "Newts crawl.", "Toads sit.", "Ponds freeze.")
    after = text("Frogs swim.", "Newts run.", "Toads sit.", "Toads eat.")
    assert passages(before, after) == (
        Passage(what="changed", before="Newts crawl.", after="Newts run."),
        Passage(what="changed", before="Ponds freeze.", after="Toads eat."),
    )
    assert passages(before, text(*[b.words for b in before], "New.")) == (
        Passage(what="added", before=None, after="New."),
    )


def test_equal_texts_do_not_differ() -> None:
    assert passages(text("Frogs swim."), text("Frogs swim.")) == ()
