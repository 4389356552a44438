"""The collector: each finding once, a limited number of each cause and outcome."""

from __future__ import annotations

import pytest

from octome.conformance.check.finding import Finding, Outcome
from octome.conformance.check.finding_collector import FindingCollector
from octome.conformance.check.limits import Limits


def collector(*, of_a_cause: int = 2, findings: int = 5, frames: int = 0) -> FindingCollector:
    limits = Limits(of_a_cause=of_a_cause, findings=findings)
    return FindingCollector("2020b", limits=limits, frames=frames)


def add(
    to: FindingCollector,
    path: str,
    *,
    code: str = "missing",
    outcome: Outcome = "violation",
    module: str = "",
) -> None:
    to.add(code=code, outcome=outcome, path=path, message="wrong", module=module)


def paths(of: FindingCollector) -> list[str]:
    return [finding.path for finding in of.findings()]


def test_a_finding_of_two_modules_is_one_finding() -> None:
    found = collector()
    add(found, "Rows", module="A")
    add(found, "Rows", module="B")
    assert [finding.module for finding in found.findings()] == ["A"]


def test_the_first_of_a_cause_are_listed_and_the_others_counted() -> None:
    found = collector(of_a_cause=2)
    for number in range(10):
        add(found, f"A[{number}].B")
    *listed, rest = found.findings()
    assert [finding.path for finding in listed] == ["A[0].B", "A[1].B"]
    assert (rest.code, rest.outcome, rest.path) == ("missing", "violation", "A[].B")
    assert rest.message == "the same in 8 more items: the first 2 are listed"


def test_two_modules_with_the_same_many_findings_count_once() -> None:
    found = collector(of_a_cause=2)
    for module in ("A", "B"):
        for number in range(10):
            add(found, f"A[{number}].B", module=module)
    assert "8 more" in found.findings()[-1].message


def test_findings_counted_without_being_built_are_counted_the_same() -> None:
    found = collector(of_a_cause=2)
    for number in range(10):
        if not found.count_more("missing", "violation", "A[].B", ""):
            add(found, f"A[{number}].B")
    assert paths(found) == ["A[0].B", "A[1].B", "A[].B"]
    assert "8 more" in found.findings()[-1].message


def test_an_exactly_full_list_has_no_rest() -> None:
    found = collector(of_a_cause=2)
    for number in range(2):
        add(found, f"A[{number}].B")
    assert paths(found) == ["A[0].B", "A[1].B"]


def test_a_number_of_each_outcome_is_listed_and_the_rest_is_one_finding() -> None:
    found = collector(findings=5)
    for number in range(8):
        add(found, f"Attribute{number}", outcome="note", code="retired")
    add(found, "Rows")
    assert paths(found) == ["Rows", *(f"Attribute{number}" for number in range(5)), ""]
    rest = found.findings()[-1]
    assert (rest.code, rest.outcome) == ("more-findings", "note")
    assert rest.message.startswith("3 more findings")


def test_the_more_serious_of_two_outcomes_stays() -> None:
    found = collector()
    add(found, "Rows", outcome="note")
    add(found, "Rows", outcome="violation")
    assert [finding.outcome for finding in found.findings()] == ["violation"]


def test_the_same_in_several_frames_is_one_finding() -> None:
    found = collector(frames=40)
    for frame in range(30):
        add(found, f"PerFrameFunctionalGroupsSequence[{frame}].A[0].B")
    [finding] = found.findings()
    assert finding.path == "PerFrameFunctionalGroupsSequence[0].A[0].B"
    assert finding.message == "wrong (also in 29 more of 40 frames)"


def test_what_another_module_allows_is_not_forbidden() -> None:
    found = collector()
    add(found, "A", code="forbidden")
    add(found, "B", code="forbidden")
    add(found, "C", code="missing")
    found.allow("A")
    found.allow("C")
    assert paths(found) == ["B", "C"]


@pytest.mark.parametrize("is_first", [False, True])
def test_what_is_allowed_in_all_items_is_forbidden_in_none(is_first: bool) -> None:
    found = collector(of_a_cause=2)
    if is_first:
        found.allow_in_all_items("A[].B")
    for number in range(10):
        add(found, f"A[{number}].B", code="forbidden")
    found.allow_in_all_items("A[].B")
    assert found.findings() == ()


def test_allowed_ones_among_many_forbidden_are_not_counted() -> None:
    found = collector(of_a_cause=2)
    for number in range(10):
        add(found, f"A[{number}].B", code="forbidden")
    for number in (0, 1, 2, 3):
        found.allow(f"A[{number}].B")
    [rest] = found.findings()
    assert (rest.path, "6 more" in rest.message) == ("A[].B", True)


def test_an_overridden_type_does_not_count() -> None:
    found = collector()
    found.override("General Series", "Modality")
    add(found, "Modality", module="General Series")
    add(found, "Modality", module="SC Equipment", code="empty")
    assert [finding.module for finding in found.findings()] == ["SC Equipment"]


def test_a_rule_without_an_edition_has_the_edition_of_the_collector() -> None:
    found = collector()
    add(found, "Rows")
    assert found.findings()[0].edition == "2020b"


def test_fields_are_those_of_a_finding() -> None:
    found = collector()
    found.add(code="empty", outcome="warning", path="Rows", message="m", fix="f", edition="2020b")
    assert found.findings() == (
        Finding(
            code="empty", outcome="warning", path="Rows", message="m", fix="f", edition="2020b"
        ),
    )


@pytest.mark.parametrize("outcome", ["violation", "warning", "undecided"])
def test_what_a_rule_of_another_edition_finds_is_undecided(outcome: Outcome) -> None:
    found = collector()
    found.add(code="missing", outcome=outcome, path="Rows", message="m", edition="2018b")
    [one] = found.findings()
    assert (one.outcome, one.edition) == ("undecided", "2018b")
    assert ("2020b may have changed" in one.message) == (outcome != "undecided")


def test_a_note_of_another_edition_stays_a_note() -> None:
    found = collector()
    found.add(code="retired", outcome="note", path="Rows", message="m", edition="2018b")
    assert [one.outcome for one in found.findings()] == ["note"]
