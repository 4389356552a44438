"""Damaged instances: every reader ends in a value or in one of octome's errors, and soon.

`OCTOME_FUZZ=5000` tries so many damaged copies of each kind instead of a few.
"""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from octome.errors import OctomeError
from octome.instances.bscan_volume_analysis import read_bscan_volume_analysis, structure_of
from octome.instances.enface_image import read_enface_image
from octome.instances.height_map import read_height_map
from octome.instances.raw_data import read_raw_data
from octome.instances.surface_segmentation import read_surface_segmentation
from octome.instances.tomography_image import read_tomography_image
from octome.pipeline.source import opened
from octome.pipeline.tree import study_tree

COPIES = int(os.environ.get("OCTOME_FUZZ", "120"))
SECONDS = 10
MEGABYTES = 2000


def use_structure(path: Path, _grid: object) -> None:
    volume = read_tomography_image(path)
    assert volume.values().shape == volume.grid.shape
    assert volume.exam.laterality in "RL"


def use_flow(path: Path, _grid: object) -> None:
    volume = read_bscan_volume_analysis(path)
    structure_of(volume)
    assert volume.values().shape == volume.grid.shape


def use_surfaces(path: Path, grid: object) -> None:
    stored = read_surface_segmentation(path)
    assert set(stored.maps(grid).rows) == set(stored.numbers)


def use_height_map(path: Path, grid: object) -> None:
    stored = read_height_map(path)
    assert set(stored.maps(grid).rows) <= set(stored.numbers)


def use_enface(path: Path, _grid: object) -> None:
    image = read_enface_image(path)
    assert image.values().ndim == 2
    assert image.slab is None or image.slab
    assert min(image.spacing_mm) > 0
    assert image.exam.laterality in "RL"


def use_raw(path: Path, _grid: object) -> None:
    stored = read_raw_data(path)
    assert np.asarray(stored.acquisition.recorded[0:1]).size
    stored.check()


READERS: dict[str, Callable[[Path, object], None]] = {
    "structure": use_structure,
    "htj2k": use_structure,
    "jpeg-ls": use_structure,
    "jpeg2000": use_structure,
    "rle": use_structure,
    "flow": use_flow,
    "surfaces": use_surfaces,
    "height-map": use_height_map,
    "enface": use_enface,
    "enface-current": use_enface,
    "raw": use_raw,
}


def damaged(content: bytes, chance: np.random.Generator) -> bytes:
    """A copy with one thing wrong; most of the damage is done to the header."""
    kind = chance.integers(6)
    data = bytearray(content)
    reach = len(data) if chance.random() < 0.3 else min(len(data), 6000)
    at = int(chance.integers(132, reach - 8))
    if kind == 0:
        return bytes(data[: int(chance.integers(0, len(data)))])
    if kind == 1:
        data[at] ^= 1 << int(chance.integers(8))
    elif kind == 2:
        data[at : at + 8] = chance.bytes(8)
    elif kind == 3:
        data[at : at + 4] = b"\xff\xff\xff\xff"
    elif kind == 4:
        del data[at : at + int(chance.integers(1, 40))]
    else:
        other = int(chance.integers(132, reach - 8))
        data[at : at + 4], data[other : other + 4] = data[other : other + 4], data[at : at + 4]
    return bytes(data)


@pytest.mark.parametrize("name", list(READERS))
@pytest.mark.filterwarnings("ignore::UserWarning:pydicom")
def test_damage_ends_in_a_value_or_in_one_of_our_errors(
    tiny, tiny_files: dict[str, Path], tmp_path: Path, name: str
) -> None:
    content = tiny_files[name].read_bytes()
    chance = np.random.default_rng(list(READERS).index(name))
    for number in range(COPIES):
        path = tmp_path / "damaged.dcm"
        path.unlink(missing_ok=True)
        copy = damaged(content, chance)
        path.write_bytes(copy)
        begin = time.monotonic()
        for use in (READERS[name], lambda path, _grid: use_as_study(path)):
            said = "a value"
            try:
                use(path, tiny.grid)
            except OctomeError as error:
                said = str(error)
            # Anything else that is raised is what this test looks for.
            except Exception as error:  # noqa: BLE001
                keep = tmp_path / f"{name}-{number}.dcm"
                keep.write_bytes(copy)
                pytest.fail(f"{keep}: {type(error).__name__}: {error}")
            assert said
            assert "\n" not in said
        assert time.monotonic() - begin < SECONDS, number
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    assert peak < MEGABYTES


def use_as_study(path: Path) -> None:
    study_tree(path.parent)
    with opened(path):
        pass
