"""Attribute trees, on invented tables."""

from __future__ import annotations

from octome.standard.compile.forest import Forest
from octome.standard.sources.records import Fragment, Row

TEXTS = {"name": 1, "id": 2, "code": 3, "meaning": 4}


def rows(*outline: tuple[int, str, str, str | None]) -> list[Row]:
    return [
        Row(depth, tag, type_, Fragment(text) if text else None)
        for depth, tag, type_, text in outline
    ]


def number(fragment: Fragment) -> int:
    return TEXTS[fragment.html]


def test_equal_levels_are_stored_once_and_have_one_digest() -> None:
    forest = Forest()
    code = [(1, "00080100", "1", "code"), (1, "00080104", "1", "meaning")]
    level = forest.plant(
        rows((0, "00400001", "1", None), *code, (0, "00400002", "1", None), *code), number
    )
    first, second = forest.levels[level]
    assert first.items == second.items


def test_digest_depends_on_types_and_not_on_order() -> None:
    forest = Forest()
    one = forest.plant(rows((0, "00200001", "1", None), (0, "00200002", "2", None)), number)
    turned = forest.plant(rows((0, "00200002", "2", "id"), (0, "00200001", "1", "name")), number)
    other = forest.plant(rows((0, "00200001", "1", None), (0, "00200002", "3", None)), number)
    assert forest.digest(one) == forest.digest(turned)
    assert forest.digest(one) != forest.digest(other)
