"""An acquisition file that would read other files is refused before anything is read or written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import h5py
import pytest

from octome.errors import AcquisitionUnreadable
from octome.octa.acquisition_file import AcquisitionFile, write_acquisition
from octome.octa.phantom.eye import SimulatedEye
from octome.octa.self_contained import DataElsewhere, check_self_contained
from octome.pipeline.chain import process
from octome.pipeline.request import Request

SHAPE = (3, 2, 8, 256)
BYTES = 3 * 2 * 8 * 256 * 2


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret"
    path.write_bytes(b"frogs " * BYTES)
    with h5py.File(tmp_path / "secret.h5", "w") as file:
        file.create_dataset("spectra", shape=SHAPE, dtype="u2")
    return path


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "scan.h5"
    eye = SimulatedEye(seed=2, bscans=3, repeats=2, ascans=8, samples=256)
    write_acquisition(path, eye.acquisition(), truth=eye.truth)
    return path


def external_storage(file: h5py.File, secret: Path) -> None:
    file.create_dataset("spectra", SHAPE, "u2", external=[(str(secret), 0, BYTES)])


def external_link(file: h5py.File, secret: Path) -> None:
    file["spectra"] = h5py.ExternalLink(str(secret.with_suffix(".h5")), "/spectra")


def soft_link(file: h5py.File, secret: Path) -> None:
    file["elsewhere"] = h5py.ExternalLink(str(secret.with_suffix(".h5")), "/")
    file["spectra"] = h5py.SoftLink("/elsewhere/spectra")


def soft_link_within(file: h5py.File, _secret: Path) -> None:
    file["spectra"] = h5py.SoftLink("/truth/vessels")


def virtual(file: h5py.File, secret: Path) -> None:
    layout = h5py.VirtualLayout(SHAPE, "u2")
    layout[...] = h5py.VirtualSource(str(secret.with_suffix(".h5")), "spectra", SHAPE)
    file.create_virtual_dataset("spectra", layout)


def in_the_truth(file: h5py.File, secret: Path) -> None:
    del file["truth/vessels"]
    file["truth"].create_dataset("vessels", (8,), "u1", external=[(str(secret), 0, 8)])


WAYS = [external_storage, external_link, soft_link, soft_link_within, virtual, in_the_truth]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_a_file_that_reads_another_is_refused_before_anything_is_written(
    way: Callable[[h5py.File, Path], None], scan: Path, secret: Path, tmp_path: Path
) -> None:
    with h5py.File(scan, "a") as file:
        if way is not in_the_truth:
            del file["spectra"]
        way(file, secret)
    with pytest.raises(AcquisitionUnreadable, match="holds all its data itself"):
        AcquisitionFile(scan)
    with pytest.raises(AcquisitionUnreadable, match="holds all its data itself"):
        process(scan, tmp_path / "out", Request())
    assert not (tmp_path / "out").exists()


def test_hard_links_are_part_of_the_file(scan: Path) -> None:
    with h5py.File(scan, "a") as file:
        file["again"] = file["spectra"]
        file["truth/loop"] = file["truth"]
        check_self_contained(file)
        file["away"] = h5py.SoftLink("/spectra")
        with pytest.raises(DataElsewhere, match="/away is a link by path"):
            check_self_contained(file)
