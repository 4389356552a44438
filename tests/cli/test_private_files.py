"""Files that can hold patient data: only for their owner, whatever the umask."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from octome.archive.receiver import Receiver
from octome.archive.storage import send
from octome.cli.main import main


@pytest.fixture
def _open_umask() -> Iterator[None]:
    before = os.umask(0)
    try:
        yield
    finally:
        os.umask(before)


def run(*words: object) -> None:
    result = CliRunner().invoke(main, [str(word) for word in words])
    assert result.exit_code == 0, result.output


def modes_below(folder: Path) -> dict[str, str]:
    """The permissions of everything in a folder, by its path."""
    return {
        str(path.relative_to(folder)): f"{stat.S_IMODE(path.stat().st_mode):o}"
        for path in sorted(folder.rglob("*"))
    }


def check_private(folder: Path, *, at_least: int) -> None:
    found = modes_below(folder)
    assert len(found) >= at_least
    expected = {name: "700" if (folder / name).is_dir() else "600" for name in found}
    assert found == expected


@pytest.mark.usefixtures("_open_umask")
def test_a_simulated_scan_its_picture_and_a_profile_are_private(tmp_path: Path) -> None:
    size = ("--size", "4x2x12x512", "--field", "0.2")
    run("simulate", tmp_path / "scan.h5", *size, "--picture", tmp_path / "scan.png")
    run("profile", tmp_path / "device.toml")
    check_private(tmp_path, at_least=3)


@pytest.mark.usefixtures("_open_umask")
def test_a_study_its_en_face_images_and_its_pictures_are_private(
    made_chain, tmp_path: Path
) -> None:
    study = tmp_path / "patient" / "study"
    run(
        "process", made_chain.scan, study, "--slabs", "superficial", "--no-raw",
        "--picture", tmp_path / "sheet.png",
    )  # fmt: skip
    run("enface", study, "--slab", "retina", "--picture", tmp_path / "retina.png")
    # Two folders, two pictures, at least four instances, and the record of the run.
    check_private(tmp_path, at_least=9)


@pytest.mark.usefixtures("_open_umask")
def test_received_instances_are_private(made_chain, tmp_path: Path) -> None:
    with Receiver(tmp_path / "in") as receiver:
        sent = send([made_chain.file("structure")], "127.0.0.1", receiver.port)
    assert [each.is_stored for each in sent] == [True]
    # The folder itself, those of the patient, the study and the eye, and the instance.
    check_private(tmp_path, at_least=5)
