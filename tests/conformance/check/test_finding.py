"""Findings and reports as values."""

from __future__ import annotations

import pytest

from octome.conformance.check.finding import Finding, Outcome, Report


def finding(outcome: Outcome) -> Finding:
    return Finding(code="missing", outcome=outcome, path="Rows", message="Rows is missing")


def report(*findings: Finding, is_complete: bool = True) -> Report:
    return Report(
        file="a.dcm",
        edition="2020b",
        sop_class_uid="1.2",
        sop_class="",
        ciod="",
        title="",
        modules=(),
        findings=findings,
        is_complete=is_complete,
    )


def test_an_unknown_outcome_or_code_is_an_error() -> None:
    with pytest.raises(ValueError, match="'error' is not one of violation, warning"):
        Finding(code="missing", outcome="error", path="", message="")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="'gone' is not in CODES"):
        Finding(code="gone", outcome="note", path="", message="")


def test_control_characters_of_a_message_become_text() -> None:
    found = Finding(code="character", outcome="violation", path="", message="a\x1b[2J\n")
    assert found.message == "a\\x1b[2J\\n"


def test_an_instance_is_conformant_without_violations() -> None:
    assert report(finding("warning"), finding("undecided")).is_conformant
    assert not report(finding("violation")).is_conformant


def test_an_incompletely_checked_instance_is_not_conformant() -> None:
    assert not report(is_complete=False).is_conformant


def test_findings_are_counted_by_outcome() -> None:
    counted = report(finding("warning"), finding("warning"), finding("note"))
    assert [counted.count(outcome) for outcome in ("warning", "note")] == [2, 1]
