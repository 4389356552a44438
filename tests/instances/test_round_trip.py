"""Each kind of instance, written and read back: arrays and geometry are as they were."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pydicom
import pytest

from octome.errors import InstancesDisagree, InstanceUnwritable
from octome.instances.bscan_volume_analysis import read_bscan_volume_analysis, structure_of
from octome.instances.enface_image import read_enface_image
from octome.instances.grid import Grid
from octome.instances.height_map import read_height_map
from octome.instances.raw_data import read_raw_data
from octome.instances.surface_segmentation import read_surface_segmentation
from octome.instances.tomography_image import read_tomography_image


def test_structure_is_within_half_a_step_of_16_bits(tiny, tiny_files: dict[str, Path]) -> None:
    found = read_tomography_image(tiny_files["structure"])
    step_db = 100 / 65534
    error = 20 * np.abs(np.log10(found.values() / tiny.structure))
    assert error.max() <= step_db / 2 + 1e-5


def test_geometry_is_as_it_was_to_a_nanometre(tiny, tiny_files: dict[str, Path]) -> None:
    for name, read in (("structure", read_tomography_image), ("flow", read_bscan_volume_analysis)):
        grid = read(tiny_files[name]).grid
        assert grid.shape == tiny.grid.shape
        np.testing.assert_allclose(grid.origin, tiny.grid.origin, atol=1e-6)
        np.testing.assert_allclose(grid.positions(), tiny.grid.positions(), atol=1e-6)
        ours, theirs = tiny.grid.geometry, grid.geometry
        assert theirs.axial_mm == pytest.approx(ours.axial_mm, abs=1e-9)
        assert theirs.bscan_mm == pytest.approx(ours.bscan_mm, abs=1e-9)
        assert (grid.across, grid.down, grid.along) == (
            tiny.grid.across,
            tiny.grid.down,
            tiny.grid.along,
        )


def test_flow_is_within_half_a_step_of_15_bits_and_absent_where_it_was(
    tiny, tiny_files: dict[str, Path]
) -> None:
    found = read_bscan_volume_analysis(tiny_files["flow"])
    values = found.values()
    assert np.isnan(values[2]).all()
    assert np.nanmax(np.abs(values - tiny.flow)) <= np.nanmax(tiny.flow) / 32766 / 2 + 1e-7
    structure = pydicom.dcmread(tiny_files["structure"])
    assert structure_of(found) == structure.SOPInstanceUID


def test_meshes_give_their_rows_back(tiny, tiny_files: dict[str, Path]) -> None:
    maps = read_surface_segmentation(tiny_files["surfaces"]).maps(tiny.grid)
    for name, rows in tiny.rows.items():
        # float32 millimetres: a few parts in ten million of the depth.
        np.testing.assert_allclose(maps[name], rows, atol=2e-5)


def test_height_maps_give_their_rows_back(tiny, tiny_files: dict[str, Path]) -> None:
    maps = read_height_map(tiny_files["height-map"]).maps(tiny.grid)
    for name, rows in tiny.rows.items():
        np.testing.assert_allclose(maps[name], rows, atol=2e-6)


def test_a_mesh_of_another_grid_is_interpolated(tiny, tiny_files: dict[str, Path]) -> None:
    stored = read_surface_segmentation(tiny_files["surfaces"])
    coarse = Grid(
        shape=(2, 24, 5),
        geometry=tiny.grid.geometry,
        origin=tuple(tiny.grid.positions()[1] + [0.004, 0.0, 0.0]),
    )
    rows = stored.maps(coarse)["ILM"]
    share = 0.004 / tiny.grid.geometry.ascan_mm
    between = (1 - share) * tiny.rows["ILM"][1:3, :5] + share * tiny.rows["ILM"][1:3, 1:6]
    np.testing.assert_allclose(rows, between, atol=1e-4)


def test_surfaces_elsewhere_are_told_from_surfaces_here(tiny, tiny_files) -> None:
    elsewhere = Grid(shape=tiny.grid.shape, geometry=tiny.grid.geometry, origin=(50.0, 0.0, 0.0))
    with pytest.raises(InstancesDisagree, match="no point of the surface ILM lies in the volume"):
        read_surface_segmentation(tiny_files["surfaces"]).maps(elsewhere)


@pytest.mark.parametrize("name", ["enface", "enface-2024d"])
def test_enface_pixels_are_within_half_a_step_of_16_bits(
    tiny, tiny_files: dict[str, Path], name: str
) -> None:
    found = read_enface_image(tiny_files[name])
    assert np.abs(found.values() - tiny.enface).max() <= tiny.enface.max() / 65534 / 2 + 1e-7
    assert found.slab == "superficial ILM..IPL+10um"
    assert found.spacing_mm == pytest.approx((3 / 128, 3 / 304))
    assert found.exam.laterality == "R"


def test_an_acquisition_is_bit_for_bit_as_it_was(tiny, tiny_files: dict[str, Path]) -> None:
    stored = read_raw_data(tiny_files["raw"])
    stored.check()
    found = stored.acquisition
    np.testing.assert_array_equal(found.recorded[:], tiny.acquisition.recorded)
    assert found.calibration == tiny.acquisition.calibration
    assert found.geometry == tiny.acquisition.geometry
    assert found.metadata == tiny.acquisition.metadata
    assert (found.ascan_rate_hz, found.repeat_interval_ms) == (100_000.0, 3.65)
    assert found.laterality == "R"


def test_an_acquisition_in_several_elements_reads_as_one(
    tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("octome.instances.raw_array.PART_BYTES", 2 * 2 * 10 * 48 * 2)
    tiny.write_raw(tmp_path / "raw.dcm")
    stored = read_raw_data(tmp_path / "raw.dcm")
    stored.check()
    for key in (slice(1, 4), 3, (slice(1, 3), 0), np.array([3, 0])):
        np.testing.assert_array_equal(
            stored.acquisition.recorded[key], tiny.acquisition.recorded[key]
        )


@pytest.mark.parametrize("name", ["htj2k", "jpeg-ls", "rle", "jpeg2000"])
def test_compression_loses_nothing(tiny_files: dict[str, Path], name: str) -> None:
    plain = read_tomography_image(tiny_files["structure"]).stored()
    np.testing.assert_array_equal(read_tomography_image(tiny_files[name]).stored(), plain)


@pytest.mark.parametrize("name", ["htj2k", "jpeg-ls", "rle", "jpeg2000"])
def test_compression_keeps_signed_values(tiny, tiny_files, tmp_path: Path, name: str) -> None:
    tiny.write_flow(tmp_path / "flow.dcm", tiny_files["structure"], compression=name)
    plain = read_bscan_volume_analysis(tiny_files["flow"]).stored()
    np.testing.assert_array_equal(read_bscan_volume_analysis(tmp_path / "flow.dcm").stored(), plain)


def test_nothing_is_overwritten(tiny, tiny_files: dict[str, Path]) -> None:
    before = tiny_files["structure"].read_bytes()
    with pytest.raises(InstanceUnwritable, match="exists already"):
        tiny.write_structure(tiny_files["structure"])
    assert tiny_files["structure"].read_bytes() == before
    assert not list(tiny_files["structure"].parent.glob(".*"))


def test_pydicom_reads_the_same_pixels(tiny_files: dict[str, Path]) -> None:
    for name in ("structure", "flow", "jpeg-ls", "jpeg2000", "rle"):
        ds = pydicom.dcmread(tiny_files[name])
        read = read_bscan_volume_analysis if name == "flow" else read_tomography_image
        if name in ("jpeg-ls", "jpeg2000"):
            pytest.importorskip("gdcm")
        np.testing.assert_array_equal(
            ds.pixel_array.view(np.uint16), read(tiny_files[name]).stored()
        )


def test_highdicom_sees_the_same_volume(tiny, tiny_files: dict[str, Path]) -> None:
    highdicom = pytest.importorskip("highdicom")
    volume = highdicom.imread(tiny_files["structure"]).get_volume(apply_real_world_transform=False)
    stored = read_tomography_image(tiny_files["structure"]).stored()
    brightest = np.array(np.unravel_index(volume.array.argmax(), volume.array.shape))
    b, z, x = np.unravel_index(stored.argmax(), stored.shape)
    ours = tiny.grid.points(np.full((4, 10), z, np.float32))[b, x]
    np.testing.assert_allclose(volume.map_indices_to_reference(brightest[None])[0], ours, atol=1e-6)
