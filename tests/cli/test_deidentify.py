"""`octome deidentify`: what it prints, and its exit status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from pydicom import dcmread
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import CTImageStorage, ExplicitVRLittleEndian

from octome.cli.main import main


def kermit(path: Path, comment: str) -> Path:
    ds = Dataset()
    ds.SOPClassUID, ds.SOPInstanceUID = CTImageStorage, "1.2.3.4.5"
    ds.StudyInstanceUID, ds.SeriesInstanceUID = "1.2.3.1", "1.2.3.2"
    ds.PatientName, ds.SoftwareVersions = "Frog^Kermit", comment
    ds.file_meta = FileMetaDataset()
    ds.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    ds.save_as(path, enforce_file_format=True)
    return path


def run(*words: object) -> tuple[int, str]:
    ended = CliRunner().invoke(main, ["deidentify", *map(str, words)])
    return ended.exit_code, ended.output


@pytest.mark.usefixtures("environment")
def test_each_file_and_its_new_name_are_data(tmp_path: Path) -> None:
    file = kermit(tmp_path / "in.dcm", "1")
    status, output = run(file, tmp_path / "out", "--json")
    (line,) = json.loads(output)["files"]
    assert (status, line["original"]) == (0, str(file))
    assert dcmread(tmp_path / "out" / line["file"]).PatientName != "Frog^Kermit"


@pytest.mark.usefixtures("environment")
def test_what_is_left_is_listed_without_its_value(tmp_path: Path) -> None:
    file = kermit(tmp_path / "in.dcm", "by Kermit")
    status, output = run(file, tmp_path / "out")
    assert status == 1
    assert "(0018,1020) has what (0010,0010) of" in output
    assert "Kermit" not in output
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("environment")
@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--retain", "dates", "--retain", "shifted-dates"], "not both"),
        (["--secret-file", "missing"], "cannot read the secret"),
    ],
)
def test_choice_that_cannot_be_is_refused(tmp_path: Path, words: list[str], why: str) -> None:
    status, output = run(kermit(tmp_path / "in.dcm", "1"), tmp_path / "out", *words)
    assert status == 2
    assert why in output
