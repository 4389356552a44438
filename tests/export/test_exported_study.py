"""A study exported: conformant, the same each time, whole or not at all."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from pathlib import Path

import pydicom
import pytest
from dciodvfy import ABSENT, PROGRAM

from octome.conformance.check.checker import Checker
from octome.errors import InstanceUnwritable, NothingThere
from octome.export import writers
from octome.export.exported_study import ExportedStudy, export_study
from octome.pipeline.study import Study


@pytest.fixture(scope="module")
def exported(made_chain, tmp_path_factory) -> ExportedStudy:  # type: ignore[no-untyped-def]
    out = tmp_path_factory.mktemp("exported") / "copies"
    return export_study(Study(made_chain.folder), out, "sc")


def test_the_copies_are_new_series_of_the_same_study(made_chain, exported: ExportedStudy) -> None:
    source = pydicom.dcmread(made_chain.file("structure"), stop_before_pixels=True)
    headers = [pydicom.dcmread(each.path) for each in exported.files]
    assert {each.StudyInstanceUID for each in headers} == {source.StudyInstanceUID}
    assert [each.SeriesNumber for each in headers] == list(range(11, 27))
    assert len({each.SeriesInstanceUID for each in headers}) == 16
    for header in headers:
        assert header.SeriesDescription.startswith("Copy of ")
        assert header.pixel_array.max() > 0


def test_the_check_finds_no_violation(library, exported: ExportedStudy) -> None:
    checker = Checker(library)
    for each in exported.files:
        found = checker.check(each.path).findings
        assert [one.message for one in found if one.outcome == "violation"] == []


@pytest.mark.skipif(PROGRAM is None, reason=ABSENT)
def test_dciodvfy_finds_no_error(exported: ExportedStudy) -> None:
    for each in exported.files:
        run = subprocess.run(
            [str(PROGRAM), str(each.path)], capture_output=True, text=True, check=False, timeout=60
        )
        assert "SCImage" in run.stderr + run.stdout
        assert "Error" not in run.stderr + run.stdout, each.path.name


def test_the_same_study_gives_the_same_bytes(
    made_chain, exported: ExportedStudy, tmp_path: Path
) -> None:
    again = export_study(Study(made_chain.folder), tmp_path / "again", "sc")
    for one, two in zip(exported.files, again.files, strict=True):
        assert one.path.read_bytes() == two.path.read_bytes()


def test_only_the_owner_reads_the_copies(exported: ExportedStudy) -> None:
    path = exported.files[0].path
    for each in (path, path.parent):
        assert stat.S_IMODE(os.stat(each).st_mode) & 0o077 == 0


def test_nothing_is_overwritten(made_chain, tmp_path: Path) -> None:
    with pytest.raises(InstanceUnwritable, match="already exists"):
        export_study(Study(made_chain.folder), tmp_path, "sc")


def test_an_export_that_fails_leaves_nothing(made_chain, tmp_path: Path) -> None:
    def stop(_label: str, share: float) -> None:
        if share > 0.5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export_study(Study(made_chain.folder), tmp_path / "out", "sc", progress=stop)
    assert not list(tmp_path.iterdir())


def test_a_full_disk_is_one_line_about_the_folder(
    made_chain, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, *_more: object) -> None:
        raise InstanceUnwritable(f"cannot write {path}: the disk is full")

    monkeypatch.setattr(writers, "write_secondary_capture", full)
    with pytest.raises(InstanceUnwritable) as caught:
        export_study(Study(made_chain.folder), tmp_path / "out", "sc")
    assert str(caught.value) == f"cannot write {tmp_path / 'out' / 'flow.dcm'}: the disk is full"
    assert not list(tmp_path.iterdir())


def test_a_structural_volume_alone_needs_no_copy(made_chain, tmp_path: Path) -> None:
    shutil.copy(made_chain.file("structure"), tmp_path)
    with pytest.raises(NothingThere, match="nothing to copy"):
        export_study(Study(tmp_path), tmp_path / "out", "sc")


def test_files_of_one_name_are_kept_apart(made_chain, tmp_path: Path) -> None:
    for name in ("structure", "enface/deep-flow", "enface/retina-flow"):
        folder = tmp_path / "study" / name
        folder.mkdir(parents=True)
        shutil.copy(made_chain.file(name), folder / "1.dcm")
    done = export_study(Study(tmp_path / "study"), tmp_path / "out", "png")
    assert sorted(each.path.name for each in done.files) == ["1-2.png", "1.png"]
    assert [each.what for each in done.left_out] == ["flow", "surfaces"]
