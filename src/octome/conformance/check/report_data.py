"""Reports as data: octome's own JSON, and SARIF 2.1.0 and JUnit XML for other programs."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree as ET

from octome.conformance.check.finding import CODES, OUTCOMES, Report
from octome.conformance.check.many import Checked
from octome.conformance.check.series_summary import series_summaries
from octome.errors import InstanceUnreadable, printable

# SARIF 2.1.0, 3.27.10: its names of the outcomes.
LEVELS = {"violation": "error", "warning": "warning", "undecided": "note", "note": "none"}
SARIF_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)


def report_data(report: Report) -> dict[str, Any]:
    """One report, with counts."""
    counts = {outcome: report.count(outcome) for outcome in OUTCOMES}
    data = asdict(report) | {"file": printable(report.file)}
    return {**data, "is_conformant": report.is_conformant, "counts": counts}


def series_data(checked: Checked) -> list[dict[str, Any]]:
    """What the files of each series have in common; a path has `[]` for the numbers of items."""
    return [
        {
            "numbers": [printable(number) for number in one.numbers],
            "modality": printable(one.modality),
            "title": one.title,
            "files": one.files,
            "findings": [
                {
                    "code": common.first.code,
                    "outcome": common.first.outcome,
                    "path": common.path,
                    "files": common.files,
                    "first_message": common.first.message,
                    "fix": common.first.fix,
                    "section": common.first.section,
                }
                for common in one.findings
            ],
        }
        for one in series_summaries(checked.reports, checked.summaries, OUTCOMES)
    ]


def sarif(
    reports: Sequence[Report], refused: Sequence[InstanceUnreadable], version: str
) -> dict[str, Any]:
    """Reports as one run in the Static Analysis Results Interchange Format.

    Violations and warnings are results; undecided findings and notes are left out: a build must
    not fail because of them. Files that could not be read are notifications of the run, which was
    then not successful.
    """
    results = [
        {
            "ruleId": finding.code,
            "level": LEVELS[finding.outcome],
            "message": {"text": f"{finding.message}. {finding.fix}".rstrip(". ") + "."},
            "locations": [
                {
                    "physicalLocation": {"artifactLocation": {"uri": _uri(report.file)}},
                    "logicalLocations": [{"fullyQualifiedName": finding.path, "kind": "member"}],
                }
            ],
            "properties": {
                "module": finding.module,
                "type": finding.type,
                "section": finding.section,
                "edition": finding.edition,
            },
        }
        for report in reports
        for finding in report.findings
        if finding.outcome in ("violation", "warning")
    ]
    used = sorted({str(result["ruleId"]) for result in results})
    rules = [{"id": code, "shortDescription": {"text": CODES[code]}} for code in used]
    driver = {"name": "octome", "semanticVersion": version, "rules": rules}
    notifications = [
        {
            "level": "error",
            "message": {"text": str(error)},
            "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(path)}}}],
        }
        for error, path in ((each, str(each.details["path"])) for each in refused)
    ]
    invocation = {
        "executionSuccessful": not refused,
        "toolExecutionNotifications": notifications,
    }
    run = {
        "tool": {"driver": driver},
        "invocations": [invocation],
        "results": results,
        "columnKind": "unicodeCodePoints",
    }
    return {"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}


def junit(reports: Sequence[Report], refused: Sequence[InstanceUnreadable]) -> str:
    """Reports as JUnit XML: a suite for each file, a failure for each violation.

    A file that could not be read is an error.
    """
    root = ET.Element("testsuites", name="octome check")
    for report in reports:
        failures = [f for f in report.findings if f.outcome == "violation"]
        suite = ET.SubElement(
            root,
            "testsuite",
            name=printable(report.file),
            tests=str(max(len(failures), 1)),
            failures=str(len(failures)),
        )
        if not failures:
            ET.SubElement(suite, "testcase", name=f"follows {report.edition}")
        for finding in failures:
            name = f"{finding.code} {finding.path}".strip()
            case = ET.SubElement(suite, "testcase", name=name, classname=finding.module)
            failure = ET.SubElement(case, "failure", type=finding.code)
            failure.set("message", finding.message)
            failure.text = f"{finding.fix} ({finding.section})"
    for unreadable in refused:
        name = printable(str(unreadable.details["path"]))
        suite = ET.SubElement(root, "testsuite", name=name, tests="1", errors="1")
        case = ET.SubElement(suite, "testcase", name="can be read")
        ET.SubElement(case, "error", type=unreadable.code, message=str(unreadable))
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _uri(file: str) -> str:
    if file.lower().startswith(("https://", "http://")):
        return quote(file, safe="/:@?&=+,;%~")  # an instance of DICOMweb
    path = Path(file)
    return path.as_uri() if path.is_absolute() else quote(os.fsencode(path.as_posix()))
