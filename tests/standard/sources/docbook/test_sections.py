"""The sections of a part."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from made_part import chapter, made_part, section
from real_parts import real_part

from octome.standard.block import words_of
from octome.standard.sources.docbook.part import parse_part
from octome.standard.sources.docbook.sections import sections_of
from octome.standard.sources.docbook.tag import ID, tag


def test_a_section_has_its_own_text_and_place(tmp_path: Path) -> None:
    table = '<table xml:id="table_C-1" label="C-1"><tr><td>x</td></tr></table>'
    inner = section("C.1.1", f'<para xml:id="para_1">hops</para>{table}')
    part = made_part(tmp_path, chapter("<para>a pond</para>" + section("C.1", inner, "Toad")))
    pond, toad, frog = sections_of(part)
    assert [(each.anchor, each.label, each.title, each.depth) for each in (pond, toad, frog)] == [
        ("chapter_C", "C", "Pond", 0),
        ("sect_C.1", "C.1", "Toad", 1),
        ("sect_C.1.1", "C.1.1", "Frog", 2),
    ]
    assert [words_of(each.text.blocks) for each in (pond, toad)] == ["a pond", ""]
    assert frog.anchors == ("table_C-1",)
    assert frog.url.endswith("/2026c/output/chtml/part03/chapter_C.html#sect_C.1.1")
    assert not part.problems


def test_text_of_a_section_that_was_read_as_data_is_left_out(tmp_path: Path) -> None:
    part = made_part(tmp_path, chapter(section("C.1", "<para>hops</para>", "Toad")))
    _, toad = sections_of(part, read={"sect_C.1"})
    assert (toad.anchor, toad.title, toad.text.blocks) == ("sect_C.1", "Toad", ())


def test_parts_of_a_glossary_are_sections_where_they_have_an_id(tmp_path: Path) -> None:
    body = (
        "<glossary><title>Words</title>"
        '<glossdiv label="3.1" xml:id="sect_3.1"><title>Frogs</title><glossentry '
        'xml:id="glossentry_Newt"><glossterm>Newt</glossterm><glossdef><para>No frog.</para>'
        "</glossdef></glossentry></glossdiv></glossary>"
    )
    around, frogs = sections_of(made_part(tmp_path, chapter(body, "3")))
    assert words_of(around.text.blocks) == "Words"
    assert (frogs.title, frogs.depth, frogs.anchors) == ("Frogs", 1, ("glossentry_Newt",))
    assert words_of(frogs.text.blocks) == "Newt No frog."


def test_no_two_sections_have_the_same_anchor(tmp_path: Path) -> None:
    nameless = section("C.3").replace(' xml:id="sect_C.3"', "")
    part = made_part(tmp_path, chapter(section("C.1") + section("C.1") + nameless))
    assert [each.anchor for each in sections_of(part)][1:] == ["sect_C.1", "sect_C.1_2", "sect_C.3"]
    assert [problem.words for problem in part.problems] == [
        "a second section with this id: sect_C.1",
        "a section without an id",
    ]


def test_what_is_in_no_chapter_comes_last(tmp_path: Path) -> None:
    part = made_part(tmp_path, chapter("") + "<para>adrift</para>")
    *_, last = sections_of(part)
    assert (last.anchor, last.title, words_of(last.text.blocks)) == ("PS3.3", "Frogs", "adrift")


def test_a_reference_in_a_title_has_its_words(tmp_path: Path) -> None:
    title = 'About <xref linkend="sect_C.2" xrefstyle="select: label"/>'
    _, first, _ = sections_of(
        made_part(tmp_path, chapter(section("C.1", "", title) + section("C.2")))
    )
    assert first.title == "About Section C.2"


@pytest.mark.shared
@real_part
def test_no_section_of_a_real_part_is_lost(file: Path) -> None:
    root = ElementTree.parse(file).getroot()
    theirs = [
        element.get(ID)
        for element in root.iter()
        if element.tag in (tag("chapter"), tag("section"), tag("glossdiv"), tag("bibliodiv"))
    ]
    part = parse_part(file)
    records = list(sections_of(part))
    ours = [record.anchor for record in records if record.anchor != f"PS3.{part.number}"]
    assert len(ours) == len(theirs)
    assert [id_ for id_ in theirs if id_ and id_ not in ours] == []
    assert len({record.anchor for record in records}) == len(records)
    tables = [element.get(ID) for element in root.iter(tag("table")) if element.get(ID)]
    assert {*tables} <= {anchor for record in records for anchor in record.anchors}
