"""What the checks of a report find, in short."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pydicom.dataset import Dataset
from small_instance import encoded

from octome.conformance.check.checker import Checker
from octome.conformance.check.structured_report.report import disagreements_in_report
from octome.conformance.rules.structured_report.report_rules import ReportRules
from octome.dicom.part10 import read_encoded


@pytest.fixture(scope="session")
def wrong_in_report(checker: Checker) -> Callable[[Dataset], list[str]]:
    """The findings of a report: `outcome code path`."""
    rules = ReportRules(checker.book)

    def lines(ds: Dataset) -> list[str]:
        content = read_encoded(encoded(ds)).data_set
        return [
            f"{each.outcome} {each.code} {each.path}"
            for each in disagreements_in_report(content, rules)
        ]

    return lines
