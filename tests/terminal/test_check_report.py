"""Reports as lines: by module, with the source, and counted."""

from __future__ import annotations

from collections import Counter

from pydicom.dataset import Dataset
from small_instance import ct_image, encoded

from octome.conformance.check.checker import Checker
from octome.standard.library import Library
from octome.terminal.check_report import overview_lines, report_lines, summary


def report(library: Library, ds: Dataset, name: str = "a.dcm"):  # type: ignore[no-untyped-def]
    return Checker(library, "2020b").check(encoded(ds), name)


def test_findings_are_under_their_module_with_their_source(library: Library) -> None:
    ds = ct_image()
    del ds.KVP
    lines = list(report_lines(report(library, ds)))
    assert lines[:2] == ["a.dcm", "CT Image · edition 2020b"]
    at = lines.index("  ✗ KVP (Type 2)")
    assert lines[at - 1] == "CT Image"
    assert lines[at + 2].strip().startswith("PS3.3 C.8.2, Table C.8-3 · edition 2020b")


def test_lines_are_wrapped_at_the_width(library: Library) -> None:
    ds = ct_image()
    del ds.KVP
    wide = max(map(len, report_lines(report(library, ds))))
    narrow = [
        line for line in report_lines(report(library, ds), width=60) if line.startswith(" " * 6)
    ]
    assert max(map(len, narrow)) <= 60 < wide


def test_outcomes_that_are_not_listed_are_counted() -> None:
    counts = Counter(violation=1, undecided=2, note=1)
    assert summary(counts) == "1 violation, 0 warnings, 2 undecided, 1 note"
    assert summary(counts, ["violation"]).endswith("1 note (undecided and notes: --all)")


def test_an_overview_lists_the_most_frequent_finding_first(library: Library) -> None:
    wrong = ct_image()
    del wrong.KVP, wrong.AcquisitionNumber
    wrong.PatientSex = "X"
    reports = [report(library, wrong), report(library, ct_image(), "b.dcm")]
    lines = list(overview_lines(reports))
    assert lines[0] == "2 instances, 1 without violations"
    assert lines[1].split()[:3] == ["✗", "2", "missing"]
    assert "in 1 file " in lines[1]
    assert lines[2].split()[:3] == ["✗", "1", "enumerated"]
