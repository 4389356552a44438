"""Reports as data for other programs."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from pydicom.dataset import Dataset
from small_instance import encoded

from octome.conformance.check.checker import Checker
from octome.conformance.check.finding import Report
from octome.conformance.check.many import check_many
from octome.conformance.check.report_data import junit, report_data, sarif, series_data
from octome.errors import InstanceUnreadable


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
    [run] = sarif([report_of(ct, checker_2020)], [], "1.0")["runs"]
    assert [(one["ruleId"], one["level"]) for one in run["results"]] == [
        ("enumerated", "error"),
        ("missing", "error"),
    ]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["enumerated", "missing"]


def test_junit_has_a_failure_for_each_violation(ct: Dataset, checker_2020: Checker) -> None:
    root = ET.fromstring(junit([report_of(ct, checker_2020)], []))
    [suite] = root
    assert (suite.get("name"), suite.get("failures")) == ("image.dcm", "2")
    assert [case.find("failure") is not None for case in suite] == [True, True]


def test_a_name_is_shown_escaped_in_junit(ct: Dataset, checker_2020: Checker) -> None:
    report = checker_2020.check(encoded(ct), "image\x00.dcm")
    [suite] = ET.fromstring(junit([report], []))
    assert suite.get("name") == "image\\x00.dcm"


# A byte that is not UTF-8, an escape of a terminal, a line of its own, text from right to left.
NAME = "a\udcff\x1b]0;title\n\u202eb.dcm"
SHOWN = "a\\udcff\\x1b]0;title\\n\\u202eb.dcm"


def test_any_name_of_a_file_is_shown_escaped(ct: Dataset, checker_2020: Checker) -> None:
    report = checker_2020.check(encoded(ct), NAME)
    assert report_data(report)["file"] == SHOWN
    assert ET.fromstring(junit([report], []))[0].get("name") == SHOWN
    assert str(InstanceUnreadable(f"cannot read {NAME}", path=NAME)) == f"cannot read {SHOWN}"
    error = InstanceUnreadable("cannot read it", path=NAME)
    assert error.as_data()["details"] == {"path": SHOWN}


@pytest.mark.parametrize(
    ("name", "uri"),
    [
        ("https://pond.example/studies/1.2[0]", "https://pond.example/studies/1.2%5B0%5D"),
        ("/tea/a.zip/CT/é #1.dcm", "file:///tea/a.zip/CT/%C3%A9%20%231.dcm"),
        ("a.json[1]", "a.json%5B1%5D"),
        ("(standard input)", "%28standard%20input%29"),
    ],
)
def test_every_kind_of_input_has_an_address_in_sarif(name: str, uri: str) -> None:
    [run] = sarif([], [InstanceUnreadable("cannot read it", path=name)], "1.0")["runs"]
    [notification] = run["invocations"][0]["toolExecutionNotifications"]
    assert notification["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_sarif_and_junit_name_files_that_cannot_be_read() -> None:
    refused = InstanceUnreadable("cannot read it: no permission", path=f"/{NAME}")
    [run] = sarif([], [refused], "1.0")["runs"]
    [invocation] = run["invocations"]
    [notification] = invocation["toolExecutionNotifications"]
    assert not invocation["executionSuccessful"]
    [location] = notification["locations"]
    uri = location["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "file:///a%FF%1B%5D0%3Btitle%0A%E2%80%AEb.dcm"
    [suite] = ET.fromstring(junit([], [refused]))
    assert (suite.get("name"), suite.get("errors")) == (f"/{SHOWN}", "1")
    assert suite[0][0].get("message") == "cannot read it: no permission"


def test_a_series_as_data_counts_files(ct: Dataset, checker_2020: Checker, tmp_path: Path) -> None:
    del ct.Manufacturer
    for number in range(2):
        ct.SOPInstanceUID = f"2.25.7.{number}"
        (tmp_path / f"{number}.dcm").write_bytes(encoded(ct))
    [series] = series_data(check_many([tmp_path], checker_2020))
    assert (series["numbers"], series["modality"], series["files"]) == (["1"], "CT", 2)
    [found] = [one for one in series["findings"] if one["path"] == "Manufacturer"]
    assert (found["code"], found["outcome"], found["files"]) == ("missing", "violation", 2)
