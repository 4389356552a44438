"""One boundary between two rows: device file, volume, segmentation, mesh, height map."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pydicom
import pytest
from spectralis import SPECTRALIS
from vol_file import VolFile

from octome.instances.height_map import read_height_map
from octome.instances.surface_segmentation import read_surface_segmentation
from octome.instances.tomography_image import read_tomography_image
from octome.octa.segmentation.layers import segmented
from octome.pipeline.chain import process
from octome.pipeline.request import Request

# The first row of each band, from the vitreous down, and its amplitude.
BANDS = {
    "vitreous": (0, 0.05), "RNFL": (52, 1.0), "GCL": (60, 0.5), "IPL": (70, 0.65),
    "INL": (80, 0.35), "OPL": (89, 0.6), "ONL": (96, 0.2), "EZ": (119, 0.9),
    "outer segments": (123, 0.5), "RPE": (127, 1.2), "choroid": (132, 0.5),
}  # fmt: skip
ILM, BM = BANDS["RNFL"][0] - 0.5, BANDS["choroid"][0] - 0.5
SHAPE = (4, 260, 200)


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of a scan with flat layers, whose device drew the ILM and BM."""
    amplitude = np.empty(SHAPE, np.float32)
    for first, level in BANDS.values():
        amplitude[:, first:] = level
    amplitude *= 1 + 0.1 * np.random.default_rng(0).normal(size=SHAPE).astype(np.float32)
    lines = [np.full((SHAPE[0], SHAPE[2]), row, np.float32) for row in (ILM, BM)]
    folder = tmp_path_factory.mktemp("rows")
    (folder / "scan.vol").write_bytes(VolFile(amplitude**2, layers=lines).bytes)
    process(
        folder / "scan.vol", folder / "study", Request(profile=SPECTRALIS, with_height_map=True)
    )
    return folder / "study"


def test_the_volume_steps_where_the_devices_line_says(study: Path) -> None:
    volume = read_tomography_image(study / "structure.dcm")
    by_row = volume.values().mean((0, 2))
    assert by_row[int(ILM + 0.5)] > 5 * by_row[int(ILM - 0.5)]
    maps = read_surface_segmentation(study / "surfaces.dcm").maps(volume.grid)
    np.testing.assert_allclose(maps["ILM"], ILM, atol=1e-3)
    np.testing.assert_allclose(maps["BM"], BM, atol=1e-3)


def test_the_segmentation_finds_a_boundary_between_its_rows(study: Path) -> None:
    volume = read_tomography_image(study / "structure.dcm")
    found = segmented(volume.values(), volume.grid.geometry)
    assert found["ILM"].mean() == pytest.approx(ILM, abs=0.8)
    assert found["BM"].mean() == pytest.approx(BM, abs=0.8)


def test_a_mesh_is_at_the_depth_from_the_centre_of_the_first_voxel(study: Path) -> None:
    grid = read_tomography_image(study / "structure.dcm").grid
    points = read_surface_segmentation(study / "surfaces.dcm").points["ILM"]
    depth = (points - grid.positions()[0]) @ np.array(grid.down)
    np.testing.assert_allclose(depth, ILM * grid.geometry.axial_mm, atol=1e-5)


def test_a_height_map_counts_from_the_upper_edge_and_comes_back(study: Path) -> None:
    stored = read_height_map(study / "height-map.dcm")
    heights = np.frombuffer(pydicom.dcmread(study / "height-map.dcm").FloatPixelData, "<f4")
    assert heights[0] == BANDS["RNFL"][0]
    np.testing.assert_array_equal(stored.rows["ILM"], np.float32(ILM))
