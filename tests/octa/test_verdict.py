"""What octome says about a scan, in one line."""

from __future__ import annotations

from octome.octa.verdict import Verdict


def test_a_good_scan_needs_no_reason() -> None:
    assert str(Verdict("good")) == "good"


def test_reasons_follow_the_outcome() -> None:
    assert str(Verdict("failed", ("frogs", "tea"))) == "failed: frogs; tea"
