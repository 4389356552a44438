"""Instances written and read, compared with pydicom's way on the same pixels and a plain file."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pydicom
import pytest
from pydicom.dataset import Dataset
from pydicom.uid import ExplicitVRLittleEndian

from octome.instances.composite import Series, reference_to
from octome.instances.device import DeviceProfile, Equipment, Optics
from octome.instances.exam import Exam, Patient, new_exam
from octome.instances.file import write_instance
from octome.instances.grid import Grid
from octome.instances.multiframe import Timing
from octome.instances.scale import Scale, decibel_scale
from octome.instances.surface_segmentation import read_surface_segmentation, surface_segmentation
from octome.instances.tomography_image import read_tomography_image, tomography_image
from octome.octa.acquisition import ScanGeometry

Benchmark = Callable[..., Any]
SHAPE = (96, 512, 304)  # 29.9 MB; a scan of 304 B-scans thinned
ROUNDS = 7


class Volume:
    """A volume ready to be written."""

    def __init__(self) -> None:
        chance = np.random.default_rng(0)
        # Speckle over dark and bright rows, as far as a compressor is concerned.
        level = 30 + 300 * np.exp(-(((np.arange(SHAPE[1]) - 250) / 60) ** 2))
        frame = chance.rayleigh(size=SHAPE[1:]) * level[:, None]
        self.values = np.stack([np.roll(frame, n, 1) for n in range(SHAPE[0])]).astype(np.float32)
        self.grid = Grid.nominal(SHAPE, ScanGeometry(0.0032, 3 / 304, 3 / 304))
        profile = DeviceProfile(
            Equipment("Manufacturer", "Model", "1", ("1",)),
            "CMOS",
            Optics(
                band_nm=840,
                centre_nm=1,
                bandwidth_nm=50,
                bend=6,
                dispersion=0,
                refractive_index=15,
                lateral_um=0,
                rolloff_db=15,
                noise_counts=0,
            ),
        )
        self.exam: Exam = new_exam(Patient(), "R", datetime(2026, 1, 31), profile.equipment)
        self.scale: Scale = decibel_scale(self.values, label="OCT", meaning="amplitude")
        self.stored = self.scale.stored(self.values)
        self.instance: Dataset = tomography_image(
            self.stored,
            self.scale,
            self.grid,
            self.exam,
            profile,
            Series(number=2),
            timing=Timing(4, 3.65),
        )


@pytest.fixture(scope="module")
def volume() -> Volume:
    return Volume()


@pytest.fixture
def fresh(tmp_path: Path) -> Callable[[], Path]:
    """Names that are free: an instance is never overwritten."""
    numbers = itertools.count()
    return lambda: tmp_path / f"{next(numbers)}.dcm"


def bench_write(benchmark: Benchmark, volume: Volume, fresh: Callable[[], Path]) -> None:
    def write() -> None:
        write_instance(fresh(), volume.instance, volume.stored)

    benchmark.pedantic(write, rounds=ROUNDS, warmup_rounds=1)


def bench_write_with_pydicom(
    benchmark: Benchmark, volume: Volume, fresh: Callable[[], Path]
) -> None:
    def write() -> None:
        ds = Dataset()
        ds.update(volume.instance)
        ds.PixelData = volume.stored.tobytes()
        ds.file_meta = pydicom.dataset.FileMetaDataset()
        ds.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
        pydicom.dcmwrite(fresh(), ds, enforce_file_format=True)

    benchmark.pedantic(write, rounds=ROUNDS, warmup_rounds=1)


def bench_write_plain_file(benchmark: Benchmark, volume: Volume, fresh: Callable[[], Path]) -> None:
    benchmark.pedantic(lambda: volume.stored.tofile(fresh()), rounds=ROUNDS, warmup_rounds=1)


@pytest.mark.parametrize("name", ["htj2k", "jpeg-ls", "rle"])
def bench_write_compressed(
    benchmark: Benchmark, volume: Volume, fresh: Callable[[], Path], name: str
) -> None:
    paths: list[Path] = []

    def write() -> None:
        paths.append(fresh())
        write_instance(paths[-1], volume.instance, volume.stored, compression=name)

    benchmark.pedantic(write, rounds=1 if name == "rle" else 3)
    benchmark.extra_info["MB"] = round(paths[-1].stat().st_size / 1e6, 1)


def bench_read(benchmark: Benchmark, volume: Volume, fresh: Callable[[], Path]) -> None:
    path = fresh()
    write_instance(path, volume.instance, volume.stored)

    def read() -> np.ndarray[Any, Any]:
        return np.array(read_tomography_image(path).stored())

    found = benchmark.pedantic(read, rounds=ROUNDS, warmup_rounds=1)
    np.testing.assert_array_equal(found, volume.stored)


def bench_read_with_pydicom(
    benchmark: Benchmark, volume: Volume, fresh: Callable[[], Path]
) -> None:
    path = fresh()
    write_instance(path, volume.instance, volume.stored)
    found = benchmark.pedantic(
        lambda: pydicom.dcmread(path).pixel_array, rounds=ROUNDS, warmup_rounds=1
    )
    np.testing.assert_array_equal(found, volume.stored)


@pytest.mark.parametrize("name", ["htj2k", "jpeg-ls"])
def bench_read_compressed(
    benchmark: Benchmark, volume: Volume, fresh: Callable[[], Path], name: str
) -> None:
    path = fresh()
    write_instance(path, volume.instance, volume.stored, compression=name)
    found = benchmark.pedantic(lambda: read_tomography_image(path).stored(), rounds=3)
    np.testing.assert_array_equal(found, volume.stored)


def bench_amplitudes_to_whole_numbers(benchmark: Benchmark, volume: Volume) -> None:
    benchmark.pedantic(volume.scale.stored, (volume.values,), rounds=ROUNDS, warmup_rounds=1)


def bench_amplitudes_to_whole_numbers_with_numpy(benchmark: Benchmark, volume: Volume) -> None:
    def stored() -> np.ndarray[Any, Any]:
        level = (20 * np.log10(volume.values) - volume.scale.intercept) / volume.scale.slope
        return np.clip(np.rint(level), 1, 65535).astype(np.uint16)

    found = benchmark.pedantic(stored, rounds=3, warmup_rounds=1)
    assert np.abs(found.astype(int) - volume.stored).max() <= 1


def bench_whole_numbers_to_amplitudes(benchmark: Benchmark, volume: Volume) -> None:
    benchmark.pedantic(volume.scale.values, (volume.stored,), rounds=ROUNDS, warmup_rounds=1)


def bench_surfaces_written_and_read(
    benchmark: Benchmark, volume: Volume, fresh: Callable[[], Path]
) -> None:
    b, x = np.mgrid[: SHAPE[0], : SHAPE[2]]
    rows = {
        name: (100 + 20 * n + np.sin(b / 9 + x / 20)).astype(np.float32)
        for n, name in enumerate(("ILM", "RNFL", "GCL", "IPL", "INL", "OPL", "BM"))
    }
    structure = reference_to(volume.instance)

    def there_and_back() -> Any:
        path = fresh()
        ds = surface_segmentation(
            rows, volume.grid, volume.exam, Series(number=4), structure=structure, method=("g", {})
        )
        write_instance(path, ds)
        return read_surface_segmentation(path).maps(volume.grid)

    maps = benchmark.pedantic(there_and_back, rounds=3)
    np.testing.assert_allclose(maps["OPL"], rows["OPL"], atol=1e-3)
