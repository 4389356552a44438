"""Damaged files: for any damage, the reader returns a value or raises one clear error.

`make soak` tries thousands of damaged copies of each kind instead of a few.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest

from damage import damaged, peak_megabytes
from octome.errors import OctomeError
from octome.instances.bscan_volume_analysis import read_bscan_volume_analysis
from octome.instances.enface_image import read_enface_image
from octome.instances.file import read_instance
from octome.instances.grid import Grid
from octome.instances.height_map import read_height_map
from octome.instances.raw_data import read_raw_data
from octome.instances.surface_segmentation import read_surface_segmentation
from octome.instances.tomography_image import read_tomography_image
from octome.octa.acquisition import ScanGeometry
from octome.pipeline.source import read_source
from octome.pipeline.study import Study
from octome.pipeline.study_tree import study_tree
from soak import amount

COPIES = amount(50, whole=5000)
SECONDS, MEGABYTES = 10, 2000
GRID = Grid.nominal((4, 24, 10), ScanGeometry(0.0032, 3 / 304, 3 / 128))


def use_volume(read: Callable[[Path], object]) -> Callable[[Path], object]:
    def use(path: Path) -> object:
        stored = read(path)
        return stored.values(), stored.exam, stored.reference

    return use


def use_surfaces(path: Path) -> object:
    stored = read_surface_segmentation(path)
    return stored.maps(GRID), stored.numbers, stored.reference


def use_height_map(path: Path) -> object:
    stored = read_height_map(path)
    return stored.maps(GRID), stored.numbers, stored.reference


def use_enface(path: Path) -> object:
    stored = read_enface_image(path)
    return stored.values(), stored.slab, stored.exam, stored.spacing_mm, stored.reference


def use_raw(path: Path) -> object:
    stored = read_raw_data(path)
    recorded = stored.acquisition.recorded
    found = [np.asarray(recorded[0]), np.asarray(recorded[1:3, 0])]
    stored.check()
    return found, stored.acquisition.metadata


def use_source(path: Path) -> object:
    return asdict(read_source(path))


def use_study(path: Path) -> object:
    """Of the folder that the damaged file lies in."""
    study_tree(path.parent)
    study = Study(path.parent)
    study.next_series_number()
    return study.structure_values, study.flow_values, study.maps


structure = use_volume(read_tomography_image)
# Each kind of instance, and its complete reader.
READERS: dict[str, Callable[[Path], object]] = {
    "structure": structure,
    "htj2k": structure,
    "jpeg-ls": structure,
    "rle": structure,
    "jpeg2000": structure,
    "flow": use_volume(read_bscan_volume_analysis),
    "surfaces": use_surfaces,
    "height-map": use_height_map,
    "enface": use_enface,
    "enface-2024d": use_enface,
    "raw": use_raw,
}


def read_damaged(
    read: Callable[[Path], object], whole: bytes, path: Path, seed: int
) -> OctomeError | None:
    """Read one damaged copy; the error that it raised, if any."""
    path.write_bytes(damaged(whole, np.random.default_rng(seed)))
    begin, peak = time.process_time(), peak_megabytes()
    error = None
    try:
        read(path)
    except OctomeError as raised:
        error = raised
    assert time.process_time() - begin < SECONDS, seed
    assert peak_megabytes() - peak < MEGABYTES, seed
    return error


@pytest.mark.parametrize("kind", READERS)
def test_a_damaged_file_ends_in_a_value_or_one_clear_error(
    tiny_files: dict[str, Path], tmp_path: Path, kind: str
) -> None:
    whole = tiny_files[kind].read_bytes()
    errors = [
        read_damaged(READERS[kind], whole, tmp_path / "damaged.dcm", seed) for seed in range(COPIES)
    ]
    messages = [str(error) for error in errors if error is not None]
    assert len(messages) > COPIES / 4
    for message in messages:
        assert "damaged.dcm" in message
        assert message.isprintable()
        assert len(message) < 600


@pytest.mark.parametrize("kind", ["raw", "structure"])
def test_a_damaged_source_ends_in_a_value_or_one_clear_error(
    tiny_files: dict[str, Path], tmp_path: Path, kind: str
) -> None:
    whole = tiny_files[kind].read_bytes()
    for seed in range(COPIES):
        read_damaged(use_source, whole, tmp_path / "damaged.dcm", seed)


STUDY = ("structure", "flow", "surfaces", "enface")


@pytest.mark.parametrize("kind", STUDY)
def test_a_damaged_file_in_a_study_ends_in_a_value_or_one_clear_error(
    tiny_files: dict[str, Path], tmp_path: Path, kind: str
) -> None:
    for other in STUDY:
        if other != kind:
            (tmp_path / f"{other}.dcm").symlink_to(tiny_files[other])
    whole = tiny_files[kind].read_bytes()
    for seed in range(COPIES // 4):
        read_damaged(use_study, whole, tmp_path / "damaged.dcm", seed)


@pytest.mark.parametrize("at", [-1, -100, 300])
def test_zeros_behind_a_header_are_not_walked_through(
    tiny_files: dict[str, Path], tmp_path: Path, at: int
) -> None:
    # At its end, within its last sequence, and within the file meta information.
    path = tmp_path / "damaged.dcm"
    whole = tiny_files["structure"]
    with path.open("wb") as file:
        file.write(whole.read_bytes()[: read_instance(whole).end][:at])
        file.truncate(2**30)
    begin = time.process_time()
    with pytest.raises(OctomeError, match=r"damaged\.dcm"):
        READERS["structure"](path)
    assert time.process_time() - begin < SECONDS
