"""All checks of one report."""

from __future__ import annotations

from time import process_time

from report_items import COMPREHENSIVE, SPATIAL, graphic, item, number, report, selected_image
from small_instance import WrongIn, ct_image, dataset, encoded

from octome.conformance.check.checker import Checker
from octome.conformance.check.structured_report.report import REPORTS, is_report
from octome.dicom.part10 import read_encoded


def test_a_report_without_errors_has_no_findings(wrong_in_report: WrongIn) -> None:
    group = item(
        "CONTAINER",
        item("TEXT"),
        number(graphic("POINT", 1, 1, of=selected_image(), relationship="INFERRED FROM")),
    )
    assert wrong_in_report(report(SPATIAL, group)) == []


def test_an_image_and_a_document_are_no_reports() -> None:
    pdf = dataset(SOPClassUID="1.2.840.10008.5.1.4.1.1.104.1", ContentSequence=[item("TEXT")])
    given = (ct_image(), pdf, report(COMPREHENSIVE), dataset(SOPClassUID=f"{REPORTS}99"))
    found = [is_report(read_encoded(encoded(ds)).data_set) for ds in given]
    assert found == [False, False, True, True]


def test_the_checker_names_the_place_in_the_tree(checker: Checker) -> None:
    ds = report(COMPREHENSIVE, item("CONTAINER", number(item("TEXT"))))
    found = checker.check(encoded(ds)).findings
    [wrong] = [one for one in found if one.code == "content-item"]
    assert wrong.path == "ContentSequence[0].ContentSequence[0].ContentSequence[0].ValueType"
    assert wrong.message.startswith("1.1.1.1 (Finding > Length > Finding): NUM CONTAINS TEXT: ")


def test_ten_thousand_items_take_a_second(wrong_in_report: WrongIn) -> None:
    ds = report(SPATIAL, *(item("CONTAINER", *[number()] * 100) for _ in range(100)))
    start = process_time()
    assert wrong_in_report(ds) == []
    assert process_time() - start < 20  # with the encoding by pydicom
