"""A tiny scan, and an instance of each kind from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from highdicom.sr import CodedConcept
from numpy.typing import NDArray
from pydicom.dataset import Dataset

from octome.instances.bscan_volume_analysis import bscan_volume_analysis
from octome.instances.code import coded
from octome.instances.composite import Reference, Series, reference_to
from octome.instances.device import DeviceProfile, Equipment, Optics
from octome.instances.enface_image import Projected, enface_image
from octome.instances.enface_profile import EnfaceProfile, SegmentedSurface, SlabSide
from octome.instances.exam import Exam, Patient, new_exam
from octome.instances.file import write_instance
from octome.instances.grid import Grid
from octome.instances.height_map import height_map
from octome.instances.instance_kind import FLOW_ENFACE
from octome.instances.multiframe import Timing
from octome.instances.raw_data import write_raw_data
from octome.instances.scale import INT16_TOP, UINT16_TOP, decibel_scale, linear_scale
from octome.instances.surface_segmentation import surface_segmentation
from octome.instances.tomography_image import read_tomography_image, tomography_image
from octome.octa.acquisition import RawAcquisition, ScanGeometry
from octome.octa.calibration import Calibration

SHAPE = (4, 24, 10)
METHOD = ("graph search", {"search": "graph"})


@dataclass(frozen=True, kw_only=True)
class TinyScan:
    """The values that go into the instances, and the instances' headers."""

    exam: Exam
    profile: DeviceProfile
    grid: Grid
    timing: Timing
    structure: NDArray[np.float32]
    flow: NDArray[np.float32]
    rows: dict[str, NDArray[np.float32]]
    enface: NDArray[np.float32]
    acquisition: RawAcquisition

    def write_structure(self, path: Path, *, compression: str | None = None) -> Dataset:
        scale = decibel_scale(self.structure, label="OCT", meaning="amplitude")
        stored = scale.stored(self.structure)
        instance = tomography_image(
            stored,
            scale,
            self.grid,
            self.exam,
            self.profile,
            Series(number=2),
            timing=self.timing,
            centred_on="macula",
        )
        write_instance(path, instance, stored, compression=compression)
        return instance

    def write_flow(self, path: Path, structure: Path, *, compression: str | None = None) -> Dataset:
        scale = linear_scale(self.flow, top=INT16_TOP, unit="1", label="FLOW", meaning="flow")
        stored = scale.stored(self.flow)
        instance = bscan_volume_analysis(
            stored,
            scale,
            self.grid,
            self.exam,
            Series(number=3),
            structure=read_tomography_image(structure),
            timing=self.timing,
            method=("decorrelation", coded("DCM", "128252"), {}),
        )
        write_instance(path, instance, stored, compression=compression)
        return instance

    def write_surfaces(self, path: Path, structure: Dataset) -> Dataset:
        reference = reference_to(structure)
        instance = surface_segmentation(
            self.rows, self.grid, self.exam, Series(number=4), structure=reference, method=METHOD
        )
        write_instance(path, instance)
        return instance

    def write_height_map(self, path: Path, structure: Dataset) -> Dataset:
        reference = reference_to(structure)
        instance = height_map(
            self.rows, self.grid, self.exam, Series(number=5), structure=reference, method=METHOD
        )
        write_instance(path, instance)
        return instance

    def write_enface(
        self,
        path: Path,
        flow: Dataset,
        surfaces: Dataset,
        *,
        enface_profile: EnfaceProfile = "2024c",
    ) -> Dataset:
        scale = linear_scale(self.enface, top=UINT16_TOP, unit="1", label="FLOW", meaning="flow")
        stored = scale.stored(self.enface)
        meshes = reference_to(surfaces)
        instance = enface_image(
            stored,
            scale,
            self.grid,
            self.exam,
            FLOW_ENFACE,
            Series(number=7),
            projected=Projected(
                slab="superficial ILM..IPL+10um",
                method=("slab projection", coded("DCM", "128252"), {"projection": "mean"}),
                image_type=coded("DCM", "128265"),
                sides=[
                    _side(meshes, 1, coded("SCT", "280677004"), offset_px=0.0),
                    _side(meshes, 2, coded("DCM", "128291"), offset_px=3.0),
                ],
                signal_db=21.5,
                fovea=(1.5, 2.25),
            ),
            sources=[(reference_to(flow), ("DCM", "128251"))],
            enface_profile=enface_profile,
        )
        write_instance(path, instance, stored)
        return instance

    def write_raw(self, path: Path, *volumes: Dataset) -> Dataset:
        references = tuple(reference_to(each) for each in volumes)
        return write_raw_data(
            path, self.acquisition, self.exam, Series(number=1), volumes=references
        )


def _side(meshes: Reference, number: int, code: CodedConcept, *, offset_px: float) -> SlabSide:
    surface = SegmentedSurface(instance=meshes, number=number, code=code)
    return SlabSide(is_upper=number == 1, surface=surface, offset_px=offset_px)


@pytest.fixture(scope="session")
def device() -> DeviceProfile:
    """A scanner's profile."""
    return DeviceProfile(
        Equipment("A Manufacturer", "A Model", "SN-1", ("1.2", "3.4")),
        "CMOS",
        Optics(
            illumination_wavelength_nm=840.0,
            illumination_power_uw=900.0,
            illumination_bandwidth_nm=50.0,
            depth_resolution_um=5.5,
            depth_distortion_percent=1.0,
            along_scan_resolution_um=15.0,
            along_scan_distortion_percent=2.0,
            across_scan_resolution_um=16.0,
            across_scan_distortion_percent=3.0,
        ),
    )


@pytest.fixture(scope="session")
def tiny(device: DeviceProfile) -> TinyScan:
    """Four B-scans of 24 rows and 10 A-scans; flow is absent in the third."""
    chance = np.random.default_rng(0)
    bscans, _, ascans = SHAPE
    structure = chance.rayleigh(100, SHAPE).astype(np.float32)
    flow = chance.random(SHAPE, np.float32)
    flow[2] = np.nan
    ilm = np.float32(5) + chance.random((bscans, ascans), np.float32)
    lower = ilm + np.float32(6)
    lower[1, 3:5] = np.nan
    spectra = chance.integers(0, 4096, (bscans, 2, ascans, 48), np.uint16)
    return TinyScan(
        exam=new_exam(Patient(), "R", datetime(2026, 1, 31, 14, 5), device.equipment),
        profile=device,
        grid=Grid.nominal(SHAPE, ScanGeometry(0.0032, 3 / 304, 3 / 128)),
        timing=Timing(2, 3.65, 100_000.0),
        structure=structure,
        flow=flow,
        rows={"ILM": ilm, "IPL": lower},
        enface=chance.random((bscans, ascans), np.float32),
        acquisition=RawAcquisition(
            ascan_mm=3 / 304,
            bscan_mm=3 / 128,
            ascan_rate_hz=100_000.0,
            repeat_interval_ms=3.65,
            spectra=spectra,
            calibration=Calibration(np.linspace(7.1, 7.9, 48), (11.0, -2.5), 1.36),
            laterality="R",
            metadata={"model": "A Model", "seed": 1.0},
        ),
    )


@pytest.fixture(scope="session")
def tiny_files(tiny: TinyScan, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One file of each kind, by a short name; tests that change one copy it first."""
    folder = tmp_path_factory.mktemp("tiny")
    files: dict[str, Path] = {}

    def put(name: str, write: Callable[[Path], Dataset]) -> Dataset:
        files[name] = folder / f"{name}.dcm"
        return write(files[name])

    structure = put("structure", tiny.write_structure)
    flow = put("flow", lambda path: tiny.write_flow(path, files["structure"]))
    surfaces = put("surfaces", lambda path: tiny.write_surfaces(path, structure))
    put("height-map", lambda path: tiny.write_height_map(path, structure))
    put("enface", lambda path: tiny.write_enface(path, flow, surfaces))
    put(
        "enface-2024d",
        lambda path: tiny.write_enface(path, flow, surfaces, enface_profile="2024d"),
    )
    put("raw", lambda path: tiny.write_raw(path, structure, flow))
    for name in ("htj2k", "jpeg-ls", "rle", "jpeg2000"):
        put(name, lambda path, name=name: tiny.write_structure(path, compression=name))
    return files
