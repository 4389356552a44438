"""A scan of any size and spacing is read as it was written."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path

import numpy as np
import pydicom
from hypothesis import given, settings
from hypothesis import strategies as st

from octome.instances.bscan_volume_analysis import (
    bscan_volume_analysis,
    read_bscan_volume_analysis,
)
from octome.instances.code import coded
from octome.instances.composite import Series, reference_to
from octome.instances.device import DeviceProfile, Equipment, Optics
from octome.instances.exam import Patient, new_exam
from octome.instances.file import write_instance
from octome.instances.grid import Grid
from octome.instances.height_map import height_map, read_height_map
from octome.instances.multiframe import Timing
from octome.instances.scale import INT16_TOP, decibel_scale, linear_scale
from octome.instances.surface_segmentation import read_surface_segmentation, surface_segmentation
from octome.instances.tomography_image import read_tomography_image, tomography_image
from octome.octa.acquisition import ScanGeometry

SCANNER = DeviceProfile(
    Equipment("Manufacturer", "Model", "1", ("1",)),
    "CMOS",
    Optics(
        illumination_wavelength_nm=840,
        illumination_power_uw=1,
        illumination_bandwidth_nm=50,
        depth_resolution_um=6,
        depth_distortion_percent=0,
        along_scan_resolution_um=15,
        along_scan_distortion_percent=0,
        across_scan_resolution_um=15,
        across_scan_distortion_percent=0,
    ),
)
spacings = st.floats(0.0005, 0.5).map(lambda mm: float(np.float64(mm)))


@settings(max_examples=30, deadline=None)
@given(
    shape=st.tuples(st.integers(2, 9), st.integers(1, 33), st.integers(2, 17)),
    mm=st.tuples(spacings, spacings, spacings),
    laterality=st.sampled_from("RL"),
    seed=st.integers(0, 2**16),
)
def test_volumes_and_surfaces_come_back(shape, mm, laterality: str, seed: int) -> None:
    chance = np.random.default_rng(seed)
    grid = Grid.nominal(shape, ScanGeometry(*mm))
    exam = new_exam(Patient(), laterality, datetime(2026, 1, 31), SCANNER.equipment)
    structure = chance.exponential(10, shape).astype(np.float32)
    flow = chance.random(shape, np.float32)
    rows = chance.uniform(0, shape[1] - 1, (shape[0], shape[2])).astype(np.float32)
    rows[chance.random(rows.shape) < 0.2] = np.nan
    rows[0, 0] = 0.25
    timing = Timing(2, 3.65)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        scale = decibel_scale(structure, label="OCT", meaning="amplitude")
        stored = scale.stored(structure)
        b = tomography_image(stored, scale, grid, exam, SCANNER, Series(number=2), timing=timing)
        write_instance(folder / "b.dcm", b, stored)
        to_b = reference_to(b)
        flow_scale = linear_scale(flow, top=INT16_TOP, unit="1", label="F", meaning="flow")
        stored = flow_scale.stored(flow)
        method = ("ratio", coded("DCM", "128304"), {})
        c = bscan_volume_analysis(
            stored,
            flow_scale,
            grid,
            exam,
            Series(number=3),
            structure=read_tomography_image(folder / "b.dcm"),
            timing=timing,
            method=method,
        )
        write_instance(folder / "c.dcm", c, stored)
        graph = ("graph", {})
        for build, file in ((surface_segmentation, "d1.dcm"), (height_map, "d2.dcm")):
            ds = build({"BM": rows}, grid, exam, Series(number=4), structure=to_b, method=graph)
            write_instance(folder / file, ds)

        found = read_tomography_image(folder / "b.dcm")
        values = np.array(found.values())
        found_flow = np.array(read_bscan_volume_analysis(folder / "c.dcm").values())
        maps = [
            read(folder / file).maps(found.grid)["BM"]
            for read, file in (
                (read_surface_segmentation, "d1.dcm"),
                (read_height_map, "d2.dcm"),
            )
        ]
        text = pydicom.dcmread(folder / "c.dcm")
    g, theirs = grid.geometry, found.grid.geometry
    for ours, other in ((g.axial_mm, theirs.axial_mm), (g.ascan_mm, theirs.ascan_mm)):
        assert abs(ours - other) <= 1e-9 * max(1, ours)
    np.testing.assert_allclose(found.grid.positions(), grid.positions(), atol=1e-6)
    # What is 100 dB below the brightest is as dark as dB can state.
    structure = np.maximum(structure, structure.max() * np.float32(1e-5))
    assert np.abs(20 * np.log10(values / structure)).max() <= 100 / 65534 / 2 + 2e-5
    assert np.abs(found_flow - flow).max() <= flow.max() / 32766 / 2 + 1e-6
    for found_rows in maps:
        np.testing.assert_array_equal(np.isnan(found_rows), np.isnan(rows))
        # float32 mm, divided by the spacing: still a thousandth of a pixel.
        np.testing.assert_allclose(found_rows, rows, atol=1e-3)
    assert text.NumberOfFrames == shape[0]
    assert len(text.PerFrameFunctionalGroupsSequence) == shape[0]
