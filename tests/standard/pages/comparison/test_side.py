"""When registers of two editions show what changed between the editions."""

from __future__ import annotations

import sqlite3

import pytest
from lone_reader import lone_reader

from octome.standard.pages.comparison.side import Side, Sides, not_comparable


@pytest.mark.parametrize(
    ("of", "why"),
    [
        (("2020b", "2026b"), ""),
        (("2020b", "2024c (frogs)"), ""),  # what came until then
        (("2020b", ""), "not compared, 2026b has none here."),
        (("", ""), "not compared, 2020b and 2026b have none here."),
        (("2024c", "2026b"), "not compared, 2020b has those of 2024c here."),
        (("2020b", "2020b"), "not compared, 2026b has those of 2020b here."),
        (("2020b", "tea"), "not compared, 2026b has those of tea here."),
    ],
)
def test_why_registers_are_not_compared(
    database: sqlite3.Connection, of: tuple[str, str], why: str
) -> None:
    older, newer = (Side(lone_reader(database), edition) for edition in ("2020b", "2026b"))
    assert not_comparable(Sides(older, newer), of) == why
    assert not_comparable(Sides(newer, older), of[::-1]).count("not compared") == bool(why)


def test_tags_of_a_source_that_has_lost_some(database: sqlite3.Connection) -> None:
    reader = lone_reader(database)
    assert Side(reader, "2020b").known_tags is None
    known = Side(reader, "2026b").known_tags
    assert known is not None
    assert "00100010" in known
    assert "00081301" not in known  # Principal Diagnosis Code Sequence is newer
