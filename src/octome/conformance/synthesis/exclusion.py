"""Which attributes a requirement names: two that name each other are not added at once."""

from __future__ import annotations

from octome.conformance.rules.condition.expression import (
    Compares,
    Differs,
    Equals,
    Expression,
    HasCode,
    HasItems,
    Present,
)
from octome.conformance.rules.condition.logic import Agreed, All, AnyOf, Mixed, Not
from octome.conformance.rules.condition.requirement import Requirement


def named_tags(requirement: Requirement) -> set[int]:
    """The attributes that decide when something is required and when it is forbidden."""
    return {*_tags(requirement.required), *_tags(requirement.forbidden)}


def _tags(expression: Expression) -> set[int]:
    match expression:
        case Not(part):
            return _tags(part)
        case All(parts) | AnyOf(parts) | Mixed(parts) | Agreed(parts):
            return {tag for part in parts for tag in _tags(part)}
        case Present() | Equals() | Differs() | Compares() | HasCode() | HasItems():
            return {expression.tag}
    return set()
