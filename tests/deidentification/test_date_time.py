"""Which dates and times are valid."""

from __future__ import annotations

import pytest

from octome.deidentification.date_time import is_valid


@pytest.mark.parametrize(
    ("vr", "value"),
    [("DA", b"20260301"), ("DT", b"2026"), ("DT", b"20260301101112.5+0100"), ("TM", b"1011 "),
     ("DA", b"20260301\\20260302"), ("LO", b"Kermit")],
)  # fmt: skip
def test_dates_and_times_are_valid(vr: str, value: bytes) -> None:
    assert is_valid(vr, value)


@pytest.mark.parametrize(
    ("vr", "value"),
    [("DA", b"20260230"), ("DA", b"20260301-20260302"), ("DA", b"20260301Kermit"),
     ("DT", b"20260301Kermit"), ("TM", b"2359Kermit"), ("TM", b"240000")],
)  # fmt: skip
def test_other_text_is_not(vr: str, value: bytes) -> None:
    assert not is_valid(vr, value)
