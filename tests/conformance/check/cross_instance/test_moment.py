"""Dates and times, with and without a zone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from octome.conformance.check.cross_instance.moment import moment

FIVE = datetime(2026, 1, 31, 5, 0, 0)


@pytest.mark.parametrize(
    ("text", "zone", "expected"),
    [
        ("20260131050000", "", FIVE),
        ("20260131050000.75", "", FIVE),
        ("20260131140000", "+0900", FIVE.replace(tzinfo=UTC)),
        ("20260131140000.5+0900", "", FIVE.replace(tzinfo=UTC)),
        ("20260131000000-0500", "+0900", FIVE.replace(tzinfo=UTC)),
        ("20260131", "", None),
        ("20261331050000", "", None),
        ("20260131050000", "frog", None),
        ("", "+0000", None),
    ],
)
def test_an_offset_makes_it_utc(text: str, zone: str, expected: datetime | None) -> None:
    assert moment(text, zone) == expected
