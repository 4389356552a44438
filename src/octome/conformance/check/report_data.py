"""Reports as data: octome's own JSON, and SARIF 2.1.0 and JUnit XML for other programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from octome.conformance.check.finding import CODES, OUTCOMES, Report

# SARIF 2.1.0, 3.27.10: its names of the outcomes.
LEVELS = {"violation": "error", "warning": "warning", "undecided": "note", "note": "none"}
SARIF_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)


def report_data(report: Report) -> dict[str, Any]:
    """One report, with counts."""
    counts = {outcome: report.count(outcome) for outcome in OUTCOMES}
    return {**asdict(report), "is_conformant": report.is_conformant, "counts": counts}


def sarif(reports: Sequence[Report], version: str) -> dict[str, Any]:
    """Reports as one run in the Static Analysis Results Interchange Format.

    Violations and warnings are results; undecided findings and notes are left out: a build must
    not fail because of them.
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
    run = {"tool": {"driver": driver}, "results": results, "columnKind": "unicodeCodePoints"}
    return {"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}


def junit(reports: Sequence[Report]) -> str:
    """Reports as JUnit XML: a suite for each file, a failure for each violation."""
    root = ET.Element("testsuites", name="octome check")
    for report in reports:
        failures = [f for f in report.findings if f.outcome == "violation"]
        suite = ET.SubElement(
            root,
            "testsuite",
            name=_plain(report.file),
            tests=str(max(len(failures), 1)),
            failures=str(len(failures)),
        )
        if not failures:
            ET.SubElement(suite, "testcase", name=f"follows {report.edition}")
        for finding in failures:
            name = _plain(f"{finding.code} {finding.path}".strip())
            case = ET.SubElement(suite, "testcase", name=name, classname=finding.module)
            failure = ET.SubElement(case, "failure", type=finding.code)
            failure.set("message", _plain(finding.message))
            failure.text = _plain(f"{finding.fix} ({finding.section})")
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _uri(file: str) -> str:
    path = Path(file)
    return path.absolute().as_uri() if path.is_absolute() else path.as_posix()


def _plain(text: str) -> str:
    """Text without the characters that XML 1.0 does not allow."""
    return "".join(c if c >= " " and c not in "\ufffe\uffff" else "\ufffd" for c in text)
