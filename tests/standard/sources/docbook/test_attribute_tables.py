from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from made_part import chapter, made_part, section
from made_tables import ATTRIBUTES, cells, include, table

from octome.standard.sources.docbook.attribute_tables import AttributeTables, attribute_tables
from octome.standard.sources.docbook.part import Part, parse_part
from octome.standard.sources.docbook.text import Reading
from octome.standard.sources.records import Include, Passage, Row

REAL = Path(__file__).parents[5] / "shared" / "data" / "docbook-excerpt" / "part03.xml"
LEAF = table("10-1", "Leaf Macro Attributes", ATTRIBUTES, [cells("Leaf", "(0010,0020)", "1", "")])


def read(part: Part) -> AttributeTables:
    return attribute_tables(part, Reading(part))


def rows(folder: Path, *body: str) -> tuple[list[tuple[object, ...]], Part]:
    frog = table("C.1-1", "Frog Module Attributes", ATTRIBUTES, body)
    part = made_part(folder, chapter(section("C.1", frog)) + chapter(section("10.1", LEAF), "10"))
    found = read(part).modules[0].rows
    short = [
        (row.depth, row.tag, row.type) if isinstance(row, Row) else (row.depth, row.macro)
        for row in found
    ]
    return short, part


def test_rows_have_depth_tag_and_type(tmp_path: Path) -> None:
    body = (cells("Pond Sequence", "(0008,1140)", "1C", "W"), cells(">Name", "(60xx,3000)", "", ""))
    assert rows(tmp_path, *body)[0] == [(0, "00081140", "1C"), (1, "60xx3000", None)]


def test_a_depth_that_skips_a_level_is_one_deeper(tmp_path: Path) -> None:
    body = (cells("Pond Sequence", "(0008,1140)", "1", ""), cells(">>>Name", "0010 0010", "1", ""))
    assert rows(tmp_path, *body)[0] == [(0, "00081140", "1"), (1, "00100010", "1")]


def test_a_level_is_not_raised_below_a_row_that_is_not_a_sequence(tmp_path: Path) -> None:
    body = (cells("Pond", "(0008,1140)", "1", ""), cells(">Name", "(0010,0010)", "1", ""))
    assert rows(tmp_path, *body)[0] == [(0, "00081140", "1"), (0, "00100010", "1")]


def test_a_macro_is_included_with_what_the_row_adds(tmp_path: Path) -> None:
    part = made_part(
        tmp_path,
        chapter(
            section("C.1", table("C.1-1", "Frog Module", ATTRIBUTES, [include("", "10-1", "Tea")]))
        )
        + chapter(section("10.1", LEAF), "10"),
    )
    row = read(part).modules[0].rows
    (found,) = row
    assert isinstance(found, Include)
    assert found.macro == "leaf"
    assert found.text is not None


@pytest.mark.parametrize(
    "row",
    [
        include("", "10-99"),
        cells("FROGS OF THE POND", "", "", ""),
        cells("Pond", "See F.5", "1", ""),
    ],
)
def test_what_is_not_understood_is_a_problem(tmp_path: Path, row: str) -> None:
    found, part = rows(tmp_path, row)
    assert found == []
    assert [problem.anchor for problem in part.problems] == ["table_C.1-1"]


def test_an_example_of_a_table_is_not_a_module(tmp_path: Path) -> None:
    pad = table("5.4-1", "Example Module Table", ATTRIBUTES, [])
    assert read(made_part(tmp_path, chapter(section("5.4", pad), "5"))).modules == []


def test_functional_groups_of_any_kind_are_not_a_problem(tmp_path: Path) -> None:
    found, part = rows(tmp_path, cells(">Include one or more Functional Group Macros", "", "", ""))
    assert (found, part.problems) == ([], [])


def test_a_caption_without_macro_is_named_by_its_section(tmp_path: Path) -> None:
    pad = table("10-2", "Pad Attributes", ATTRIBUTES, [])
    part = made_part(tmp_path, chapter(section("10.2", pad, "Pad Macro"), "10"))
    assert [macro.id for macro in read(part).macros] == ["pad"]


@pytest.mark.shared
@pytest.mark.skipif(not REAL.exists(), reason="needs the shortened part 3 of 2016c")
def test_no_row_of_a_real_part_is_lost() -> None:
    part = parse_part(REAL)
    found = read(part)
    name = "{http://docbook.org/ns/docbook}"
    expected = 0
    for each in ElementTree.parse(REAL).iter(f"{name}table"):
        head = ["".join(cell.itertext()).strip() for cell in each.iter(f"{name}th")]
        if "Tag" in head:
            expected += len(each.findall(f"{name}tbody/{name}tr"))
    rows = sum(len(list(each.rows)) for each in (*found.modules, *found.macros))
    lost = [problem.words for problem in part.problems]
    lost = [words for words in lost if re.match("a row without a tag|includes a macro", words)]
    # RT DVH is there twice, with 18 rows; 2 rows are for whatever functional groups there are.
    assert rows + len(lost) + 18 + 2 == expected


def test_description_keeps_its_lists_and_notes(tmp_path: Path) -> None:
    frog = table("C.1-1", "Frog Module Attributes", ATTRIBUTES, [cells("Leg", "(0010,0020)", "1")])
    words = (
        "<para>Frogs are:</para><itemizedlist><listitem><para>green</para></listitem>"
        "</itemizedlist><note><para>Not all.</para></note>"
    )
    part = made_part(tmp_path, chapter(section("C.1", words + frog)))
    (found,) = read(part).modules
    assert isinstance(found.description, Passage)
    assert [block.kind for block in found.description.blocks] == ["paragraph", "list", "note"]
    assert part.problems == []


@pytest.mark.parametrize(
    "caption", ["Frog Module Attribute", "Frog module attributes.", "Table C.1-1. Frog Module"]
)
def test_a_caption_in_other_words_is_understood(tmp_path: Path, caption: str) -> None:
    frog = table("C.1-1", caption, ATTRIBUTES, [cells("Leg", "(0010,0020)", "1", "")])
    (found,) = read(made_part(tmp_path, chapter(section("C.1", frog)))).modules
    assert (found.id, found.name) == ("frog", "Frog")


def test_a_table_without_a_caption_has_the_name_of_its_section(tmp_path: Path) -> None:
    frog = table("C.1-1", "", ATTRIBUTES, [cells("Leg", "(0010,0020)", "1", "")])
    bare = frog.replace("<caption></caption>", "").replace("table ", "informaltable ", 1)
    bare = bare.replace("</table>", "</informaltable>")
    part = made_part(tmp_path, chapter(section("C.1", bare, "Frog Module")))
    assert [module.id for module in read(part).modules] == ["frog"]


def test_a_table_in_two_is_one_and_another_of_its_name_is_a_problem(tmp_path: Path) -> None:
    leg, arm = cells("Leg", "(0010,0020)", "1", ""), cells("Arm", "(0010,0030)", "1", "")
    first = table("C.1-1", "Frog Module Attributes", ATTRIBUTES, [leg])
    rest = table("C.1-1b", "Frog Module Attributes (continued)", ATTRIBUTES, [arm])
    part = made_part(
        tmp_path,
        chapter(section("C.1", f"{first}<note><para>Green.</para></note>{rest}"))
        + chapter(section("D.1", first), "D"),
    )
    (found,) = read(part).modules
    assert [row.tag for row in found.rows if isinstance(row, Row)] == ["00100020", "00100030"]
    assert [problem.words for problem in part.problems] == ["a second table: module Frog, 1 row"]


def test_a_table_that_is_not_read_is_a_problem_with_its_rows(tmp_path: Path) -> None:
    row = cells("Leg", "(0010,0020)", "1", "")
    frog = table("C.1-1", "Frogs", ("Frog", "Number", "Kind", "Words"), [row, row])
    part = made_part(tmp_path, chapter(section("C.1", frog)))
    assert read(part).modules == []
    assert [problem.words for problem in part.problems] == [
        "a table of attributes that is not read: Frogs, 2 rows"
    ]
