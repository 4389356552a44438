"""Rows of attribute tables that are not as they should be: kept as far as they are understood."""

from __future__ import annotations

from pathlib import Path

from made_part import chapter, made_part, section
from made_tables import ATTRIBUTES, cells, include, table, text_cell

from octome.standard.sources.docbook.attribute_tables import attribute_tables
from octome.standard.sources.docbook.text import Reading
from octome.standard.sources.records import Row

LEAF = table("10-1", "Leaf Macro Attributes", ATTRIBUTES, [cells("Leaf", "(0010,0020)", "1", "")])


def read(folder: Path, *body: str) -> tuple[list[tuple[object, ...]], list[str]]:
    """Depth, tag and type of each row, or the macro; and the problems."""
    frog = table("C.1-1", "Frog Module Attributes", ATTRIBUTES, body)
    part = made_part(folder, chapter(section("C.1", frog)) + chapter(section("10.1", LEAF), "10"))
    (module,) = attribute_tables(part, Reading(part)).modules
    short = [
        (row.depth, row.tag, row.type) if isinstance(row, Row) else (row.depth, row.macro)
        for row in module.rows
    ]
    return short, [problem.words for problem in part.problems]


def test_row_below_a_sequence_that_is_not_read_is_not_raised(tmp_path: Path) -> None:
    found, problems = read(
        tmp_path,
        cells("Pond Sequence", "none", "1", "W"),
        cells(">Frog", "(0010,0010)", "1", ""),
        cells("Toad", "(0010,0020)", "2", ""),
    )
    assert found == [(0, "00100020", "2")]
    assert problems == [
        "a row without a tag: Pond Sequence (none)",
        "a row below one that is not read: >Frog",
    ]


def test_heading_across_all_columns_does_not_end_a_sequence(tmp_path: Path) -> None:
    found, problems = read(
        tmp_path,
        cells("Pond Sequence", "(0008,1140)", "1", "W"),
        text_cell("ALL FROGS IN SEQUENCE", columns=4),
        cells(">Frog", "(0010,0010)", "1", ""),
    )
    assert found == [(0, "00081140", "1"), (1, "00100010", "1")]
    assert problems == ["a row without a tag: ALL FROGS IN SEQUENCE"]


def test_words_after_a_tag_or_a_type_are_a_problem_and_the_row_stays(tmp_path: Path) -> None:
    found, problems = read(tmp_path, cells("Frog", "(0010,0010) (RET)", "1C (green)", "W"))
    assert found == [(0, "00100010", "1C")]
    assert problems == [
        "words after a tag: (0010,0010) (RET) of Frog",
        "a type that is not known: '1C (green)' of Frog",
    ]


def test_row_without_a_name_may_be_a_sequence(tmp_path: Path) -> None:
    found, problems = read(
        tmp_path, cells("", "(0008,1140)", "1", ""), cells(">Frog", "(0010,0010)", "1", "")
    )
    assert found == [(0, "00081140", "1"), (1, "00100010", "1")]
    assert problems == ["a row without a name: (0008,1140)"]


def test_row_that_refers_to_a_macro_includes_it_in_any_words(tmp_path: Path) -> None:
    row = include(">", "10-1").replace("Include", "Insert")
    found, problems = read(tmp_path, cells("Pond Sequence", "(0008,1140)", "1", ""), row)
    assert found == [(0, "00081140", "1"), (1, "leaf")]
    assert problems == []
