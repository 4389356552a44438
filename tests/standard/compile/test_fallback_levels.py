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


def test_attribute_of_another_module_borrows_nothing() -> None:
    _, lines = completed(OLD, rows((0, "00200001", "2", None)), same=False)
    assert (lines[0].text, lines[0].place) == (None, None)


def test_level_of_the_same_tags_names_the_place_of_its_text() -> None:
    old = (*OLD, *rows((0, "00200003", "3", "code")))
    new = rows((0, "00200001", "2", None), (0, "00200002", "2", None), (0, "00200003", "1", None))
    _, lines = completed([*old], new, same=False)
    assert [(line.tag, line.text, line.place) for line in lines] == [
        ("00200002", 2, "/modules/frog/00200002"),
        ("00200001", 1, "/modules/frog/00200001"),
        ("00200003", None, None),  # of another Type
    ]


def test_sequence_with_the_same_items_borrows_its_text() -> None:
    old = rows((0, "00400001", "2", "name"), (1, "00080100", "1", "code"))
    new = rows((0, "00400001", "2", None), (1, "00080100", "1", None))
    forest, lines = completed(old, new, same=False)
    assert (lines[0].text, lines[0].place) == (1, "/modules/frog/00400001")
    [item] = forest.levels[lines[0].items or 0]
    assert item.text == 3


def test_text_with_a_condition_is_not_shown_under_a_type_without_one() -> None:
    old = rows((0, "00200001", "1C", "name"), (0, "00200002", "3", "id"))
    _, lines = completed(old, rows((0, "00200001", "3", None), (0, "00200002", "1C", None)))
    assert [line.text for line in lines] == [None, 2]


def test_items_of_a_sequence_unknown_at_this_place_borrow_from_its_usual_ones() -> None:
    code, scheme, meaning = "00080100", "00080102", "00080104"
    old = rows(
        (0, "00400001", "2", "name"),
        (1, code, "1", "code"),
        (1, scheme, "1", "id"),
        (1, meaning, "1", "meaning"),
    )
    new = rows(
        (0, "00400009", "1", None), *((1, tag, "1", None) for tag in (code, scheme, meaning))
    )
    forest, lines = completed(old, new)
    items = forest.levels[lines[0].items or 0]
    assert [(line.text, line.place) for line in items] == [
        (3, "/modules/frog/00400001/00080100"),
        (2, "/modules/frog/00400001/00080102"),
        (4, "/modules/frog/00400001/00080104"),
    ]
