"""What is stated of one attribute. All sentences here are invented."""

from __future__ import annotations

import pytest

from octome.conformance.rules.condition.expression import Compares, Equals, Expression, Present
from octome.conformance.rules.condition.logic import All, Not
from octome.conformance.rules.condition.statement import NotUnderstood, Subject, stated

SECOND_LEAF = Subject(0x00080001, 1)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("is absent", Not(Present(SECOND_LEAF.tag))),
        ("is GREEN or WHITE", Equals(SECOND_LEAF.tag, ("GREEN", "WHITE"), 1)),
        ("is greater than two", Compares(SECOND_LEAF.tag, ">", 2, 1)),
        (
            "has a value other than GREEN",
            All(
                (
                    Present(SECOND_LEAF.tag, with_value=True),
                    Not(Equals(SECOND_LEAF.tag, ("GREEN",), 1)),
                )
            ),
        ),
    ],
)
def test_statement_is_about_the_value_that_is_picked(words: str, expected: Expression) -> None:
    assert stated(words, SECOND_LEAF) == expected


def test_words_after_a_comparison_leave_it_not_understood() -> None:
    with pytest.raises(NotUnderstood):
        stated("is GREEN in the morning", SECOND_LEAF)
