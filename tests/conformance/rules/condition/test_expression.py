"""Expressions in three values, evaluated by hand."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from octome.conformance.rules.condition.expression import (
    All,
    AnyOf,
    Compares,
    Constant,
    Demanded,
    Differs,
    Equals,
    Expression,
    HasCode,
    HasItems,
    Mixed,
    Not,
    PointsToPrivate,
    Predicate,
    Present,
    Truth,
    Unknown,
    as_number,
    both,
    either,
    same,
    unknowns,
)

COLOUR, CUPS, TIME, POT = 0x00080001, 0x00080002, 0x00080003, 0x00080004
YES, NO, OPEN = Constant(value=True), Constant(value=False), Unknown("the moon is full")


class Tea:
    """A scope with a colour, two cups and an empty time; the pot is unknown."""

    def __init__(self, *colours: object) -> None:
        self.found: dict[int, list[list[object]]] = {
            COLOUR: [list(colours or ("GREEN", "DARK"))],
            CUPS: [[2]],
            TIME: [[]],
        }

    def presence(self, tag: int) -> Truth:
        return None if tag == POT else tag in self.found

    def has_value(self, tag: int) -> Truth:
        return None if tag == POT else any(self.found.get(tag, []))

    def values(self, tag: int) -> Sequence[Sequence[object]] | None:
        return None if tag == POT else self.found.get(tag, [])

    def codes(self, tag: int) -> Sequence[tuple[str, str]] | None:
        return None if tag == POT else [("SCT", "1")] if tag == COLOUR else []

    def number_of_items(self, tag: int) -> int | None:
        return None if tag == POT else 2 if tag == CUPS else 0

    def is_demanded(self, tag: int) -> Truth:
        return tag == COLOUR

    def predicate(self, name: str) -> Truth:
        return {"hot": True, "cold": False}.get(name)


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
    ("expression", "truth"),
    [
        (Present(TIME), True),
        (Present(TIME, with_value=True), False),
        (Present(POT), None),
        (Equals(COLOUR, ("DARK",)), True),
        (Equals(COLOUR, ("DARK",), index=0), False),
        (Equals(COLOUR, ("DARK",), index=1), True),
        (Equals(COLOUR, ("DARK",), index=2), False),
        (Equals(0x00080009, ("DARK",)), False),
        (Equals(POT, ("DARK",)), None),
        (Differs(COLOUR, ("BLACK",)), True),
        (Differs(COLOUR, ("GREEN",)), False),
        # An absent value does not differ, nor does an empty one.
        (Differs(0x00080009, ("GREEN",)), None),
        (Differs(TIME, ("GREEN",)), None),
        (Compares(CUPS, ">", 1), True),
        (Compares(CUPS, ">", 2), False),
        (Compares(CUPS, ">=", 2), True),
        (Compares(CUPS, "<", 2), False),
        (Compares(CUPS, "<=", 2), True),
        (Compares(COLOUR, ">", 1), False),
        (Compares(TIME, ">", 1), False),
        (Compares(POT, ">", 1), None),
        (HasCode(COLOUR, (("SCT", "1"),)), True),
        (HasCode(COLOUR, (("SRT", "1"),)), False),
        (HasCode(POT, (("SCT", "1"),)), None),
        (HasItems(CUPS, 2), True),
        (HasItems(CUPS, 1, 1), False),
        (HasItems(TIME, 1), False),
        (HasItems(POT, 1), None),
        (Demanded(COLOUR), True),
        (Predicate("hot"), True),
        (Predicate("cold"), False),
        (Predicate("late"), None),
    ],
    ids=repr,
)
def test_an_expression_reads_the_scope(expression: Expression, truth: Truth) -> None:
    assert expression.truth(Tea()) is truth


@pytest.mark.parametrize(
    ("tag", "truth"), [(0x00291010, True), (0x00281010, False), ("00291010", False)]
)
def test_a_private_tag_has_an_odd_group(tag: object, truth: bool) -> None:
    assert PointsToPrivate(COLOUR).truth(Tea(tag)) is truth


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
    ("value", "term", "is_same"),
    [
        ("GREEN", "GREEN", True),
        ("GREEN", "green", False),
        ("1.0", "1", True),
        (1, "0001H", True),
        (16, "0010H", True),
        ("ONE", "1", False),
        (1, "ONE", False),
    ],
)
def test_a_value_is_a_term_as_text_or_as_a_number(value: object, term: str, is_same: bool) -> None:
    assert same(value, term) is is_same


def test_hexadecimal_ends_with_h() -> None:
    assert (as_number("00FFH"), as_number("12"), as_number("FF"), as_number("H")) == (
        255.0,
        12.0,
        None,
        None,
    )
