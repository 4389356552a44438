"""What some paths stand for."""

from __future__ import annotations

import gzip
import io
import sys
import tempfile
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest
from pydicom.dataset import Dataset
from small_instance import encoded

from octome.conformance.check import packed
from octome.conformance.check.checker import Checker
from octome.conformance.check.many import check_many


def test_instances_of_a_zip_file_are_named_by_their_entries(
    ct: Dataset, checker: Checker, tmp_path: Path
) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("CT/1", encoded(ct))
        archive.writestr("notes.txt", "no instance at all")
        archive.writestr("broken.dcm", "no instance at all")
        archive.writestr("more.zip", gzip.compress(b"packed"))
    checked = check_many([path], checker)
    assert [report.file for report in checked.reports] == [f"{path}/CT/1"]
    assert checked.skipped == 1
    assert sorted(str(each.details["path"]) for each in checked.refused) == [
        f"{path}/broken.dcm",
        f"{path}/more.zip",
    ]
    assert all(str(path) in str(each) for each in checked.refused)
    assert [str(each).count("broken.dcm") for each in checked.refused] in ([0, 1], [1, 0])


def test_standard_input_is_an_instance(
    ct: Dataset, checker: Checker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(encoded(ct))))
    [report] = check_many([Path("-")], checker).reports
    assert (report.file, report.ciod) == ("(standard input)", "ct-image")


def test_packed_files_of_a_folder_are_read(ct: Dataset, checker: Checker, tmp_path: Path) -> None:
    (tmp_path / "a.dcm.gz").write_bytes(gzip.compress(encoded(ct)))
    (tmp_path / "b.dcm.gz").write_bytes(gzip.compress(b"frogs"))
    (tmp_path / "notes.gz").write_bytes(gzip.compress(b"frogs"))
    ct.SOPInstanceUID = "2.25.99"
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as archive:
        archive.writestr("d", encoded(ct))
    checked = check_many([tmp_path], checker)
    assert [report.file for report in checked.reports] == [
        f"{tmp_path}/a.dcm.gz",
        f"{tmp_path}/c.zip/d",
    ]
    [refused] = checked.refused
    assert str(refused).startswith(f"{tmp_path}/b.dcm.gz is not a DICOM instance")
    assert checked.skipped == 1


def test_packed_files_are_unpacked_one_at_a_time_and_leave_nothing(
    ct: Dataset, checker: Checker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    for number in range(3):
        (tmp_path / f"{number}.dcm.gz").write_bytes(gzip.compress(encoded(ct)))
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as archive:
        archive.writestr("d", encoded(ct))
    # Nothing can be written, so all that is unpacked is in memory.
    assert len(check_many([tmp_path], checker).reports) == 4


def test_standard_input_has_the_limit_of_packed_files(
    ct: Dataset, checker: Checker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packed, "MOST_UNPACKED", 1 << 30)
    endless = SimpleNamespace(read=lambda size: bytes(size) * 64)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=endless))
    checked = check_many([Path("-")], checker)
    assert [str(each) for each in checked.refused] == [
        "cannot read (standard input): it has more than 1 GB"
    ]
