"""Deflated data sets: inflated as far as possible, up to a limit."""

from __future__ import annotations

import zlib

import pytest

from octome.dicom.deflation import inflated
from octome.dicom.problem import Problems

PLAIN = b"data set " * 100_000


def deflate(plain: bytes) -> bytes:
    engine = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return engine.compress(plain) + engine.flush()


def test_a_whole_data_set_is_inflated_from_where_it_begins() -> None:
    problems = Problems()
    assert inflated(b"head" + deflate(PLAIN), 4, problems) == (PLAIN, True)
    assert problems.found == []


def test_a_data_set_that_was_cut_is_inflated_up_to_there() -> None:
    problems = Problems()
    found, is_whole = inflated(deflate(PLAIN)[:-40], 0, problems)
    assert not is_whole
    assert PLAIN.startswith(found)
    assert [each.code for each in problems.found] == ["truncated"]
    assert "stops before its end" in problems.found[0].message


def test_a_damaged_data_set_is_reported() -> None:
    problems = Problems()
    assert inflated(b"\xff" * 20, 0, problems) == (b"", False)
    assert "is damaged" in problems.found[0].message


def test_inflating_ends_at_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("octome.dicom.deflation.MOST_INFLATED", 1 << 20)
    problems = Problems()
    found, is_whole = inflated(deflate(bytes(1 << 26)), 0, problems)
    assert not is_whole
    # At most one step of 256 KB is beyond the limit.
    assert 1 << 20 < len(found) <= (1 << 20) + (1 << 18)
    assert [each.code for each in problems.found] == ["not-read"]
