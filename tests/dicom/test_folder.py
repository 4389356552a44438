"""The walk through folders: every file once, and each unreadable one is reported."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from encoded_bytes import part10

from octome.dicom.folder import dicom_files_below, files_below
from octome.errors import InstanceUnreadable


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for folder in ("b", "a/deep", ".hidden"):
        (tmp_path / folder).mkdir(parents=True)
    for name in ("b/IM1", "a/deep/x.y", "a/first", ".hidden/seen", "b/.part"):
        (tmp_path / name).write_bytes(part10(b""))
    (tmp_path / "b" / "notes.dcm").write_text("a text")
    (tmp_path / "b" / "empty").touch()
    os.mkfifo(tmp_path / "b" / "pipe")
    (tmp_path / "a" / "back").symlink_to(tmp_path)
    (tmp_path / "a" / "link").symlink_to(tmp_path / "b" / "IM1")
    return tmp_path


def walked(walk, folder: Path) -> tuple[list[str], list[str]]:
    refused: list[InstanceUnreadable] = []
    found = [str(path.relative_to(folder)) for path in walk(folder, refused.append)]
    return found, [str(error) for error in refused]


def test_regular_files_are_found_in_order_and_hidden_ones_left_out(tree: Path) -> None:
    expected = ["a/first", "a/link", "a/deep/x.y", "b/IM1", "b/empty", "b/notes.dcm"]
    assert walked(files_below, tree) == (expected, [])


def test_dicom_files_are_found_under_any_name(tree: Path) -> None:
    assert walked(dicom_files_below, tree) == (["a/first", "a/link", "a/deep/x.y", "b/IM1"], [])


def test_unreadable_files_and_folders_are_reported_and_the_rest_is_found(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan, read = os.scandir, Path.open

    def no_entry(path):
        if str(path).endswith("deep"):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    def no_reading(path: Path, *arguments):
        if path.name == "first":
            raise PermissionError(13, "Permission denied", str(path))
        return read(path, *arguments)

    monkeypatch.setattr(os, "scandir", no_entry)
    monkeypatch.setattr(Path, "open", no_reading)
    found, refused = walked(dicom_files_below, tree)
    assert found == ["a/link", "b/IM1"]
    assert refused == [
        f"cannot read {tree / 'a/first'}: no permission to read it",
        f"cannot enter the folder {tree / 'a/deep'}: no permission to read it",
    ]


def test_a_missing_folder_is_reported(tmp_path: Path) -> None:
    found, (refused,) = walked(files_below, tmp_path / "nowhere")
    assert found == []
    assert "there is no such file" in refused
