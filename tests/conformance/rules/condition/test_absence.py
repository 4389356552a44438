"""Conditions that are false where no attribute that they name is there."""

from __future__ import annotations

import pytest

from octome.conformance.rules.condition.absence import false_without
from octome.conformance.rules.condition.expression import (
    Constant,
    Demanded,
    Differs,
    Equals,
    Expression,
    HasCode,
    HasItems,
    Predicate,
    Present,
    Unknown,
)
from octome.conformance.rules.condition.logic import All, AnyOf, Mixed, Not

CUPS, TEA = Present(1), Equals(2, ("GREEN",))
FROGS = Predicate("there-are-frogs")


@pytest.mark.parametrize(
    ("expression", "needed"),
    [
        (CUPS, {1}),
        (HasItems(3, 1), {3}),
        (HasCode(3, (("DCM", "1"),)), {3}),
        (AnyOf((CUPS, TEA)), {1, 2}),
        (All((CUPS, FROGS)), {1}),
        (All((TEA, Unknown("if frogs like it"))), {2}),
        (Mixed((CUPS, TEA, CUPS), ("and", "or")), {1, 2}),
        (Constant(value=False), set()),
    ],
)
def test_what_a_condition_needs_to_be_other_than_false(
    expression: Expression, needed: set[int]
) -> None:
    assert false_without(expression) == needed


@pytest.mark.parametrize(
    "expression",
    [
        Not(CUPS),
        Differs(2, ("GREEN",)),
        HasItems(3, 0),
        AnyOf((CUPS, FROGS)),
        Unknown("if frogs like it"),
        Demanded(1),
        Constant(value=True),
    ],
)
def test_a_condition_that_may_hold_without_its_attributes(expression: Expression) -> None:
    assert false_without(expression) is None
