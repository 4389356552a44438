"""`octome simulate` as a user types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from octome.cli.main import main
from octome.octa.acquisition_file import AcquisitionFile

TINY = ["--size", "4x2x12x512", "--field", "0.2"]


def run(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["simulate", *words])
    return result.exit_code, result.stdout, result.stderr


def test_a_simulation_is_reported_and_can_be_opened(tmp_path: Path) -> None:
    path = tmp_path / "scan.h5"
    status, out, err = run(str(path), "--variant", "fluid", "--seed", "7", *TINY)
    assert (status, err) == (0, "")
    assert "a simulated eye (fluid, seed 7)" in out
    assert "4 x 2 x 12 x 512 (B-scans x repeats x A-scans x samples)" in out
    with AcquisitionFile(path) as file:
        assert file.acquisition.recorded.shape == (4, 2, 12, 512)
        assert file.acquisition.bscan_mm == pytest.approx(0.05)
        assert file.truth() is not None


def test_the_same_as_data(tmp_path: Path) -> None:
    path = tmp_path / "scan.h5"
    status, out, _ = run(str(path), *TINY, "--content", "bscans", "--json")
    assert status == 0
    said = json.loads(out)
    assert said["shape"] == [4, 2, 256, 12]
    assert said["file"] == str(path)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--size", "huge"], "no size 'huge'; there are small, medium, full"),
        (["--variant", "glaucoma", *TINY], "no variant 'glaucoma'"),
        (["--size", "4x2x12x100"], "256 or more samples"),
        (["--size", "4x0x12x512"], "found 4 x 0 x 12"),
    ],
)
def test_an_impossible_command_gets_one_line_and_leaves_nothing(
    tmp_path: Path, words: list[str], why: str
) -> None:
    status, out, err = run(str(tmp_path / "scan.h5"), *words)
    assert status == 2
    assert out == ""
    assert why in err
    assert err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_picture_is_drawn_next_to_the_file(tmp_path: Path) -> None:
    from PIL import Image

    picture = tmp_path / "truth.png"
    status, _, err = run(
        str(tmp_path / "scan.h5"), "--size", "8x2x24x512", "--picture", str(picture)
    )
    assert (status, err) == (0, "")
    with Image.open(picture) as image:
        assert image.width > 1000
    assert sorted(path.name for path in tmp_path.iterdir()) == ["scan.h5", "truth.png"]
    status, _, err = run(
        str(tmp_path / "other.h5"), *TINY, "--picture", str(tmp_path / "nowhere" / "truth.png")
    )
    assert status == 2
    assert "truth.png: No such file or directory" in err


@pytest.mark.parametrize("name", ["scan.h5", "truth.png"])
def test_a_file_that_exists_is_never_overwritten(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine")
    picture = str(tmp_path / "truth.png")
    status, out, err = run(str(tmp_path / "scan.h5"), *TINY, "--picture", picture)
    assert (status, out) == (2, "")
    assert err == (
        f"octome: {tmp_path / name} already exists and is not overwritten: choose another name\n"
    )
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_text() == "mine"
