"""What some paths stand for."""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest
from pydicom.dataset import Dataset
from small_instance import encoded

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
        archive.writestr("more.zip", "packed")
    checked = check_many([path], checker)
    assert [report.file for report in checked.reports] == [f"{path}/CT/1"]
    assert checked.skipped == 1
    assert sorted(str(each.details["path"]) for each in checked.refused) == [
        f"{path}/broken.dcm",
        f"{path}/more.zip",
    ]
    assert all(str(path) in str(each) for each in checked.refused)


def test_standard_input_is_an_instance(
    ct: Dataset, checker: Checker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(encoded(ct))))
    [report] = check_many([Path("-")], checker).reports
    assert (report.file, report.ciod) == ("(standard input)", "ct-image")


def test_a_packed_file_in_a_folder_has_to_be_named(checker: Checker, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"packed")
    [refused] = check_many([tmp_path], checker).refused
    assert "only where it is named itself" in str(refused)
