from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import test_bioptigen
import test_heidelberg_e2e
import test_heidelberg_xml
import test_iowa_xml
import test_optovue
import test_topcon
from e2e_file import e2e_bytes
from thorlabs_file import write_thorlabs
from vol_file import VolFile, ramp_bscans

from octome.errors import OctomeError
from octome.formats.iowa_xml import read_surfaces
from octome.formats.reading_options import ReadingOptions
from octome.formats.registry import read_device_volume
from octome.octa.acquisition import ScanGeometry

SPACING = ScanGeometry(0.004, 0.01, 0.02)


def vol(folder: Path) -> Path:
    path = folder / "scan.vol"
    layers = [np.full((3, 5), 1.5, np.float32)] * 3
    path.write_bytes(VolFile(ramp_bscans(), layers, slo=np.zeros((2, 3), np.uint8)).bytes)
    return path


def words(folder: Path) -> Path:
    parts = test_topcon.chunks()
    del parts[b"@IMG_JPEG"]
    return test_topcon.written(folder, parts | {b"@IMG_SCAN_03": test_topcon.words()}, ".fds")


WRITERS: dict[str, Callable[[Path], Path]] = {
    "vol": vol,
    "e2e": lambda folder: test_heidelberg_e2e.written(
        folder, e2e_bytes(test_heidelberg_e2e.folders())
    ),
    "xml": test_heidelberg_xml.written,
    "fda": lambda folder: test_topcon.written(folder, test_topcon.chunks()),
    "fds": words,
    "bioptigen": lambda folder: test_bioptigen.written(folder, test_bioptigen.bioptigen_bytes()),
    "thorlabs": lambda folder: write_thorlabs(folder / "scan.oct", ramp_bscans()),
    "optovue": lambda folder: test_optovue.written(folder, np.arange(60.0)).with_suffix(".txt"),
    "iowa": lambda folder: test_iowa_xml.written(folder, test_iowa_xml.ILM),
}


def damaged(content: bytes) -> Iterator[bytes]:
    """Cut short, and with single bits and whole words turned over; headers suffer most."""
    chance = np.random.default_rng(4)
    head = min(len(content), 600)
    for at in chance.integers(1, len(content), 25):
        yield content[: int(at)]
    for at in [*chance.integers(0, head, 100), *chance.integers(0, len(content), 50)]:
        copy = bytearray(content)
        copy[at] ^= 1 << int(chance.integers(8))
        yield bytes(copy)
    for at in [*chance.integers(0, head - 4, 50), *chance.integers(0, len(content) - 4, 25)]:
        copy = bytearray(content)
        copy[at : at + 4] = b"\xff\xff\xff\x7f"
        yield bytes(copy)


@pytest.mark.filterwarnings("ignore::octome.errors.SpacingReplaced")
@pytest.mark.parametrize("kind", WRITERS)
def test_a_damaged_file_gives_a_value_or_one_of_octome_s_errors(tmp_path: Path, kind: str) -> None:
    path = WRITERS[kind](tmp_path)
    refusals, content = 0, path.read_bytes()
    for wrong in damaged(content):
        path.write_bytes(wrong)
        began = time.perf_counter()
        try:
            if kind == "iowa":
                read_surfaces(path)
            else:
                scan = path.with_suffix(".OCT") if kind == "optovue" else path
                read_device_volume(scan, options=ReadingOptions(spacing=SPACING))
        except OctomeError:
            refusals += 1
        assert time.perf_counter() - began < 10
    assert 15 < refusals < 250
