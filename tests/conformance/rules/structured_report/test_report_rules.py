"""The rules of an edition for structured reports."""

from __future__ import annotations

from octome.conformance.check.checker import Checker
from octome.conformance.rules.structured_report.report_rules import ReportRules

COMPREHENSIVE = "1.2.840.10008.5.1.4.1.1.88.33"


def test_an_edition_without_the_section_uses_the_packaged_table(checker: Checker) -> None:
    rules = ReportRules(checker.book)
    found = rules.relationships(COMPREHENSIVE)
    assert found is not None
    assert (found.section, found.is_of_edition) == ("PS3.3 A.35.3", False)
    assert rules.relationships(COMPREHENSIVE) is found
    assert rules.relationships("1.2.3") is None
