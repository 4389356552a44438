"""A chain that is stopped, continued, run once more, refused."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pydicom
import pytest

from octome.errors import InstancesDisagree, InstanceUnwritable, MissingFact
from octome.instances.exam import Patient
from octome.instances.raw_data import read_raw_data
from octome.octa.acquisition_file import AcquisitionFile, write_acquisition
from octome.pipeline.chain import process
from octome.pipeline.manifest import FinishedStep, Manifest
from octome.pipeline.request import Request


@pytest.fixture
def copied(made_chain, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made_chain.folder, tmp_path / "study"))


def test_a_second_run_writes_nothing(made_chain, copied: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in copied.rglob("*.dcm")}
    results = process(made_chain.scan, copied, Request(with_height_map=True))
    assert not any(each.is_new for each in results)
    assert {path: path.stat().st_mtime_ns for path in copied.rglob("*.dcm")} == before


def test_only_what_is_missing_is_written_again(made_chain, copied: Path) -> None:
    (copied / "enface" / "deep-flow.dcm").unlink()
    results = process(made_chain.scan, copied, Request(with_height_map=True))
    assert [each.path.name for each in results if each.is_new] == ["deep-flow.dcm"]


def test_another_algorithm_adds_and_overwrites_nothing(made_chain, copied: Path) -> None:
    before = {path: path.read_bytes() for path in copied.rglob("*.dcm")}
    request = Request(algorithm="decorrelation", slabs=("superficial",), with_height_map=True)
    results = process(made_chain.scan, copied, request)
    new = {each.path.relative_to(copied).as_posix() for each in results if each.is_new}
    assert new == {"flow-decorrelation.dcm", "enface/superficial-flow-2.dcm"}
    assert all(path.read_bytes() == content for path, content in before.items())


def test_a_killed_run_leaves_whole_files_and_continues(made_chain, tmp_path: Path) -> None:
    out = tmp_path / "study"
    script = (
        "import sys; from pathlib import Path; from octome.pipeline.chain import process;"
        "from octome.pipeline.request import Request;"
        "process(Path(sys.argv[1]), Path(sys.argv[2]), Request())"
    )
    child = subprocess.Popen([sys.executable, "-c", script, str(made_chain.scan), str(out)])
    try:
        deadline = time.monotonic() + 300
        while not (out / "raw.dcm").exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        child.send_signal(signal.SIGKILL)
    finally:
        child.kill()
        child.wait(30)
    assert (out / "raw.dcm").exists()
    read_raw_data(out / "raw.dcm").check()
    results = process(made_chain.scan, out, Request())
    assert len(results) == 17
    assert {path.name for path in out.rglob("*.dcm")} == {each.path.name for each in results}


def test_a_run_stopped_between_a_file_and_its_record_continues(
    made_chain, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Manifest.record
    stopped: list[str] = []

    def stop(self: Manifest, step: FinishedStep) -> None:
        if step.name == "structure" and not stopped:
            stopped.append(step.file)
            raise KeyboardInterrupt
        real(self, step)

    monkeypatch.setattr(Manifest, "record", stop)
    with pytest.raises(KeyboardInterrupt):
        process(made_chain.scan, tmp_path, Request(slabs=("retina",)))
    before = (tmp_path / "structure.dcm").read_bytes()
    results = process(made_chain.scan, tmp_path, Request(slabs=("retina",)))
    assert [each.path.name for each in results if not each.is_new] == ["raw.dcm", "structure.dcm"]
    assert (tmp_path / "structure.dcm").read_bytes() == before
    assert {path.name for path in tmp_path.rglob("*.dcm")} == {each.path.name for each in results}


def test_a_folder_holds_one_chain(made_chain, copied: Path) -> None:
    with pytest.raises(InstancesDisagree, match="another acquisition, or of the same one with"):
        process(made_chain.scan, copied, Request(patient=Patient("Other^Name")))


def test_a_changed_file_is_noticed(made_chain, copied: Path) -> None:
    with (copied / "structure.dcm").open("ab") as file:
        file.write(b"\0\0")
    with pytest.raises(InstancesDisagree, match="was changed since it was written"):
        process(made_chain.scan, copied, Request(with_height_map=True))


def test_a_raw_data_instance_starts_a_chain_in_its_own_study(made_chain, tmp_path: Path) -> None:
    results = process(made_chain.file("raw"), tmp_path, Request(slabs=("retina",)))
    assert [each.kind.letter for each in results] == ["B", "D1", "C", "E", "F"]
    first = pydicom.dcmread(made_chain.file("structure"))
    again = pydicom.dcmread(tmp_path / "structure.dcm")
    assert again.StudyInstanceUID == first.StudyInstanceUID
    assert again.FrameOfReferenceUID == first.FrameOfReferenceUID
    assert again.PixelData == first.PixelData


def test_an_image_of_another_system_is_kept_unchanged(made_chain, tmp_path: Path) -> None:
    request = Request(slabs=("retina", "superficial"))
    results = process(made_chain.file("structure"), tmp_path, request)
    assert [each.kind.letter for each in results] == ["B", "D1", "E", "E"]
    copy = (tmp_path / "structure.dcm").read_bytes()
    assert copy == made_chain.file("structure").read_bytes()


# Errors.


def test_missing_metadata_is_named_with_its_option(made_chain, tmp_path: Path) -> None:
    with AcquisitionFile(made_chain.scan) as file:
        known = replace(file.acquisition, bscans=file.acquisition.recorded[:2])
    for missing, why in (
        ({"laterality": None}, "--laterality R or L"),
        ({"metadata": {**known.metadata, "acquired": ""}}, "--acquired"),
        ({"metadata": {"acquired": "2026-01-31"}}, "--profile"),
        (
            {"metadata": {**known.metadata, "depth_resolution_um": "fine"}},
            "optics.depth_resolution_um cannot be 'fine'",
        ),
    ):
        scan = tmp_path / "scan.h5"
        write_acquisition(scan, replace(known, **missing))
        with pytest.raises(MissingFact, match=why):
            process(scan, tmp_path / "study", Request())
        assert not (tmp_path / "study").exists()


def test_another_eye_than_the_file_states_is_an_error(made_chain, tmp_path: Path) -> None:
    with pytest.raises(MissingFact, match="states that this eye is R, --laterality is L"):
        process(made_chain.scan, tmp_path / "study", Request(laterality="L"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_write_permission(made_chain, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(InstanceUnwritable, match="cannot write"):
        process(made_chain.scan, tmp_path / "study", Request())


def test_a_file_in_place_of_the_folder(made_chain, tmp_path: Path) -> None:
    (tmp_path / "study").write_text("mine")
    with pytest.raises(InstanceUnwritable, match="it is a file"):
        process(made_chain.scan, tmp_path / "study", Request())
    assert (tmp_path / "study").read_text() == "mine"


def test_a_full_disk_leaves_finished_instances(
    made_chain, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync

    def full(descriptor: int) -> None:
        if "surfaces" in os.readlink(f"/proc/self/fd/{descriptor}"):
            raise OSError(28, "No space left on device")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InstanceUnwritable, match=r"surfaces\.dcm: No space left on device"):
        process(made_chain.scan, tmp_path, Request())
    assert {path.name for path in tmp_path.iterdir()} == {
        "octome.json",
        "raw.dcm",
        "structure.dcm",
    }
    steps = json.loads((tmp_path / "octome.json").read_text())["steps"]
    assert [step["name"] for step in steps] == ["raw", "structure"]
    monkeypatch.setattr(os, "fsync", real)
    results = process(made_chain.scan, tmp_path, Request())
    assert [each.path.name for each in results if not each.is_new] == ["raw.dcm", "structure.dcm"]
