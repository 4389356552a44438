"""Expressions joined, in three values, evaluated by hand."""

from __future__ import annotations

import pytest
from tea_scope import COLOUR, Tea

from octome.conformance.rules.condition.expression import (
    Constant,
    Expression,
    Present,
    Truth,
    Unknown,
)
from octome.conformance.rules.condition.logic import (
    Agreed,
    All,
    AnyOf,
    Mixed,
    Not,
    both,
    either,
    unknowns,
)

YES, NO, OPEN = Constant(value=True), Constant(value=False), Unknown("the moon is full")


@pytest.mark.parametrize(
    ("parts", "all_", "any_"),
    [
        ((YES, YES), True, True),
        ((YES, NO), False, True),
        ((NO, NO), False, False),
        ((YES, OPEN), None, True),
        ((OPEN, NO), False, None),
        ((OPEN, OPEN), None, None),
    ],
)
def test_unknown_propagates_as_in_kleenes_logic(
    parts: tuple[Expression, ...], all_: Truth, any_: Truth
) -> None:
    for order in (parts, parts[::-1]):
        assert All(order).truth(Tea()) is all_
        assert AnyOf(order).truth(Tea()) is any_
        assert Not(All(order)).truth(Tea()) is (None if all_ is None else not all_)


@pytest.mark.parametrize(
    "words", [(), ("and", "or"), ("nor",)], ids=["too few", "too many", "another word"]
)
def test_parts_are_joined_by_one_word_each(words: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="2 parts cannot be joined by"):
        Mixed((YES, NO), words)  # type: ignore[arg-type]


def test_one_part_is_itself() -> None:
    assert both([YES]) is YES
    assert either(iter([NO])) is NO
    assert (both([YES, NO]), either([YES, NO])) == (All((YES, NO)), AnyOf((YES, NO)))


def test_unknown_words_are_found_at_any_depth() -> None:
    deep = All((Not(AnyOf((OPEN, YES))), Mixed((Unknown("it rains"), NO), ("or",))))
    assert unknowns(deep) == ["the moon is full", "it rains"]
    assert unknowns(Present(COLOUR)) == []


@pytest.mark.parametrize(
    ("readings", "expected"), [((YES, YES), True), ((YES, NO), None), ((NO, OPEN), None)]
)
def test_readings_decide_where_they_agree(
    readings: tuple[Expression, ...], expected: Truth
) -> None:
    assert Agreed(readings).truth(Tea()) is expected
