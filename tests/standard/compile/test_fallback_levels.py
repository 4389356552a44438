"""Order and text of a fallback edition, on invented tables."""

from __future__ import annotations

from octome.standard.compile.fallback_levels import FallbackLevels
from octome.standard.compile.forest import Forest, Line
from octome.standard.sources.records import Fragment, Row

TEXTS = {"name": 1, "id": 2, "code": 3, "meaning": 4}


def rows(*outline: tuple[int, str, str, str | None]) -> list[Row]:
    return [
        Row(depth, tag, type_, Fragment(text) if text else None)
        for depth, tag, type_, text in outline
    ]


def number(fragment: Fragment) -> int:
    return TEXTS[fragment.html]


def completed(
    older: list[Row], newer: list[Row], *, same: bool = True
) -> tuple[Forest, tuple[Line, ...]]:
    forest = Forest()
    old = forest.add_outline(older, number)
    level = FallbackLevels(forest, {"/modules/frog": old}).completed(
        forest.add_outline(newer, number), old if same else None
    )
    return forest, forest.levels[level]


OLD = rows((0, "00200002", "2", "id"), (0, "00200001", "2", "name"))


def test_order_and_text_of_the_same_path_come_without_a_place() -> None:
    _, lines = completed(OLD, rows((0, "00200001", "1", None), (0, "00200002", "2", None)))
    assert [(line.tag, line.type, line.text, line.place) for line in lines] == [
        ("00200002", "2", 2, None),
        ("00200001", "1", 1, None),
    ]


def test_new_attribute_comes_after_its_neighbour_without_text() -> None:
    _, lines = completed(
        OLD,
        rows((0, "00200001", "2", None), (0, "00200002", "2", None), (0, "00200003", "3", None)),
    )
    assert [(line.tag, line.text) for line in lines] == [
        ("00200002", 2),
        ("00200003", None),
        ("00200001", 1),
    ]


def test_text_of_another_module_names_its_place() -> None:
    _, lines = completed(OLD, rows((0, "00200001", "2", None)), same=False)
    assert (lines[0].text, lines[0].place) == (1, "/modules/frog/00200001")


def test_items_of_a_sequence_unknown_at_this_place_borrow_from_its_usual_ones() -> None:
    old = rows(
        (0, "00400001", "2", "name"), (1, "00080100", "1", "code"), (1, "00080104", "1", "meaning")
    )
    forest, lines = completed(
        old,
        rows((0, "00400009", "1", None), (1, "00080100", "1", None), (1, "00080104", "1", None)),
    )
    items = forest.levels[lines[0].items or 0]
    assert [(line.text, line.place) for line in items] == [
        (3, "/modules/frog/00400001/00080100"),
        (4, "/modules/frog/00400001/00080104"),
    ]
