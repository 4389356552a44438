"""Stored volumes: geometry and scale read back, and what makes them unusable."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from changed_instance import Change, changed, frame, refusal, shared
from pydicom.dataset import Dataset

from octome.instances.bscan_volume_analysis import read_bscan_volume_analysis
from octome.instances.stored_volume import scale_of
from octome.instances.tomography_image import read_tomography_image


def test_geometry_comes_back_to_a_nanometre(tiny, tiny_files: dict[str, Path]) -> None:
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


def without_positions(ds: Dataset) -> None:
    for group in ds.PerFrameFunctionalGroupsSequence:
        del group.PlanePositionSequence


def orientation(*directions: float) -> Change:
    return lambda ds: setattr(
        shared(ds, "PlaneOrientationSequence"), "ImageOrientationPatient", list(directions)
    )


def spacing(*mm: float) -> Change:
    return lambda ds: setattr(shared(ds, "PixelMeasuresSequence"), "PixelSpacing", list(mm))


def scale(slope: float, intercept: float = 0.0) -> Change:
    def change(ds: Dataset) -> None:
        mapping = shared(ds, "RealWorldValueMappingSequence")
        mapping.RealWorldValueSlope, mapping.RealWorldValueIntercept = slope, intercept

    return change


WRONG_VOLUMES: dict[str, tuple[Change, str]] = {
    "fewer groups": (
        lambda ds: ds.PerFrameFunctionalGroupsSequence.pop(),
        "it has 4 frames and functional groups for 3",
    ),
    "colour": (lambda ds: setattr(ds, "SamplesPerPixel", 3), "its pixels have colour"),
    "32 bits": (lambda ds: setattr(ds, "BitsAllocated", 32), "neither 8 nor 16"),
    "no rows": (lambda ds: setattr(ds, "Rows", 0), "it has 4 frames of 0 x 10 pixels"),
    "no position": (without_positions, "so its position is unknown"),
    "position without number": (
        lambda ds: setattr(frame(ds, 1), "ImagePositionPatient", [0, float("nan"), 0]),
        "its ImagePositionPatient is not 3 numbers",
    ),
    "two coordinates": (
        lambda ds: setattr(frame(ds, 1), "ImagePositionPatient", [0, 0]),
        "its ImagePositionPatient is not 3 numbers",
    ),
    "slanting directions": (orientation(1, 0, 0, 0.5, 0.8, 0), "not two unit vectors"),
    "long directions": (orientation(1.5, 0, 0, 0, 1, 0), "not two unit vectors"),
    "no directions": (orientation(0, 0, 0, 0, 0, 0), "not two unit vectors"),
    "spacing 1e-300": (spacing(1e-300, 0.01), "mm apart, which is impossible"),
    "spacing 1e300": (spacing(0.003, 1e300), "mm apart, which is impossible"),
    "spacing -1": (spacing(-1, 0.01), "mm apart, which is impossible"),
    "spacing nan": (spacing(math.nan, 0.01), "its PixelSpacing is not 2 numbers"),
    "slope 0": (scale(0.0), "give no usable numbers"),
    "slope nan": (scale(math.nan), "give no usable numbers"),
    "slope inf": (scale(math.inf), "give no usable numbers"),
    "slope 1e300": (scale(1e300), "give no usable numbers"),
    "intercept -inf": (scale(1.0, -math.inf), "give no usable numbers"),
    "more dB than float32 holds": (scale(1.0, 900.0), "give no usable numbers"),
}


@pytest.mark.parametrize("wrong", WRONG_VOLUMES)
def test_an_impossible_volume_is_an_error(
    tiny_files: dict[str, Path], tmp_path: Path, wrong: str
) -> None:
    change, why = WRONG_VOLUMES[wrong]
    path = changed(tiny_files["structure"], tmp_path / "it.dcm", change)
    assert why in refusal(lambda: read_tomography_image(path), names=path)


@pytest.mark.parametrize(
    ("keyword", "value", "why"),
    [
        ("NumberOfFrames", 2_000_000_000, "functional groups for 4"),
        ("Rows", 65535, "its header needs 5242800"),
        ("Columns", 65535, "its header needs 12582720"),
    ],
)
def test_more_pixels_than_the_file_has_are_not_waited_for(
    tiny_files: dict[str, Path], tmp_path: Path, keyword: str, value: int, why: str
) -> None:
    path = changed(
        tiny_files["structure"], tmp_path / "it.dcm", lambda ds: setattr(ds, keyword, value)
    )
    assert why in refusal(lambda: read_tomography_image(path).values(), names=path)


def test_frames_in_the_other_order_are_a_raster_too(
    tiny, tiny_files: dict[str, Path], tmp_path: Path
) -> None:
    def turn(ds: Dataset) -> None:
        ds.PerFrameFunctionalGroupsSequence = list(ds.PerFrameFunctionalGroupsSequence)[::-1]

    grid = read_tomography_image(changed(tiny_files["structure"], tmp_path / "it.dcm", turn)).grid
    np.testing.assert_allclose(grid.positions(), tiny.grid.positions()[::-1], atol=1e-6)


def test_grey_without_a_mapping_is_40_db_below_white() -> None:
    header = Dataset()
    header.BitsAllocated = header.BitsStored = 8
    found = scale_of(Dataset(), header)
    # 255 is white, 0 dB; 40 dB in 255 steps.
    assert found.intercept == -40.0
    assert found.slope * 255 == pytest.approx(40.0)
    np.testing.assert_allclose(found.values(np.array([255], np.uint8)), [1.0], rtol=1e-6)


def test_a_scan_that_is_no_even_raster_has_no_grid(
    tiny_files: dict[str, Path], tmp_path: Path
) -> None:
    def move(ds: Dataset) -> None:
        frame(ds, 2).ImagePositionPatient = frame(ds, 1).ImagePositionPatient

    volume = read_tomography_image(changed(tiny_files["structure"], tmp_path / "it.dcm", move))
    assert volume.values().shape == volume.placement.shape
    assert "only such a raster has en face images" in refusal(
        lambda: volume.grid, names=tmp_path / "it.dcm"
    )
