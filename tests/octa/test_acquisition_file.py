"""Acquisitions survive their file; damaged and foreign files get one clear line."""

from __future__ import annotations

import os
import random
from pathlib import Path

import h5py
import numpy as np
import pytest

from octome.errors import AcquisitionUnreadable, AcquisitionUnwritable, ShapeMismatch
from octome.octa.acquisition import RawAcquisition
from octome.octa.acquisition_file import AcquisitionFile, write_acquisition
from octome.octa.phantom.eye import SimulatedEye


@pytest.fixture(scope="module")
def eye() -> SimulatedEye:
    return SimulatedEye("cnv", seed=2, bscans=5, repeats=2, ascans=12, samples=512)


@pytest.fixture
def written(eye: SimulatedEye, tmp_path: Path) -> Path:
    path = tmp_path / "scan.h5"
    write_acquisition(path, eye.acquisition(), truth=eye.truth, bscans_at_once=2)
    return path


@pytest.mark.parametrize("content", ["spectra", "bscans"])
def test_what_is_read_is_what_was_written(eye: SimulatedEye, tmp_path: Path, content: str) -> None:
    reported: list[tuple[int, int]] = []
    made = eye.acquisition(content)
    write_acquisition(
        tmp_path / "scan.h5", made, bscans_at_once=2, progress=lambda *done: reported.append(done)
    )
    assert reported == [(2, 5), (4, 5), (5, 5)]
    with AcquisitionFile(tmp_path / "scan.h5") as file:
        read = file.acquisition
        np.testing.assert_array_equal(read.recorded[1:4], made.recorded[slice(1, 4)])
        assert read.recorded.dtype == made.recorded.dtype
        assert read.geometry == made.geometry
        assert read.calibration == made.calibration
        assert (read.laterality, dict(read.metadata)) == (
            "R",
            dict(eye.acquisition(content).metadata),
        )
        assert (read.metadata["variant"], read.metadata["seed"]) == ("cnv", 2.0)
        assert file.truth() is None


def test_truth_survives(eye: SimulatedEye, written: Path) -> None:
    with AcquisitionFile(written) as file:
        truth = file.truth()
    assert truth is not None
    assert list(truth.surfaces.rows) == list(eye.truth.surfaces.rows)
    for name, rows in eye.truth.surfaces.rows.items():
        np.testing.assert_array_equal(truth.surfaces[name], rows)
    np.testing.assert_array_equal(truth.vessels, eye.truth.vessels)
    np.testing.assert_array_equal(truth.motion.is_saccade, eye.truth.motion.is_saccade)
    assert truth.calibration == eye.truth.calibration


def test_a_factory_does_not_know_the_dispersion(eye: SimulatedEye, written: Path) -> None:
    with AcquisitionFile(written) as file:
        assert file.acquisition.calibration is not None
        assert file.acquisition.calibration.dispersion == ()
    assert eye.truth.calibration.dispersion != ()


def test_anyone_can_read_it(eye: SimulatedEye, written: Path) -> None:
    with h5py.File(written) as file:
        assert file.attrs["format"] == "octome acquisition"
        assert file["spectra"].shape == (5, 2, 12, 512)
        assert file["spectra"].attrs["axes"] == "B R X K"
        assert file["scan"].attrs["ascan_mm"] == eye.plan.ascan_mm


def test_a_file_that_is_not_an_acquisition_gets_one_clear_line(tmp_path: Path) -> None:
    text, foreign = tmp_path / "notes.txt", tmp_path / "other.h5"
    text.write_text("hello")
    with h5py.File(foreign, "w") as file:
        file["x"] = [1]
    cases = {
        tmp_path / "none.h5": "there is no such file",
        tmp_path: "it is a folder",
        text: "it is not an HDF5 file",
        foreign: "not one of octome's",
    }
    for path, why in cases.items():
        with pytest.raises(AcquisitionUnreadable, match=why) as caught:
            AcquisitionFile(path)
        assert "\n" not in str(caught.value)


def test_a_file_of_a_later_version_says_so(written: Path) -> None:
    with h5py.File(written, "r+") as file:
        file.attrs["version"] = 9
    with pytest.raises(AcquisitionUnreadable, match="version 9, this octome reads version 1"):
        AcquisitionFile(written)


def test_a_flipped_bit_in_a_frame_is_noticed(eye: SimulatedEye, written: Path) -> None:
    frame = eye.spectra(slice(2, 3))[0, 1].tobytes()
    data = bytearray(written.read_bytes())
    at = data.find(frame[:64])
    assert at > 0
    data[at + 1000] ^= 4
    written.write_bytes(data)
    with AcquisitionFile(written) as file:
        file.acquisition.recorded[0:2]
        with pytest.raises(AcquisitionUnreadable, match="spectra is damaged"):
            file.acquisition.recorded[2:3]


def test_no_damage_ends_in_a_traceback(written: Path, tmp_path: Path) -> None:
    chance = random.Random(0)
    whole = written.read_bytes()
    path = tmp_path / "damaged.h5"
    refused = 0
    for turn in range(150):
        data = bytearray(whole)
        if turn % 3 == 0:
            del data[chance.randrange(len(data)) :]
        else:
            for _ in range(4):
                data[chance.randrange(min(20_000, len(data)))] ^= 1 << chance.randrange(8)
        path.write_bytes(data)
        try:
            with AcquisitionFile(path) as file:
                file.acquisition.recorded[0:5]
                file.truth()
        except (AcquisitionUnreadable, ShapeMismatch):
            refused += 1
    assert refused > 50


def test_nothing_is_left_of_a_file_that_could_not_be_written(
    eye: SimulatedEye, tmp_path: Path
) -> None:
    with pytest.raises(AcquisitionUnwritable, match="No such file or directory"):
        write_acquisition(tmp_path / "nowhere" / "scan.h5", eye.acquisition())
    with pytest.raises(AcquisitionUnwritable, match="it is a folder"):
        write_acquisition(tmp_path, eye.acquisition())
    (tmp_path / "scan.h5").write_text("older")

    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_acquisition(tmp_path / "scan.h5", eye.acquisition(), progress=stop)
    assert (tmp_path / "scan.h5").read_text() == "older"
    assert os.listdir(tmp_path) == ["scan.h5"]


def test_an_existing_file_is_kept_unless_it_may_be_replaced(
    eye: SimulatedEye, tmp_path: Path
) -> None:
    (tmp_path / "scan.h5").write_text("older")
    with pytest.raises(AcquisitionUnwritable, match=r"scan\.h5 already exists"):
        write_acquisition(tmp_path / "scan.h5", eye.acquisition(), replaces=False)
    assert (tmp_path / "scan.h5").read_text() == "older"
    assert os.listdir(tmp_path) == ["scan.h5"]


def test_a_scan_too_large_for_the_disk_is_an_error_before_writing(
    eye: SimulatedEye, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_file: int, _start: int, _size: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "posix_fallocate", full)
    with pytest.raises(AcquisitionUnwritable, match="No space left on device"):
        write_acquisition(tmp_path / "scan.h5", eye.acquisition())
    assert os.listdir(tmp_path) == []


def test_an_acquisition_holds_one_kind_of_data() -> None:
    scan = {"ascan_mm": 0.01, "bscan_mm": 0.01, "ascan_rate_hz": 1e5, "repeat_interval_ms": 4.0}
    spectra = np.zeros((2, 2, 4, 64), np.uint16)
    with pytest.raises(ShapeMismatch, match="not both"):
        RawAcquisition(**scan)
    with pytest.raises(ShapeMismatch, match="not both"):
        RawAcquisition(**scan, spectra=spectra, bscans=spectra)
    with pytest.raises(ShapeMismatch, match=r"\(B, R, X, K\); found \(2, 4, 64\)"):
        RawAcquisition(**scan, spectra=spectra[0])
    with pytest.raises(ShapeMismatch, match="distance between rows is unknown"):
        _ = RawAcquisition(**scan, spectra=spectra).geometry
    with pytest.raises(ShapeMismatch, match="an eye is R or L"):
        RawAcquisition(**scan, spectra=spectra, laterality="left")
