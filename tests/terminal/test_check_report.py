"""Reports as lines: by module, with the source, and counted."""

from __future__ import annotations

from collections import Counter

from pydicom.dataset import Dataset
from small_instance import ct_image, encoded

from octome.conformance.check.checker import Checker
from octome.conformance.check.cross_instance.instance_summary import InstanceSummary, summary_of
from octome.conformance.check.finding import Report
from octome.conformance.check.many import Checked
from octome.dicom.part10 import read_encoded
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
    assert lines[at + 2].strip().startswith("PS3.3 C.8.2.1, Table C.8-3 · edition 2020b")


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


def both(library: Library, content: bytes) -> tuple[Report, InstanceSummary]:
    """The report and the summary of an instance."""
    whole = read_encoded(content)
    return Checker(library, "2020b").check_encoded(whole, "a"), summary_of(whole, "a", str)


def checked(library: Library, data_sets: list[Dataset]) -> Checked:
    """The result for some instances."""
    reports, summaries = zip(*(both(library, encoded(ds)) for ds in data_sets), strict=True)
    return Checked(reports, (), 0, summaries)


def test_a_folder_names_each_attribute_once_for_a_series(library: Library) -> None:
    data_sets = [ct_image() for _ in range(60)]
    for ds in data_sets:
        del ds.KVP
    data_sets[7].PatientSex = "X"
    lines = list(overview_lines(checked(library, data_sets), width=80))
    assert lines[0] == "60 instances, 0 without violations"
    assert lines[3:7] == [
        "Series 1 · CT · CT Image · 60 files",
        "  ✗ KVP missing in 60 of 60 files",
        "  ✗ PatientSex in 1 of 60 files",
        "      Patient's Sex is 'X', not one of the Enumerated Values: M, F, O",
    ]
    assert len(lines) < 40


def test_series_with_the_same_findings_are_put_together(library: Library) -> None:
    first, second, other = ct_image(), ct_image(), ct_image()
    del first.KVP, second.KVP
    second.SeriesInstanceUID, second.SeriesNumber = "2.25.8", 2
    other.SeriesInstanceUID, other.SeriesNumber = "2.25.9", 3
    lines = list(overview_lines(checked(library, [first, second, other])))
    heads = [line for line in lines if line.startswith("Series")]
    assert heads == ["Series 1, 2 · CT · CT Image · 2 files", "Series 3 · CT · CT Image · 1 file"]
    assert lines[lines.index(heads[1]) + 1] == "  nothing found"


def test_what_a_file_holds_cannot_forge_lines(library: Library) -> None:
    ds = ct_image()
    of_modality = b"CS\x02\x00CT"
    content = encoded(ds).replace(of_modality, of_modality[:-2] + b"\x1b\n")
    report_, one = both(library, content)
    lines = list(overview_lines(Checked((report_,) * 2, (), 0, (one,) * 2)))
    assert all(line.isprintable() for line in lines)
    assert next(report_lines(report(library, ds, "a\n\x1b.dcm"))) == "a\\n\\x1b.dcm"


def test_sections_without_text_are_named_in_one_line(library: Library) -> None:
    ds = ct_image()
    ds.add_new(0x00180060, "DS", "1")
    content = encoded(ds).replace(b"DS\x02\x001 ", b"DS\x02\x00x ")
    lines = list(report_lines(Checker(library, "2020b").check(content)))
    expected = "Without text here: PS3.5 6.2. octome sync fetches an edition whole."
    assert lines.count(expected) == 1
