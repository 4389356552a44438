"""A folder of instances: each whole or not at all, never one over another, none outside it."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path

import pytest
from pydicom.uid import ExplicitVRLittleEndian, ImplicitVRLittleEndian

from octome.archive.folder import InstanceFolder, dicom_files
from octome.dicom.instance_identity import InstanceIdentity, instance_identity
from octome.errors import InstanceConflict, InstanceUnreadable, InstanceUnwritable


def not_expected(error: InstanceUnreadable) -> None:
    raise error


def files_of(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def instance(**stated: str) -> InstanceIdentity:
    usual = {"sop_instance": "1.2.3", "study": "1.2", "series": "1.2.4", "modality": "OT"}
    syntax = "1.2.840.10008.1.2"
    return InstanceIdentity(
        sop_class="1.2", transfer_syntax=syntax, is_whole=True, **(usual | stated)
    )


def test_an_instance_lies_under_its_patient_study_and_eye(made_chain, tmp_path: Path) -> None:
    content = made_chain.file("structure").read_bytes()
    uid = instance_identity(made_chain.file("structure")).sop_instance
    path, is_new = InstanceFolder(tmp_path).put(lambda file: file.write(content))
    assert is_new
    patient, study, eye, name = path.relative_to(tmp_path).parts
    assert re.fullmatch("unnamed~[0-9a-f]{8}", patient)
    assert re.fullmatch("2026-01-31~[0-9a-f]{8}", study)
    assert (eye, name) == ("right", f"{uid}.dcm")
    assert path.read_bytes() == content
    assert files_of(tmp_path) == [path]


def test_all_kinds_of_instances_of_an_eye_lie_together(made_chain, tmp_path: Path) -> None:
    folder = InstanceFolder(tmp_path)
    for path in dicom_files([made_chain.folder], not_expected):
        folder.put(lambda file, path=path: file.write(path.read_bytes()))
    assert {path.parent.name for path in files_of(tmp_path)} == {"right"}
    assert len({path.parent for path in files_of(tmp_path)}) == 1


def test_a_patient_has_one_folder_however_the_name_is_spelled(tmp_path: Path) -> None:
    folder = InstanceFolder(tmp_path)
    first = folder.path_of(instance(patient_id="P1", patient_name="Núñez^Zoë", eye="R"))
    assert first.parents[2].name.startswith("Nunez-Zoe-P1~")
    first.parent.mkdir(parents=True)
    first.write_bytes(b"")
    other = instance(patient_id="P1", patient_name="NUNEZ^ZOE", study_date="20260131", eye="L")
    assert folder.path_of(other).parents[1] == first.parents[1]
    # Also if a person renamed it.
    renamed = first.parents[2].rename(tmp_path / f"Zoe~{first.parents[2].name[-8:]}")
    assert InstanceFolder(tmp_path).path_of(other).is_relative_to(renamed)


def test_patients_of_one_name_do_not_mix(tmp_path: Path) -> None:
    folder = InstanceFolder(tmp_path)
    alike = [
        instance(patient_name="Frog^A", patient_id="1"),
        instance(patient_name="Frog^A", patient_id="1 2"),
        instance(patient_name="Frog^A", patient_id="1/2"),
        instance(patient_name="Frog^A", patient_id="1", issuer_of_patient_id="Pond"),
        # Without an ID nothing says that two studies are of one patient.
        instance(patient_name="Frog^A", study="1.5"),
        instance(patient_name="Frog^A", study="1.6"),
    ]
    patients = {folder.path_of(each).parents[2].name.lower() for each in alike}
    assert len(patients) == len(alike)


def test_a_study_of_two_eyes_has_a_folder_for_each(tmp_path: Path) -> None:
    folder = InstanceFolder(tmp_path)
    paths = [folder.path_of(instance(eye=eye)) for eye in ("R", "L", "B", "")]
    assert [path.parent.name for path in paths] == ["right", "left", "both", "eye-not-stated"]
    assert len({path.parents[1] for path in paths}) == 1


def test_another_instance_of_that_uid_in_another_study_is_an_error(
    small_instance, tmp_path: Path
) -> None:
    content = small_instance()
    first, _ = InstanceFolder(tmp_path).put(lambda file: file.write(content))
    other = content.replace(b"1.2.4\0", b"1.2.9\0").replace(b"UI\x04\x001.2\0", b"UI\x04\x001.9\0")
    assert other != content
    # It is known also to a program that was started since.
    with pytest.raises(InstanceConflict, match="another data set with the same SOP Instance UID"):
        InstanceFolder(tmp_path).put(lambda file: file.write(other))
    assert files_of(tmp_path) == [first]


def test_an_instance_under_a_name_of_its_own_is_known(small_instance, tmp_path: Path) -> None:
    content, folder = small_instance(), InstanceFolder(tmp_path)
    first, _ = folder.put(lambda file: file.write(content))
    derived = first.with_name("surfaces.dcm")
    derived.write_bytes(small_instance(uid="1.2.7"))
    path, is_new = folder.put(lambda file: file.write(derived.read_bytes()))
    assert (path, is_new) == (derived, False)


def test_what_a_killed_process_left_is_removed_and_counted(small_instance, tmp_path: Path) -> None:
    path, _ = InstanceFolder(tmp_path).put(lambda file: file.write(small_instance()))
    (tmp_path / ".new.0.part").write_bytes(b"half")
    (path.parent / ".surfaces.dcm.0.part").write_bytes(b"half")
    (tmp_path / "Frog~01234567" / "undated~01234567" / "left").mkdir(parents=True)
    (tmp_path / "notes").mkdir()
    folder = InstanceFolder(tmp_path)
    assert folder.removed == 2
    assert files_of(tmp_path) == [path]
    assert {each.name for each in tmp_path.iterdir()} == {"notes", path.parents[2].name}


def test_an_instance_is_on_the_disk_with_its_folders_before_it_counts_as_stored(
    small_instance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []

    def fsync(descriptor: int) -> None:
        synced.append(os.readlink(f"/proc/self/fd/{descriptor}"))

    monkeypatch.setattr("octome.files.os.fsync", fsync)
    path, _ = InstanceFolder(tmp_path).put(lambda file: file.write(small_instance()))
    assert synced[0].endswith(".part")
    assert synced[-1] == str(path.parent)
    assert {str(each) for each in (*path.parents[1:4],)} <= set(synced)


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
    with pytest.raises(InstanceConflict, match="holds another data set with the same SOP"):
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
    up = "../../.."
    evil = instance(
        sop_instance=up, study=f"/{up}/up", patient_id=up, patient_name=f"/etc/{up}", eye=up
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
