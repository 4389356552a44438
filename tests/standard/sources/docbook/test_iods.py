from __future__ import annotations

from pathlib import Path

import pytest
from made_part import chapter, made_part, section
from made_tables import ATTRIBUTES, cells, reference, table, text_cell

from octome.standard.block import words_of
from octome.standard.sources.docbook.attribute_tables import attribute_tables
from octome.standard.sources.docbook.iods import Iods, iods
from octome.standard.sources.docbook.text import Reading
from octome.standard.sources.records import Passage

HEAD = ("IE", "Module", "Reference", "Usage")


def read(folder: Path, caption: str, *rows: str) -> Iods:
    leaf = table("C.1-1", "Leaf Module Attributes", ATTRIBUTES, [])
    pond = section("A.1.1", "<para>It swims.</para>") + section(
        "A.1.2", table("A.1-1", caption, HEAD, rows)
    )
    body = chapter(section("A.1", pond), "A") + chapter(section("C.1", leaf))
    part = made_part(folder, body)
    reading = Reading(part)
    return iods(part, reading, attribute_tables(part, reading))


@pytest.mark.parametrize("kind", ["IOD", "Information Objection Definition"])
def test_a_ciod_has_an_id_and_the_text_of_its_first_section(tmp_path: Path, kind: str) -> None:
    (ciod,) = read(tmp_path, f"Green Frog Image {kind} Modules").ciods
    assert (ciod.id, ciod.name) == ("green-frog-image", "Green Frog Image")
    assert isinstance(ciod.description, Passage)
    assert words_of(ciod.description.blocks) == "It swims."


def test_an_entity_reaches_down_and_a_condition_is_without_its_letter(tmp_path: Path) -> None:
    first = text_cell("Pond", rows=2) + cells("Leaf", reference("C.1"), "M")
    second = cells("", reference("C.1"), "C - Required if it rains.")
    found = read(tmp_path, "Frog IOD Modules", first, second).uses
    assert [(use.information_entity, use.table, use.usage) for use in found] == [
        ("Pond", "leaf", "M"),
        ("Pond", "leaf", "C"),
    ]
    assert isinstance(found[1].condition, Passage)
    assert words_of(found[1].condition.blocks) == "Required if it rains."


def test_a_table_without_entities_has_modules_all_the_same(tmp_path: Path) -> None:
    leaf = table("C.1-1", "Leaf Module Attributes", ATTRIBUTES, [])
    head = ("Module", "Reference", "Usage")
    directory = table("F.3-1", "Pond IOD Modules", head, [cells("Leaf", reference("C.1"), "U")])
    part = made_part(
        tmp_path, chapter(section("F.3", directory), "F") + chapter(section("C.1", leaf))
    )
    reading = Reading(part)
    (use,) = iods(part, reading, attribute_tables(part, reading)).uses
    assert (use.table, use.usage, use.information_entity) == ("leaf", "U", None)


@pytest.mark.parametrize(
    "caption",
    [
        "Frog IOD ModuleS",
        "Frog IOD Module Table",
        "Frog IOD modules (continued)",
        "Frog IODs Module",
    ],
)
def test_a_caption_in_other_words_is_understood(tmp_path: Path, caption: str) -> None:
    row = cells("Pond", "Leaf", reference("C.1"), "M")
    found = read(tmp_path, caption, row)
    assert [ciod.id for ciod in found.ciods] == ["frog"]
    assert [use.table for use in found.uses] == ["leaf"]


def test_a_row_without_its_entity_has_that_of_the_row_above(tmp_path: Path) -> None:
    first = cells("Pond", "Leaf", reference("C.1"), "M")
    found = read(tmp_path, "Frog IOD Modules", first, cells("Leaf", reference("C.1"), "U")).uses
    assert [(use.information_entity, use.usage) for use in found] == [("Pond", "M"), ("Pond", "U")]


@pytest.mark.parametrize(
    ("words", "usage", "condition"),
    [
        ("(C) Required if it rains.", "C", "Required if it rains."),
        ("Mandatory", "M", None),
        ("u - If it rains.", "U", "If it rains."),
        ("(M)", "M", None),
    ],
)
def test_a_usage_is_read_in_any_spelling(
    tmp_path: Path, words: str, usage: str, condition: str | None
) -> None:
    row = cells("Pond", "Leaf", reference("C.1"), words)
    (use,) = read(tmp_path, "Frog IOD Modules", row).uses
    stated = use.condition
    assert use.usage == usage
    assert (words_of(stated.blocks) if isinstance(stated, Passage) else None) == condition


def test_what_is_not_understood_of_modules_is_a_problem(tmp_path: Path) -> None:
    part = made_part(
        tmp_path,
        chapter(
            section(
                "A.1",
                table("A.1-1", "Frogs", HEAD, [cells("Pond", "Leaf", "", "M")])
                + table("A.1-2", "Frog IOD Modules", HEAD, [cells("Pond", "Leaf", "", "X")]),
            ),
            "A",
        ),
    )
    reading = Reading(part)
    assert iods(part, reading, attribute_tables(part, reading)).uses == []
    assert [problem.words for problem in part.problems] == [
        "a table of modules that is not read: Frogs, 1 row",
        "a usage that is not known: 'X' of Leaf",
    ]
