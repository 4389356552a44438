"""Reports as data for other programs."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from pydicom.dataset import Dataset
from small_instance import encoded

from octome.conformance.check.checker import Checker
from octome.conformance.check.finding import Report
from octome.conformance.check.report_data import junit, report_data, sarif


def report_of(ct: Dataset, checker: Checker) -> Report:
    ct.PatientSex = "X"
    del ct.Rows
    return checker.check(encoded(ct), "image.dcm")


def test_a_report_as_data_has_counts(ct: Dataset, checker_2020: Checker) -> None:
    data = report_data(report_of(ct, checker_2020))
    assert (data["is_conformant"], data["is_complete"]) == (False, True)
    assert data["counts"]["violation"] == 2
    assert len(data["findings"]) == sum(data["counts"].values())


def test_sarif_has_violations_and_warnings_only(ct: Dataset, checker_2020: Checker) -> None:
    [run] = sarif([report_of(ct, checker_2020)], "1.0")["runs"]
    assert [(one["ruleId"], one["level"]) for one in run["results"]] == [
        ("enumerated", "error"),
        ("missing", "error"),
    ]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["enumerated", "missing"]


def test_junit_has_a_failure_for_each_violation(ct: Dataset, checker_2020: Checker) -> None:
    root = ET.fromstring(junit([report_of(ct, checker_2020)]))
    [suite] = root
    assert (suite.get("name"), suite.get("failures")) == ("image.dcm", "2")
    assert [case.find("failure") is not None for case in suite] == [True, True]


def test_junit_leaves_out_characters_that_xml_does_not_allow(
    ct: Dataset, checker_2020: Checker
) -> None:
    report = checker_2020.check(encoded(ct), "image\x00.dcm")
    [suite] = ET.fromstring(junit([report]))
    assert suite.get("name") == "image\ufffd.dcm"
