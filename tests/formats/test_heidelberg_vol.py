from __future__ import annotations

from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from vol_file import MISSING, VolFile, ramp_bscans

from octome.errors import ShapeMismatch, SpacingReplaced, SpacingUnknown
from octome.formats.reading_options import ReadingOptions
from octome.formats.registry import read_device_volume
from octome.octa.acquisition import ScanGeometry


def written(folder: Path, file: VolFile, name: str = "scan.vol") -> Path:
    path = folder / name
    path.write_bytes(file.bytes)
    return path


def test_amplitude_is_the_root_of_the_stored_reflectivity(tmp_path: Path) -> None:
    volume = read_device_volume(written(tmp_path, VolFile(ramp_bscans())))
    expected = np.arange(60, dtype=np.float32).reshape(3, 4, 5) / 100
    np.testing.assert_allclose(volume.structure, expected, rtol=1e-6)
    assert volume.structure.dtype == np.float32
    assert volume.structure.flags.c_contiguous


def test_missing_values_are_nan(tmp_path: Path) -> None:
    bscans = ramp_bscans()
    bscans[1, 2, 3] = MISSING
    structure = read_device_volume(written(tmp_path, VolFile(bscans))).structure
    assert np.argwhere(np.isnan(structure)).tolist() == [[1, 2, 3]]


def test_spacing_eye_time_and_pattern_are_those_of_the_header(tmp_path: Path) -> None:
    volume = read_device_volume(written(tmp_path, VolFile(ramp_bscans())))
    assert volume.geometry == ScanGeometry(axial_mm=0.0039, ascan_mm=0.0125, bscan_mm=0.25)
    assert (volume.laterality, volume.pattern) == ("L", "raster")
    assert volume.acquired == datetime(2020, 2, 3, 4, 5, 6)
    assert volume.metadata["focus_dpt"] == -1.5
    assert volume.metadata["quality_db"] == 25


def test_the_distance_of_bscans_is_measured_at_right_angles_to_them(tmp_path: Path) -> None:
    # Each B-scan 0.3 mm further up and, sheared, 0.4 mm further along itself.
    starts = [(0.4 * i, 0.3 * i) for i in range(3)]
    file = VolFile(ramp_bscans(), starts=starts, ends=[(x + 6, y) for x, y in starts])
    volume = read_device_volume(written(tmp_path, file))
    assert volume.geometry.bscan_mm == pytest.approx(0.3)


def test_layers_become_surfaces_by_octome_s_names(tmp_path: Path) -> None:
    # In the file's order: ILM, BM, RNFL.
    ilm, bm = np.full((3, 5), 0.5, np.float32), np.full((3, 5), 3.25, np.float32)
    rnfl = np.full((3, 5), 1.5, np.float32)
    rnfl[2, 4] = MISSING
    volume = read_device_volume(written(tmp_path, VolFile(ramp_bscans(), [ilm, bm, rnfl])))
    assert volume.surfaces is not None
    assert list(volume.surfaces.rows) == ["ILM", "RNFL", "BM"]
    np.testing.assert_array_equal(volume.surfaces["BM"], bm)
    assert np.argwhere(np.isnan(volume.surfaces["RNFL"])).tolist() == [[2, 4]]
    assert volume.surfaces.confidence["RNFL"].sum() == 14


def test_a_layer_of_zeros_was_never_drawn(tmp_path: Path) -> None:
    file = VolFile(ramp_bscans(), [np.zeros((3, 5), np.float32)])
    assert read_device_volume(written(tmp_path, file)).surfaces is None


def test_nothing_of_the_patient_leaves_the_file(tmp_path: Path) -> None:
    # The number is not even ASCII, which eyepy alone would not read.
    volume = read_device_volume(written(tmp_path, VolFile(ramp_bscans(), patient=b"Gru\xdf-77")))
    assert "77" not in repr(volume.metadata)
    assert set(volume.metadata) == {
        "manufacturer",
        "file_version",
        "grey_scale",
        "focus_dpt",
        "quality_db",
    }


def test_a_circle_has_no_distance_of_bscans(tmp_path: Path) -> None:
    volume = read_device_volume(
        written(tmp_path, VolFile(ramp_bscans((1, 4, 5)), pattern=2, distance=0.0))
    )
    assert volume.pattern == "circle"
    assert volume.geometry.bscan_mm == volume.geometry.ascan_mm


def test_its_bscans_have_the_places_of_the_header(tmp_path: Path) -> None:
    # Upwards, 5 A-scans of 12.5 um each: from edge to edge.
    starts = [(1.0, 2.0 - 0.25 * n) for n in range(3)]
    file = VolFile(ramp_bscans(), starts=starts, ends=[(x + 0.0625, y) for x, y in starts])
    path = read_device_volume(written(tmp_path, file)).path
    assert path is not None
    np.testing.assert_allclose(path.points[:, 0], [(x + 0.00625, y) for x, y in starts])
    np.testing.assert_allclose(path.points[:, 4], [(x + 0.05625, y) for x, y in starts])


def test_another_size_of_the_eye_moves_places_and_picture_alike(tmp_path: Path) -> None:
    path = written(tmp_path, VolFile(ramp_bscans()))
    volume = read_device_volume(path)
    given = ScanGeometry(0.0039, 2 * 0.0125, 2 * 0.25)
    with pytest.warns(SpacingReplaced, match="ascan 0.025 mm .*, bscan 0.5 mm"):
        larger = read_device_volume(path, options=ReadingOptions(spacing=given))
    assert volume.path is not None
    assert larger.path is not None
    np.testing.assert_allclose(larger.path.points, 2 * volume.path.points)
    assert volume.fundus is not None
    assert larger.fundus is not None
    assert volume.fundus.spacing_mm == (0.02, 0.02)
    assert larger.fundus.spacing_mm == (0.04, 0.04)


def test_a_file_without_localizer_has_no_picture(tmp_path: Path) -> None:
    file = VolFile(ramp_bscans(), slo=np.zeros((0, 0), np.uint8))
    assert read_device_volume(written(tmp_path, file)).fundus is None


def test_without_spacing_the_caller_must_give_it(tmp_path: Path) -> None:
    path = written(tmp_path, VolFile(ramp_bscans(), scale_z=0.0))
    with pytest.raises(SpacingUnknown, match="axial_mm") as caught:
        read_device_volume(path)
    assert caught.value.details["missing"] == ["axial_mm"]
    given = ScanGeometry(0.004, 0.0125, 0.25)
    assert read_device_volume(path, options=ReadingOptions(spacing=given)).geometry == given


def test_flow_is_read_unchanged_from_the_second_file(tmp_path: Path) -> None:
    flow = np.linspace(0, 1, 60, dtype=np.float32).reshape(3, 4, 5)
    flow[0, 0, 0] = MISSING
    volume = read_device_volume(
        written(tmp_path, VolFile(ramp_bscans())),
        flow_path=written(tmp_path, VolFile(flow), "scanAngio.vol"),
    )
    assert volume.flow is not None
    np.testing.assert_array_equal(volume.flow.ravel()[1:], flow.ravel()[1:])
    assert np.isnan(volume.flow[0, 0, 0])


def test_flow_of_another_scan_is_an_error(tmp_path: Path) -> None:
    other = written(tmp_path, VolFile(ramp_bscans((3, 4, 6))), "other.vol")
    with pytest.raises(ShapeMismatch, match=r"\(3, 4, 6\)"):
        read_device_volume(written(tmp_path, VolFile(ramp_bscans())), flow_path=other)
