"""Sentences about attributes as expressions. All sentences here are invented."""

from __future__ import annotations

import pytest

from octome.conformance.rules.condition.expression import (
    Compares,
    Differs,
    Equals,
    Expression,
    HasCode,
    HasItems,
    PointsToPrivate,
    Present,
    Unknown,
)
from octome.conformance.rules.condition.logic import Agreed, All, AnyOf, Mixed, Not
from octome.conformance.rules.condition.parser import parsed

LEAF, CUPS = 0x00080001, 0x00080002
HOT = Unknown("the pot is hot")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("@00080001 is present", Present(LEAF)),
        ("@00080001 is not present", Not(Present(LEAF))),
        ("value @00080001 is non-null", Present(LEAF, with_value=True)),
        ("@00080001 equals GREEN, WHITE or BLACK", Equals(LEAF, ("GREEN", "WHITE", "BLACK"))),
        ("the third @00080001 is GREEN", Equals(LEAF, ("GREEN",), 2)),
        ("@00080001 is not GREEN", Differs(LEAF, ("GREEN",))),
        ("@00080002 is greater than two", Compares(CUPS, ">", 2)),
        ("@00080002 <= 3", Compares(CUPS, "<=", 3)),
        ('@00080001 is (7, TEA, "Oolong")', HasCode(LEAF, (("TEA", "7"),))),
        ("@00080001 sequence contains one Item", HasItems(LEAF, 1, 1)),
        ("@00080001 value is the Data Element Tag of a Private Attribute", PointsToPrivate(LEAF)),
        ("@00080001 points to @00080002", Equals(LEAF, (str(CUPS),))),
        ("@00080001 is @00080002 or @00080001", Equals(LEAF, (str(CUPS), str(LEAF)))),
        ("@00080001 is equal to GREEN", Equals(LEAF, ("GREEN",))),
        ("@00080001 has a Value of GREEN", Equals(LEAF, ("GREEN",))),
        ("@00080001 is present and has a Value", Present(LEAF, with_value=True)),
        ("@00080001 has zero Items", HasItems(LEAF, 0, 0)),
        ("@00080001 contains multiple Items", HasItems(LEAF, 2)),
        ("@00080001 is GREEN or WHITE, in which case it is hot", Equals(LEAF, ("GREEN", "WHITE"))),
    ],
)
def test_a_statement(words: str, expected: Expression) -> None:
    assert parsed(words) == expected


def test_only_what_is_not_understood_is_unknown() -> None:
    assert parsed("@00080001 is present and the pot is hot") == All((Present(LEAF), HOT))
    # A comparison that goes on in other words is not half understood.
    words = "@00080001 is GREEN in the morning"
    assert parsed(words) == Unknown(words)


def test_more_about_the_same_attribute_is_grouped_first() -> None:
    green = AnyOf((Not(Present(LEAF)), Equals(LEAF, ("GREEN",))))
    assert parsed("@00080002 is present and @00080001 is absent or has a value of GREEN") == All(
        (Present(CUPS), green)
    )


def test_an_uncertain_grouping_is_not_guessed() -> None:
    first = Equals(LEAF, ("GREEN",))
    assert parsed("@00080001 is GREEN, or if the pot is hot, and @00080002 is present") == Mixed(
        (first, HOT, Present(CUPS)), ("or", "and")
    )


def test_of_several_attributes_none_or_any() -> None:
    both_absent = All((Not(Present(LEAF)), Not(Present(CUPS))))
    assert parsed("@00080001 or @00080002 are not present") == both_absent
    assert parsed("neither @00080001 nor @00080002 is present") == both_absent
    assert parsed("either @00080001 or @00080002 is present") == AnyOf(
        (Present(LEAF), Present(CUPS))
    )


def test_not_present_of_one_or_another_is_read_in_both_ways() -> None:
    absent = (Not(Present(LEAF)), Not(Present(CUPS)))
    expected = Agreed((AnyOf(absent), All(absent)))
    assert parsed("@00080001 or @00080002 is not present") == expected
    assert parsed("either @00080001 or @00080002 is not present") == AnyOf(absent)
