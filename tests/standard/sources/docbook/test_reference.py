"""What cross references say and where they lead."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_part import chapter, made_part, section

from octome.standard.block import Block, Span, walk
from octome.standard.sources.docbook.text import Reading

BODY = (
    section("C.1", "", "Toad")
    + section("CID 29", "", "Teas").replace("sect_CID 29", "sect_CID_29")
    + '<table label="C-1" xml:id="table_C-1"><caption>Leaves</caption><tr><td>x</td></tr></table>'
    '<figure label="C-2" xml:id="figure_C-2"><title>Pot</title></figure>'
    '<note xml:id="note_1"><orderedlist><listitem><para>a</para></listitem>'
    '<listitem xml:id="note_1_2"><para>b</para></listitem></orderedlist></note>'
    '<bibliography><biblioentry xml:id="biblio_T1"><abbrev>TEA 1</abbrev></biblioentry>'
    "</bibliography>"
    '<glossary><glossentry xml:id="glossentry_GreenTea" xreflabel="Green Tea"><glossterm>Tea'
    "</glossterm></glossentry></glossary>"
)
TITLES = {"PS3.4#sect_B.5": "Brewing", "PS3.16#sect_CID_31": "Cups", "PS3.3#sect_C.1": "Other"}


def link(folder: Path, reference: str) -> tuple[str, str]:
    """The words and the target of a reference in a text."""
    part = made_part(folder, chapter(f"<para>{reference}</para>{BODY}") + chapter("", "7"))
    block: Block = next(walk(Reading(part, TITLES).blocks(part.by_id["chapter_C"])))
    assert block.spans == (Span("link", 0, len(block.words), block.spans[0].target),)
    return block.words, block.spans[0].target


@pytest.mark.parametrize(
    ("anchor", "style", "words"),
    [
        ("sect_C.1", "select: label", "Section C.1"),
        ("sect_C.1", "select:label", "Section C.1"),
        ("sect_C.1", "template: label", "Section C.1"),
        ("sect_C.1", "select: labelnumber", "C.1"),
        ("sect_C.1", "select: title", "Toad"),
        ("sect_C.1", "select: label quotedtitle", "Section C.1 \u201cToad\u201d"),
        ("sect_C.1", "select: label title", "Section C.1 Toad"),
        ("sect_C.1", "template:Section %n, %t of %o", "Section C.1, Toad of PS3.3"),
        ("sect_C.1", "", "Section C.1 \u201cToad\u201d"),
        ("sect_CID_29", "select: label", "CID 29"),
        ("chapter_C", "select: label", "Annex C"),
        ("chapter_C", "template:Annex %n", "Annex C"),
        ("chapter_7", "select: label", "Chapter 7"),
        ("table_C-1", "select: label quotedtitle", "Table C-1 \u201cLeaves\u201d"),
        ("figure_C-2", "select: labelnumber", "C-2"),
        ("note_1", "template: Note 2", "Note 2"),
        ("note_1_2", "", "2"),
        ("biblio_T1", "", "[TEA 1]"),
        ("glossentry_GreenTea", "", "Green Tea"),
    ],
)
def test_a_reference_within_the_part(tmp_path: Path, anchor: str, style: str, words: str) -> None:
    reference = f'<xref linkend="{anchor}" xrefstyle="{style}"/>'
    assert link(tmp_path, reference) == (words, f"PS3.3#{anchor}")


@pytest.mark.parametrize(
    ("document", "anchor", "style", "words"),
    [
        ("PS3.7", "PS3.7", "select: labelnumber", "PS3.7"),
        ("PS3.7", "PS3.7", "template: %n Cups", "PS3.7 Cups"),
        ("PS3.16", "sect_CID_29", "select: labelnumber", "CID 29"),
        ("PS3.16", "sect_CID_31", "select: labelnumber quotedtitle", "CID 31 \u201cCups\u201d"),
        ("PS3.16", "sect_TID_1500", "select: title", "TID 1500"),
        ("PS3.4", "sect_B.5", "select: title", "Brewing"),
        ("PS3.4", "sect_B.5", "select: docname label", "Section B.5 in PS3.4"),
        (
            "PS3.4",
            "sect_B.5",
            "select: docname label quotedtitle",
            "Section B.5 \u201cBrewing\u201d in PS3.4",
        ),
        ("PS3.4", "sect_B.6", "template:Section %n \u201c%t\u201d in %o", "Section B.6 in PS3.4"),
        ("PS3.6", "table_A-3", "select: label", "Table A-3"),
        ("PS3.16", "chapter_B", "template: Annex %n", "Annex B"),
        ("PS3.1", "glossentry_GreenTea", "template:See %t in %o", "See Green Tea in PS3.1"),
        ("PS3.3", "sect_C.1", "select: title", "Toad"),  # this part itself
    ],
)
def test_a_reference_to_a_part(
    tmp_path: Path, document: str, anchor: str, style: str, words: str
) -> None:
    reference = f'<olink targetdoc="{document}" targetptr="{anchor}" xrefstyle="{style}"/>'
    assert link(tmp_path, reference) == (words, f"{document}#{anchor}")


def test_a_reference_keeps_its_own_words(tmp_path: Path) -> None:
    reference = '<olink targetdoc="PS3.16" targetptr="DCM_1">green <emphasis>tea</emphasis></olink>'
    part = made_part(tmp_path, chapter(f"<para>{reference}</para>"))
    (block,) = Reading(part).blocks(part.by_id["chapter_C"])
    assert (block.words, block.spans[0]) == ("green tea", Span("link", 0, 9, "PS3.16#DCM_1"))


@pytest.mark.parametrize(
    ("reference", "says"),
    [
        (
            '<xref linkend="sect_Z" xrefstyle="select: label"/>',
            "a reference to what is not here: sect_Z",
        ),
        (
            '<olink targetdoc="PS4.1" targetptr="x">tea</olink>',
            "a reference to another document: PS4.1",
        ),
        ("<xref/>", "a reference to what is not here: nothing"),
        (
            '<link xl:href="javascript:x()">tea</link>',
            "a link that is not an address: java",
        ),
    ],
)
def test_a_reference_that_leads_nowhere_is_a_problem(
    tmp_path: Path, reference: str, says: str
) -> None:
    part = made_part(tmp_path, chapter(f"<para>See {reference}</para>"))
    (block,) = Reading(part).blocks(part.by_id["chapter_C"])
    assert [problem.words.startswith(says) for problem in part.problems] == [True]
    assert not any("javascript" in span.target for span in block.spans)
