"""Texts while they are compiled. All sentences are invented."""

from __future__ import annotations

from invented_source import whole_edition

from octome.standard.block import Block, Span
from octome.standard.compile.address import Addresses
from octome.standard.compile.markup import read_html
from octome.standard.compile.texts import Texts, plain_fragment, titled_section


def test_a_section_is_titled_by_its_heading_without_the_number() -> None:
    heading = Block(kind="heading", words="Z.1.2 Green Tea")
    rest = Block(kind="paragraph", words="It is hot.")
    assert titled_section((heading, rest)) == ("Green Tea", (rest,))


def test_a_heading_without_a_number_is_the_title_whole() -> None:
    assert titled_section((Block(kind="heading", words="Green Tea"),)) == ("Green Tea", ())


def test_a_section_without_heading_is_titled_by_its_caption_or_label() -> None:
    caption = Block(kind="caption", words="Table Z-1. Teas", spans=(Span("strong", 0, 15),))
    assert titled_section((caption,)) == ("Table Z-1. Teas", (caption,))
    entry = Block(
        kind="paragraph", words="[Leaf 1999] Leaf, A.", spans=(Span("abbreviation", 1, 10),)
    )
    assert titled_section((entry,)) == ("Leaf 1999", (entry,))
    other = Block(kind="paragraph", words="It is hot.")
    assert titled_section((other,)) == ("Note", (other,))


def test_words_without_markup_stay_as_they_are() -> None:
    words = "If A & B < C, &amp; not <p>."
    assert read_html(plain_fragment(words)) == (Block(kind="phrase", words=words),)


def test_context_group_has_its_first_name_in_the_newest_edition_that_names_it() -> None:
    texts = Texts()
    addresses = Addresses(whole_edition("2020b"), kept=(), cids=(), sections={})
    for edition, words in (
        ("2013", "See CID 7 “Teas” and CID 8 “Leaves”."),
        ("2020b", "See CID 7 “Hot Teas”, also CID 7 “Teas again”."),
    ):
        texts.add(edition, (Block(kind="paragraph", words=words),), addresses)
    assert texts.context_group_names() == {7: "Hot Teas", 8: "Leaves"}
