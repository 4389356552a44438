"""Order, units, values, exclusions and other items."""

from __future__ import annotations

import pytest
from frog_rows import level_of, named, row
from pydicom.dataset import Dataset
from report_items import code, item, number

from octome.conformance.check.structured_report.template_details import details
from octome.conformance.rules.structured_report.row_condition import RowCondition
from octome.conformance.rules.structured_report.template import Choice, Row

A, B = item("TEXT", concept=named("A")), item("TEXT", concept=named("B"))
MM = Choice(frozenset({("UCUM", "mm")}))
GREEN = frozenset({("99POND", "green")})


def found(rows: tuple[Row, ...], *children: Dataset, root: Row | None = None) -> list[str]:
    return [
        f"{one.outcome} {one.code} {one.path}"
        for one in details(level_of(rows, *children, root=root))
    ]


def test_items_in_the_order_of_ordered_rows_are_right() -> None:
    ordered = (row("1", "A", is_ordered=True), row("2", "B", is_ordered=True))
    assert found(ordered, A, B) == []
    assert found(ordered, B, A) == ["note template ContentSequence[1]"]
    assert found((row("1", "A"), row("2", "B")), B, A) == []


@pytest.mark.parametrize(("unit", "is_wrong"), [("mm", False), ("cm", True)])
def test_a_number_has_a_unit_of_its_row(unit: str, is_wrong: bool) -> None:
    child = number(unit=(unit, "UCUM", unit), concept=named("A"))
    path = "ContentSequence[0].MeasuredValueSequence[0].MeasurementUnitsCodeSequence[0]"
    expected = [f"violation code-not-in-group {path}"] * is_wrong
    assert found((row("1", "A", "NUM", units=MM),), child) == expected


@pytest.mark.parametrize(("is_exact", "outcome"), [(True, "violation"), (False, "warning")])
def test_a_code_has_a_value_of_its_row(is_exact: bool, outcome: str) -> None:
    child = item("CODE", concept=named("A"), ConceptCodeSequence=[code(named("brown"))])
    values = Choice(GREEN, is_exact=is_exact)
    expected = [f"{outcome} code-not-in-group ContentSequence[0].ConceptCodeSequence[0]"]
    assert found((row("1", "A", "CODE", values=values),), child) == expected
    assert found((row("1", "A", "CODE"),), child) == []


def test_rows_that_exclude_each_other_are_found_once() -> None:
    one = row(
        "1", "A", condition=RowCondition(kind="only one of", rows=frozenset({"2"}), is_only=True)
    )
    two = row(
        "2", "B", condition=RowCondition(kind="only one of", rows=frozenset({"1"}), is_only=True)
    )
    assert found((one, two), A) == []
    assert found((one, two), A, B) == ["violation template ContentSequence[0]"]


def test_a_closed_template_has_no_other_items() -> None:
    closed = (row("1", "A", is_closed=True),)
    assert found(closed, A) == []
    assert found(closed, A, B) == ["violation template-items ContentSequence[1]"]
    assert found((row("1", "A"),), A, B) == []
    open_root = row("0", "Root", "CONTAINER")
    assert found(closed, A, B, root=open_root) == []
