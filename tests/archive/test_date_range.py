"""Dates as people write them, and nothing that is not one."""

from __future__ import annotations

import pytest

from octome.archive.date_range import date_range
from octome.errors import QueryUnusable


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-01", "20261101"),
        ("20261101-20261130", "20261101-20261130"),
        ("2026-11-01-2026-11-30", "20261101-20261130"),
        ("2026-11-01..20261130", "20261101-20261130"),
        ("20261101-", "20261101-"),
        ("..2026-11-30", "-20261130"),
    ],
)
def test_a_range_is_understood(text: str, expected: str) -> None:
    assert date_range(text) == expected


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2026-13-45", "there is no day '2026-13-45'"),
        ("20260230", "there is no day"),
        ("2026-11-30..2026-11-01", "ends before it begins"),
        ("2026-1-1", "is not a date"),
        ("..", "is not a date"),
        ("2026110120261130", "is not a date"),
    ],
)
def test_what_is_no_date_is_refused(text: str, why: str) -> None:
    with pytest.raises(QueryUnusable, match=why):
        date_range(text)
