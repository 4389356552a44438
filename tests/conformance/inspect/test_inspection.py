"""The values of an inspection."""

from __future__ import annotations

import pytest

from octome.conformance.check.finding import Finding, Outcome
from octome.conformance.inspect.inspection import Node, Part, State


def node(*outcomes: Outcome, items: tuple[tuple[Node, ...], ...] = ()) -> Node:
    findings = tuple(
        Finding(code="missing", outcome=outcome, path="A", message="m") for outcome in outcomes
    )
    return Node(
        tag="00280010", keyword="Rows", name="Rows", vr="US", type="1", state="present",
        value="4", path="Rows", link="", findings=findings, items=items,
    )  # fmt: skip


def test_a_part_counts_the_violations_of_its_attributes_and_their_items() -> None:
    inner = node("violation", "violation", "warning")
    outer = node("violation", items=((inner,), (node("note"),)))
    assert outer.violations_below == 2
    assert Part(name="Image Pixel", nodes=(outer, inner)).violations == 5


def test_an_unknown_state_is_an_error() -> None:
    state: State = "gone"  # type: ignore[assignment]
    with pytest.raises(ValueError, match="state 'gone' is not one of present, empty"):
        Node(tag="", keyword="", name="", vr="", type=None, state=state, value="", path="", link="")
