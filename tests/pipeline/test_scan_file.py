"""The intermediate file holds a scan's volumes bit for bit."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from octome.errors import InstanceUnreadable
from octome.octa.acquisition import ScanGeometry
from octome.octa.angiography import ScanVolumes
from octome.octa.flow.methods import flow_method
from octome.pipeline.scan_file import read_scan, write_scan


def volumes() -> ScanVolumes:
    chance = np.random.default_rng(0)
    structure = chance.random((2, 3, 4), np.float32)
    structure[0, 0, 0] = np.nan
    return ScanVolumes(
        structure=structure,
        flow=chance.random((2, 3, 4), np.float32),
        geometry=ScanGeometry(0.1 + 0.2, 0.01, 1 / 3),
        method=flow_method("ratio"),
        noise_floor=1 / 7,
    )


def test_written_volumes_are_read_back(tmp_path: Path) -> None:
    ours = volumes()
    write_scan(tmp_path / "scan", ours)
    theirs = read_scan(tmp_path / "scan")
    np.testing.assert_array_equal(theirs.structure, ours.structure)
    np.testing.assert_array_equal(theirs.flow, ours.flow)
    assert (theirs.geometry, theirs.noise_floor) == (ours.geometry, ours.noise_floor)
    assert theirs.method is ours.method


def test_structure_alone_is_read_back(tmp_path: Path) -> None:
    write_scan(tmp_path / "scan", replace(volumes(), flow=None, method=None))
    theirs = read_scan(tmp_path / "scan")
    np.testing.assert_array_equal(theirs.structure, volumes().structure)
    assert theirs.flow is None
    assert theirs.method is None


@pytest.mark.parametrize("kept", [0, 7, 100, 300, -1])
def test_a_damaged_file_is_an_error(tmp_path: Path, kept: int) -> None:
    path = tmp_path / "scan"
    write_scan(path, volumes())
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(InstanceUnreadable, match="it is damaged"):
        read_scan(path)
