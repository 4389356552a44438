"""The checker: from a file or its content to a report."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pydicom.dataset import Dataset
from small_instance import encoded

from octome.conformance.check.checker import Checker

Save = Callable[[Dataset, str], Path]


def test_a_report_names_the_file_the_class_and_the_ciod(
    ct: Dataset, saved: Save, checker_2020: Checker
) -> None:
    report = checker_2020.check(saved(ct, "image.dcm"))
    assert Path(report.file).name == "image.dcm"
    assert (report.edition, report.ciod, report.title) == ("2020b", "ct-image", "CT Image")
    assert report.sop_class == "CT Image Storage"
    assert "CT Image" in report.modules


def test_content_is_checked_like_its_file(ct: Dataset, saved: Save, checker_2020: Checker) -> None:
    ct.PatientSex = "X"
    file = saved(ct, "image.dcm")
    assert (
        checker_2020.check(file.read_bytes(), "image.dcm").findings
        == checker_2020.check(file).findings
    )


def test_a_problem_of_the_encoding_has_the_path_of_its_element(
    ct: Dataset, checker_2020: Checker
) -> None:
    item = Dataset()
    item.ReferencedSOPClassUID, item.ReferencedSOPInstanceUID = ct.SOPClassUID, "2.25.5"
    ct.ReferencedImageSequence = [item]
    tag = b"\x08\0\x55\x11UI\x06\0"
    whole = encoded(ct)
    assert tag in whole
    odd = whole.replace(tag, b"\x08\0\x55\x11UI\x05\0")
    codes = {f.path for f in checker_2020.check(odd).findings if f.code == "odd-length"}
    assert codes == {"ReferencedImageSequence[0].ReferencedSOPInstanceUID"}


def test_a_uid_has_its_registered_name(checker_2020: Checker) -> None:
    assert checker_2020.uid_name("1.2.840.10008.1.2.1") == "Explicit VR Little Endian"
    assert checker_2020.uid_name("2.25.1") == ""
    assert checker_2020.uid_name("") == ""
