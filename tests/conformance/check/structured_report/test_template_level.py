"""Which rows the children of an item may be, and which conditions are met."""

from __future__ import annotations

import pytest
from frog_rows import level_of, named, row
from report_items import code, item

from octome.conformance.rules.structured_report.row_condition import RowCondition

A, B = item("TEXT", concept=named("A")), item("TEXT", concept=named("B"))


def test_a_child_is_the_row_with_its_concept_and_type() -> None:
    level = level_of((row("1", "A"), row("2", "A", "CODE"), row("3", "B")), A, B)
    assert [one.number for one in level.certain.values()] == ["1", "3"]
    assert list(level.counts.values()) == [1, 0, 1]


@pytest.mark.parametrize(
    ("condition", "is_met"),
    [
        (RowCondition(kind="present", rows=frozenset({"1"})), True),
        (RowCondition(kind="absent", rows=frozenset({"1"})), False),
        (RowCondition(kind="absent", rows=frozenset({"2"})), True),
        (RowCondition(kind="one of", rows=frozenset({"2", "9"})), None),  # row 9 is elsewhere
        (RowCondition(kind="only one of", rows=frozenset({"1"})), False),
    ],
)
def test_conditions_about_other_rows(condition: RowCondition, is_met: bool | None) -> None:
    conditional = row("3", "C", condition=condition)
    level = level_of((row("1", "A"), row("2", "B"), conditional), A)
    assert level.is_met(conditional) is is_met


@pytest.mark.parametrize(("value", "is_met"), [("A", True), ("B", False)])
def test_conditions_about_a_value(value: str, is_met: bool) -> None:
    condition = RowCondition(
        kind="value", rows=frozenset({"1"}), codes=frozenset({("99POND", "A")})
    )
    conditional = row("3", "C", condition=condition)
    child = item("CODE", concept=named("K"), ConceptCodeSequence=[code(named(value))])
    level = level_of((row("1", "K", "CODE"), conditional), child)
    assert level.is_met(conditional) is is_met


def test_old_codes_leave_conditions_open() -> None:
    conditional = row("2", "B", condition=RowCondition(kind="absent", rows=frozenset({"1"})))
    old = item("TEXT", concept=("T-1", "SRT", "Tea"))
    assert level_of((row("1", "A"), conditional), old).is_met(conditional) is None
