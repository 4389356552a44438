"""A folder of instances: each whole or not at all, never one over another, none outside it."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from pydicom.uid import ExplicitVRLittleEndian, ImplicitVRLittleEndian

from octome.archive.folder import InstanceFolder, dicom_files
from octome.dicom.instance_identity import InstanceIdentity
from octome.errors import InstanceUnreadable, InstanceUnwritable


def not_expected(error: InstanceUnreadable) -> None:
    raise error


def files_of(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_an_instance_lies_under_its_study_and_series(small_instance, tmp_path: Path) -> None:
    content = small_instance(uid="1.2.3")
    path, is_new = InstanceFolder(tmp_path).put(lambda file: file.write(content))
    assert is_new
    assert path == tmp_path / "1.2" / "OT-1.2.4" / "1.2.3.dcm"
    assert path.read_bytes() == content
    assert files_of(tmp_path) == [path]


def test_the_same_data_set_again_changes_nothing(small_instance, tmp_path: Path) -> None:
    folder, content = InstanceFolder(tmp_path), small_instance()
    # Another preamble: the data set is the same.
    again = b"\1" * 128 + content[128:]
    folder.put(lambda file: file.write(content))
    path, is_new = folder.put(lambda file: file.write(again))
    assert not is_new
    assert path.read_bytes() == content


def test_another_data_set_of_the_same_uid_is_an_error(small_instance, tmp_path: Path) -> None:
    folder, content = InstanceFolder(tmp_path), small_instance(ExplicitVRLittleEndian)
    path, _ = folder.put(lambda file: file.write(content))
    with pytest.raises(InstanceUnwritable, match="holds another data set with the same SOP"):
        folder.put(lambda file: file.write(small_instance(ImplicitVRLittleEndian)))
    assert path.read_bytes() == content
    assert files_of(tmp_path) == [path]


@pytest.mark.parametrize("missing", [1, 600])
def test_an_instance_that_was_cut_short_is_not_kept(
    small_instance, tmp_path: Path, missing: int
) -> None:
    with pytest.raises(InstanceUnreadable):
        InstanceFolder(tmp_path).put(lambda file: file.write(small_instance()[:-missing]))
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_fills_up_leaves_nothing(
    small_instance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("octome.files.os.fsync", full)
    with pytest.raises(InstanceUnwritable, match="No space left on device"):
        InstanceFolder(tmp_path).put(lambda file: file.write(small_instance()))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("place", ["{tmp}/here", "/proc/here"])
def test_a_folder_that_cannot_be_written_is_reported(
    small_instance, tmp_path: Path, place: str
) -> None:
    (tmp_path / "here").write_text("a file")
    folder = InstanceFolder(Path(place.format(tmp=tmp_path)))
    with pytest.raises(InstanceUnwritable, match="cannot write into"):
        folder.put(lambda file: file.write(small_instance()))


def test_uids_of_others_do_not_lead_out_of_the_folder(tmp_path: Path) -> None:
    evil = InstanceIdentity(
        sop_class="1.2",
        sop_instance="../../..",
        study="../../../up",
        series="/etc",
        modality="..",
        transfer_syntax="1.2.840.10008.1.2",
        is_whole=True,
    )
    path = InstanceFolder(tmp_path).path_of(evil)
    assert path.resolve().is_relative_to(tmp_path.resolve())


def test_dicom_files_are_found_under_any_name(small_instance, tmp_path: Path) -> None:
    (tmp_path / "deep" / "er").mkdir(parents=True)
    expected = [tmp_path / "IM000001", tmp_path / "deep" / "er" / "a.b"]
    for path in expected:
        path.write_bytes(small_instance())
    (tmp_path / "notes.dcm").write_text("no instance")
    (tmp_path / "deep" / ".hidden.part").write_bytes(small_instance())
    assert sorted(dicom_files([tmp_path], not_expected)) == sorted(expected)
    assert list(dicom_files([expected[0]], not_expected)) == expected[:1]


def test_a_folder_without_dicom_files_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InstanceUnreadable, match="there is no DICOM file in"):
        list(dicom_files([tmp_path], not_expected))
    with pytest.raises(InstanceUnreadable, match="there is no such file"):
        list(dicom_files([tmp_path / "nowhere"], not_expected))
