"""Lists, notes, glossaries and bibliographies."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_part import chapter, made_part

from octome.standard.block import Block, Span
from octome.standard.sources.docbook.text import Reading


def blocks(folder: Path, text: str) -> tuple[Block, ...]:
    part = made_part(folder, chapter(text))
    return Reading(part).blocks(part.by_id["chapter_C"])


@pytest.mark.parametrize(
    ("attributes", "detail"),
    [
        ("", "1"),
        ('numeration="arabic"', "1"),
        ('numeration="loweralpha"', "a"),
        ('numeration="upperalpha"', "A"),
        ('numeration="lowerroman"', "i"),
        ('numeration="upperroman"', "I"),
        ('numeration="frogs"', "1"),
    ],
)
def test_what_a_list_is_numbered_by(tmp_path: Path, attributes: str, detail: str) -> None:
    text = f"<orderedlist {attributes}><listitem><para>x</para></listitem></orderedlist>"
    (found,) = blocks(tmp_path, text)
    assert (found.kind, found.detail) == ("list", detail)


def test_an_item_may_hold_a_list_and_be_linked_to(tmp_path: Path) -> None:
    inner = "<itemizedlist><listitem><para>hot</para></listitem></itemizedlist>"
    item = f'<listitem xml:id="note_1"><para>tea</para>{inner}</listitem><listitem/>'
    (found,) = blocks(tmp_path, f'<itemizedlist mark="none">{item}</itemizedlist>')
    first, empty = found.blocks
    assert (first.words, first.spans) == ("tea", (Span("anchor", 0, 3, "note_1"),))
    assert [each.words for each in first.blocks[0].blocks] == ["hot"]
    assert empty == Block(kind="item")  # the next keeps its number


def test_a_note_has_the_word_above_it(tmp_path: Path) -> None:
    found = blocks(
        tmp_path,
        "<note><para>a</para></note><warning><para>b</para></warning>"
        "<note><title>Note 7</title><para>c</para></note><note/>",
    )
    assert [(each.detail, each.words) for each in found] == [
        ("Note", "a"),
        ("Warning", "b"),
        ("Note 7", "c"),
    ]


def test_a_term_without_a_meaning_and_a_meaning_of_several_paragraphs(tmp_path: Path) -> None:
    found = blocks(
        tmp_path,
        "<variablelist><varlistentry><term>HOT</term><listitem><para/></listitem></varlistentry>"
        "<varlistentry><term>COLD</term><listitem><para>a</para><para>b</para></listitem>"
        "</varlistentry></variablelist>",
    )
    (terms,) = found
    assert [(each.kind, each.words) for each in terms.blocks] == [
        ("term", "HOT"),
        ("term", "COLD"),
        ("meaning", "a"),
    ]
    assert terms.blocks[2].blocks[0].words == "b"


def test_entries_can_be_linked_to(tmp_path: Path) -> None:
    (terms,) = blocks(
        tmp_path,
        '<glossary><glossentry xml:id="glossentry_Frog"><glossterm>Frog</glossterm></glossentry>'
        '</glossary><bibliography><biblioentry xml:id="biblio_T"><abbrev>T</abbrev><title>Tea?'
        "</title></biblioentry></bibliography>",
    )
    assert [(each.words, [span.target for span in each.spans]) for each in terms.blocks] == [
        ("Frog", ["glossentry_Frog"]),
        ("[T]", ["biblio_T"]),
        ("Tea?", []),
    ]


def test_a_paragraph_in_a_list_is_kept(tmp_path: Path) -> None:
    part = made_part(tmp_path, chapter("<itemizedlist><para>lost</para></itemizedlist>"))
    (found,) = Reading(part).blocks(part.by_id["chapter_C"])
    assert found.words == "lost"
    assert len(part.problems) == 1
