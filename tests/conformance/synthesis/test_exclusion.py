"""Which attributes a requirement names."""

from __future__ import annotations

from octome.conformance.rules.condition.expression import Constant, Equals, Present, Unknown
from octome.conformance.rules.condition.logic import All, Mixed, Not
from octome.conformance.rules.condition.requirement import Requirement
from octome.conformance.synthesis.exclusion import named_tags


def test_tags_are_found_in_every_part() -> None:
    mixed = Mixed((Present(1), Unknown("hot"), Not(Equals(2, ("GREEN",)))), ("or", "and"))
    required, forbidden = All((mixed, Constant(value=True))), Not(Present(3))
    assert named_tags(Requirement(required, forbidden, "")) == {1, 2, 3}
