"""A DICOMDIR against the files of its folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydicom.dataset import Dataset
from pydicom.uid import ExplicitVRLittleEndian
from small_instance import encoded

from octome.conformance.check.checker import Checker
from octome.conformance.check.many import check_many
from octome.conformance.rules.sop_class import DIRECTORY


@pytest.fixture
def medium(ct: Dataset, tmp_path: Path) -> Path:
    """A folder with two instances and their DICOMDIR."""
    folder = tmp_path / "medium"
    (folder / "CT").mkdir(parents=True)
    records = [Dataset()]  # of the patient, without a file
    for number in (1, 2):
        ct.SOPInstanceUID, ct.InstanceNumber = f"2.25.{number}", number
        (folder / "CT" / f"{number}").write_bytes(encoded(ct))
        record = Dataset()
        record.ReferencedFileID = ["CT", f"{number}"]
        record.ReferencedSOPClassUIDInFile = ct.SOPClassUID
        record.ReferencedSOPInstanceUIDInFile = ct.SOPInstanceUID
        record.ReferencedTransferSyntaxUIDInFile = ExplicitVRLittleEndian
        records.append(record)
    directory = Dataset()
    directory.SOPClassUID = DIRECTORY
    directory.DirectoryRecordSequence = records
    (folder / "DICOMDIR").write_bytes(encoded(directory))
    return folder


def found(path: Path, checker: Checker) -> list[tuple[str, str, str, str]]:
    """What is found of the directory: the file's name, outcome, code, path."""
    return [
        (Path(report.file).name, one.outcome, one.code, one.path)
        for report in check_many([path], checker).reports
        for one in report.findings
        if one.code.startswith("directory-")
    ]


def instances(medium: Path) -> list[Path]:
    return sorted(path for path in medium.rglob("*") if path.is_file() and path.name != "DICOMDIR")


def test_a_directory_stands_for_its_files(medium: Path, checker: Checker) -> None:
    checked = check_many([medium / "DICOMDIR"], checker)
    assert {Path(report.file) for report in checked.reports} == {
        medium / "DICOMDIR",
        *instances(medium),
    }
    assert found(medium / "DICOMDIR", checker) == found(medium, checker) == []


def test_a_file_that_is_given_too_is_checked_once(medium: Path, checker: Checker) -> None:
    checked = check_many([medium / "DICOMDIR", instances(medium)[0]], checker)
    assert len(checked.reports) == 3


def test_a_file_that_is_missing_is_found(medium: Path, checker: Checker) -> None:
    first, second = instances(medium)
    first.unlink()
    [(name, outcome, code, path)] = found(medium, checker)
    assert (name, outcome, code) == ("DICOMDIR", "violation", "directory-file-missing")
    assert path == "DirectoryRecordSequence[1].ReferencedFileID"
    second.unlink()
    assert found(medium, checker)[0][1] == "note"  # the DICOMDIR alone


def test_files_without_a_record_are_one_note(ct: Dataset, medium: Path, checker: Checker) -> None:
    for number in (8, 9):
        ct.SOPInstanceUID = f"2.25.{number}"
        (medium / f"OTHER{number}").write_bytes(encoded(ct))
    assert found(medium / "DICOMDIR", checker) == [
        ("DICOMDIR", "note", "directory-file-unlisted", "DirectoryRecordSequence")
    ]


def test_a_record_of_another_instance_is_found(ct: Dataset, medium: Path, checker: Checker) -> None:
    ct.SOPInstanceUID = "2.25.9"
    instances(medium)[0].write_bytes(encoded(ct))
    assert found(medium, checker) == [
        (
            "DICOMDIR",
            "violation",
            "directory-differs",
            "DirectoryRecordSequence[1].ReferencedSOPInstanceUIDInFile",
        )
    ]
