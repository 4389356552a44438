"""Conditions of rows."""

from __future__ import annotations

import pytest

from octome.conformance.rules.structured_report.row_condition import (
    RowCondition,
    exclusion_of,
    row_condition,
)


def about(kind: str, *rows: str, **more: object) -> RowCondition:
    return RowCondition(kind=kind, rows=frozenset(rows), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "condition"),
    [
        ("XOR Row 3", about("only one of", "3", is_only=True)),
        ("XOR Rows 2, 3", about("only one of", "2", "3", is_only=True)),
        ("At least one of rows 1, 2 and 5b shall be present.", about("one of", "1", "2", "5b")),
        ("At least one of row 3-5 shall be present", about("one of", "3", "4", "5")),
        ("IFF Row 14 is present", about("present", "14", is_only=True)),
        ("IF row 3 does not exist", about("absent", "3")),
        (
            'IF Row 1 value = (T-1, 99POND, "Tea") or (T-2, 99POND, "Milk")',
            about("value", "1", codes=frozenset({("99POND", "T-1"), ("99POND", "T-2")})),
        ),
        ('IF Row 1 value = (T-1, 99POND, "Tea") and it rains', None),
        ("IF Row 21 is present and Row 23 is not present", None),
        ("IFF anatomy has laterality", None),
        ("XOR with Row 2 IFF a dual location is appropriate", None),
    ],
)
def test_a_condition_about_rows_is_read(words: str, condition: RowCondition | None) -> None:
    assert row_condition(words) == condition


def test_where_nothing_is_required_only_exclusions_are_left() -> None:
    left = exclusion_of(row_condition("XOR Row 3"))
    assert left is not None
    assert not left.is_required
    assert exclusion_of(row_condition("IF row 3 does not exist")) is None
