"""Attribute trees, on invented tables."""

from __future__ import annotations

import pytest

from octome.standard.compile.forest import Forest, Inclusion
from octome.standard.sources.records import Fragment, Include, Row

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
    level = forest.add_outline(
        rows((0, "00400001", "1", None), *code, (0, "00400002", "1", None), *code), number
    )
    first, second = forest.levels[level]
    assert first.items == second.items


def test_digest_depends_on_types_and_not_on_order() -> None:
    forest = Forest()
    one = forest.add_outline(rows((0, "00200001", "1", None), (0, "00200002", "2", None)), number)
    turned = forest.add_outline(
        rows((0, "00200002", "2", "id"), (0, "00200001", "1", "name")), number
    )
    other = forest.add_outline(rows((0, "00200001", "1", None), (0, "00200002", "3", None)), number)
    assert forest.digest(one) == forest.digest(turned)
    assert forest.digest(one) != forest.digest(other)


def test_macro_is_written_out_where_it_is_included() -> None:
    forest = Forest()
    macros = {
        "code": [Row(0, "00080100", "1"), Include(0, "meaning")],
        "meaning": [Row(0, "00080104", "1")],
    }
    outline = [
        Row(0, "00082218", "2"),
        Include(1, "code", Fragment("name")),
        Row(0, "00082220", "3"),
    ]
    root = forest.levels[forest.add_outline(outline, number, macros)]
    assert [line.tag for line in root] == ["00082218", "00082220"]
    items = root[0].items
    assert items is not None
    assert [line.tag for line in forest.levels[items]] == ["00080100", "00080104"]
    assert forest.inclusions[items] == (
        Inclusion(0, "code", number(Fragment("name")), 2),
        Inclusion(1, "meaning", None, 1),
    )


def test_macro_within_itself_ends() -> None:
    forest = Forest()
    macros = {"tree": [Row(0, "0040a040", "1"), Row(0, "0040a730", "1C"), Include(1, "tree")]}
    root = forest.levels[forest.add_outline([Include(0, "tree")], number, macros)]
    items = root[1].items
    assert items is not None
    assert forest.levels[items] == ()
    assert forest.inclusions[items] == (Inclusion(0, "tree", None, 0),)


def test_macro_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError, match="pond"):
        Forest().add_outline([Include(0, "pond")], number, {})
