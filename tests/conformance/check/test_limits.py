"""The limits of a check: time and number of findings, on expensive instances."""

from __future__ import annotations

import json

import pytest
from pydicom.dataset import Dataset
from small_instance import encoded, with_empty_items

from octome.conformance.check.checker import Checker
from octome.conformance.check.limits import Deadline, Limits, OutOfTime
from octome.conformance.check.report_data import report_data

ITEMS = 200_000


@pytest.mark.parametrize(
    "wrong",
    [{"findings": 0}, {"of_a_cause": 0}, {"seconds": -1.0}],
    ids=lambda one: next(iter(one)),
)
def test_limits_are_positive(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="limits are positive"):
        Limits(**wrong)  # type: ignore[arg-type]


def test_a_deadline_ends_and_no_deadline_does_not() -> None:
    Deadline().require()
    Deadline(60).require()
    with pytest.raises(OutOfTime):
        Deadline(0).require()


def test_a_file_of_200_000_wrong_items_has_a_short_report(checker_2020: Checker) -> None:
    report = checker_2020.check(with_empty_items(ITEMS))
    assert len(report.findings) < 200
    assert len(json.dumps(report_data(report))) < 200_000
    missing = [finding for finding in report.findings if finding.code == "missing"]
    rest = {finding.path: finding.message for finding in missing if "[]" in finding.path}
    assert rest.keys() == {
        "ReferencedImageSequence[].ReferencedSOPClassUID",
        "ReferencedImageSequence[].ReferencedSOPInstanceUID",
    }
    assert all(f"{ITEMS - Limits().of_a_cause:,} more" in message for message in rest.values())


def test_a_check_stops_when_its_time_is_over_and_reports_it(checker_2020: Checker) -> None:
    report = checker_2020.check(with_empty_items(2_000), limits=Limits(seconds=0))
    stopped = [finding for finding in report.findings if finding.code == "not-checked"]
    assert [finding.outcome for finding in stopped] == ["undecided"]
    assert stopped[0].message.startswith("not checked further")
    assert not report.is_complete
    assert not report.is_conformant


def test_a_check_within_its_time_is_complete(ct: Dataset, checker_2020: Checker) -> None:
    report = checker_2020.check(encoded(ct), limits=Limits(seconds=60))
    assert report.is_complete
    assert report.is_conformant


def test_empty_items_are_counted_as_if_each_were_checked(checker_2020: Checker) -> None:
    few = checker_2020.check(with_empty_items(25), limits=Limits(of_a_cause=3))
    rest = [one.message for one in few.findings if one.path.endswith("[].ReferencedSOPClassUID")]
    assert rest == ["the same in 22 more items: the first 3 are listed"]
