"""Sections of a source in HTML: their titles."""

from __future__ import annotations

from invented_source import whole_edition

from octome.standard.block import Block, Span
from octome.standard.compile.sections import sections_of, titled_section


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


def test_section_in_html_has_number_title_and_the_address_of_its_edition() -> None:
    (section,) = sections_of(whole_edition("2020b"))
    assert (section.number, section.title, section.path) == ("Z.1", "Frogs", "/sections/Z.1")
    assert section.place == ("03", "sect_Z.1")
    assert "/2020b/" in section.url
    assert [block.words for block in section.blocks] == ["Frogs, as of 2020b."]
