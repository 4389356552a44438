"""Words and the marks on them."""

from __future__ import annotations

import pytest
from lxml import etree

from octome.standard.block import Span
from octome.standard.sources.docbook.words import Words, lone_paragraph, normal, plain_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Green\u00a0Tea", "Green Tea"),
        ("1.2.\u200b840.\u200b10008", "1.2.840.10008"),
        ("\ufeff Frog\u2060Count \n", "FrogCount"),
        ("\u200b", ""),
        (None, ""),
    ],
)
def test_spaces_that_are_not_seen_are_not_there(text: str | None, words: str) -> None:
    assert normal(text) == words


def test_paragraphs_are_apart_and_marks_are_not() -> None:
    cell = etree.fromstring(
        '<td xmlns="http://docbook.org/ns/docbook"><para>H<subscript>2</subscript>O</para>'
        "<para>hot</para><remark>never</remark><!-- nor this --></td>"
    )
    assert plain_words(cell) == "H2O hot"


def test_marks_are_on_their_words_without_the_spaces_around() -> None:
    words = Words("paragraph")
    words.add(" green ")
    words.open("strong")
    words.add(" hot\n")
    words.open("link", "x")
    words.add("tea ")
    words.close()
    words.close()
    words.add(" ")
    (block,) = words.take()
    assert block.words == "green hot tea"
    assert block.spans == (Span("strong", 6, 13), Span("link", 10, 13, "x"))
    assert words.take() == ()


def test_a_mark_goes_on_after_a_block_within_it() -> None:
    words = Words("paragraph")
    words.open("strong")
    words.add("a")
    before = words.take()
    words.add("b")
    words.close()
    after = words.take()
    assert [block.spans for block in (*before, *after)] == [(Span("strong", 0, 1),)] * 2


def test_an_empty_mark_is_none_and_an_anchor_stays() -> None:
    words = Words("paragraph")
    words.add("tea")
    words.open("strong")
    words.close()
    words.open("anchor", "here")
    words.close()
    (block,) = words.take()
    assert block.spans == (Span("anchor", 3, 3, "here"),)


def test_spaces_of_a_listing_count() -> None:
    words = Words("preformatted")
    words.add("\n  tea {\n")
    words.open("strong")
    words.add("\u00a0\u00a0hot")
    words.close()
    words.add("\n}\n\n")
    (block,) = words.take()
    assert block.words == "  tea {\n  hot\n}"
    assert [block.words[span.start : span.end] for span in block.spans] == ["hot"]


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("<para>Green\u200b tea</para>", "Green tea"),
        ("<para/>", ""),
        ("<para>Tea</para><para>leaf</para>", None),
        ("<para>Tea <emphasis>leaf</emphasis></para>", None),
        ("Tea<para>leaf</para>", None),
        ("<note>Tea</note>", None),
        ("Tea", None),
    ],
)
def test_lone_paragraph_is_of_plain_words(inside: str, expected: str | None) -> None:
    cell = etree.fromstring(f'<td xmlns="http://docbook.org/ns/docbook">{inside}</td>')
    assert lone_paragraph(cell) == expected
