"""Expressions in three values, evaluated by hand."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from tea_scope import COLOUR, CUPS, POT, TIME, Tea

from octome.conformance.rules.condition.expression import (
    Compares,
    Demanded,
    Differs,
    Equals,
    Expression,
    HasCode,
    HasItems,
    PointsToPrivate,
    Predicate,
    Present,
    Truth,
    as_number,
    same,
)


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
        (Compares(COLOUR, ">", 1), None),  # a word is neither more nor less
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


def test_a_code_of_an_older_scheme_may_be_the_one_that_is_meant() -> None:
    class Old(Tea):
        def codes(self, tag: int) -> Sequence[tuple[str, str]]:
            return [("SRT", "T-1")]

    assert HasCode(COLOUR, (("SCT", "7"),)).truth(Old()) is None
    assert HasCode(COLOUR, (("DCM", "7"),)).truth(Old()) is False
    assert HasCode(COLOUR, (("SCT", "7"),)).truth(Tea()) is False
