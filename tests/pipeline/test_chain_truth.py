"""What the files of a chain hold: the truth of the simulated eye, the arrays between the steps."""

from __future__ import annotations

import numpy as np
import pytest

from octome.instances.bscan_volume_analysis import read_bscan_volume_analysis
from octome.instances.enface_image import read_enface_image
from octome.instances.raw_data import read_raw_data
from octome.instances.surface_segmentation import read_surface_segmentation
from octome.instances.tomography_image import read_tomography_image
from octome.octa.acquisition_file import AcquisitionFile
from octome.octa.angiography import angiography
from octome.octa.slab import slab_type


@pytest.fixture(scope="module")
def on_arrays(made_chain):
    """The result of the same scan without files between the steps."""
    with AcquisitionFile(made_chain.scan) as file:
        return angiography(file.acquisition)


def test_the_raw_data_is_the_scan_bit_for_bit(made_chain) -> None:
    stored = read_raw_data(made_chain.file("raw"))
    stored.check()
    with AcquisitionFile(made_chain.scan) as file:
        np.testing.assert_array_equal(stored.acquisition.recorded[:], file.acquisition.recorded[:])


def test_surfaces_in_files_are_where_those_in_memory_are(made_chain, on_arrays) -> None:
    grid = read_tomography_image(made_chain.file("structure")).grid
    stored = read_surface_segmentation(made_chain.file("surfaces")).maps(grid)
    for name, rows in on_arrays.surfaces.rows.items():
        # Found in 16 bits of dB instead of float32: no more than a twentieth of a pixel apart.
        both = np.isfinite(rows) & np.isfinite(stored[name])
        assert both.sum() > 0.99 * np.isfinite(rows).sum(), name
        assert np.percentile(np.abs(stored[name] - rows)[both], 99) < 0.05, name


def test_surfaces_in_files_are_where_they_are_in_the_eye(made_chain, on_arrays) -> None:
    grid = read_tomography_image(made_chain.file("structure")).grid
    stored = read_surface_segmentation(made_chain.file("surfaces")).maps(grid)
    with AcquisitionFile(made_chain.scan) as file:
        truth = file.truth()
    assert truth is not None
    # Motion that registration did not remove is not an error of the files.
    left = (truth.motion.axial_px - on_arrays.motion.total_axial_px).mean(axis=1)
    for name, rows in truth.surfaces.rows.items():
        if name in stored.rows:
            error = stored[name] - (rows + left[:, None])
            assert np.nanmean(np.abs(error)) < 1.0, name


def test_enface_pixels_are_those_of_the_arrays(made_chain, on_arrays) -> None:
    slab = slab_type("superficial").slab
    for of, ours in (
        ("flow", on_arrays.flow_enface(slab)),
        ("structure", on_arrays.structure_enface(slab)),
    ):
        stored = read_enface_image(made_chain.file(f"enface/superficial-{of}"))
        there = np.isfinite(ours)
        error = np.abs(stored.values() - ours)[there]
        # 15 bits of flow, 16 of structure and of the image, and surfaces moved by 0.001 px.
        assert np.percentile(error, 99) < 2e-3 * np.nanmax(ours), of


def test_a_known_vessel_is_found_at_its_position_in_mm(made_chain) -> None:
    with AcquisitionFile(made_chain.scan) as file:
        truth = file.truth()
    assert truth is not None
    vessels = (truth.vessels == 1).any(axis=1)
    stored = read_enface_image(made_chain.file("enface/superficial-flow"))
    grid = read_tomography_image(made_chain.file("structure")).grid
    flow = np.nan_to_num(stored.values())
    row_mm, column_mm = stored.spacing_mm
    # Where flow is strongest there is a vessel, within the beam's width.
    brightest = np.argwhere(flow > np.percentile(flow, 97))
    b, x = np.nonzero(vessels)
    for row, column in brightest:
        distance = np.hypot((b - row) * row_mm, (x - column) * column_mm).min()
        assert distance <= 0.03
    # The position in the frame of reference follows from row and column alone.
    place = grid.points(np.zeros(flow.shape, np.float32))[brightest[0][0], brightest[0][1]]
    assert place[0] == pytest.approx((brightest[0][1] - 63 / 2) * column_mm, abs=1e-6)
    assert place[2] == pytest.approx((39 / 2 - brightest[0][0]) * row_mm, abs=1e-6)


def test_geometry_is_true_to_a_micrometre(made_chain) -> None:
    for read, name in (
        (read_tomography_image, "structure"),
        (read_bscan_volume_analysis, "flow-omag"),
    ):
        grid = read(made_chain.file(name)).grid
        assert grid.geometry.bscan_mm == pytest.approx(1 / 40, abs=1e-6)
        assert grid.geometry.ascan_mm == pytest.approx(1 / 64, abs=1e-6)
        assert grid.geometry.axial_mm == pytest.approx(made_chain.eye.geometry.axial_mm, abs=1e-9)
        last = grid.points(np.full((40, 64), 511, np.float32))[-1, -1]
        first = grid.points(np.zeros((40, 64), np.float32))[0, 0]
        expected = [63 / 64, 511 * made_chain.eye.geometry.axial_mm, -39 / 40]
        np.testing.assert_allclose(last - first, expected, atol=1e-4)
