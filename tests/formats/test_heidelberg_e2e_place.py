"""Where a series of a .e2e file was scanned."""

from __future__ import annotations

import struct
from pathlib import Path

import e2e_file
import numpy as np
import pytest
from e2e_file import Folder, bscan_meta, e2e_bytes, localizer, picture, sample, slo_meta
from test_heidelberg_e2e import POWER, SHAPE, STAR, UP, series, written

from octome.formats.reading_options import ReadingOptions
from octome.formats.registry import read_device_volume
from octome.octa.acquisition import ScanGeometry


@pytest.mark.parametrize(
    ("size", "angle", "is_placed"), [(512, 20, True), (1536, 30, True), (768, None, False)]
)
def test_the_size_of_the_localizer_gives_its_angle_and_the_scan_s_place_on_it(
    tmp_path: Path, size: int, angle: float | None, is_placed: bool
) -> None:
    # The scan is 10 degrees wide: 768 px may be 15 or 30 degrees.
    parts = [
        *series(11, b"R", UP),
        Folder(-1, e2e_file.IMAGE, localizer(np.zeros((8, size), "u1")), 11),
    ]
    volume = read_device_volume(written(tmp_path, e2e_bytes(parts)))
    assert volume.fundus is not None
    assert volume.fundus.angle_deg == angle
    assert (volume.fundus.spacing_mm is not None) == is_placed
    if volume.fundus.spacing_mm is not None and volume.path is not None:
        # Its middle is where the angles are 0: the first A-scan begins 5 degrees to the left.
        column = volume.path.points[0, 0, 0] / volume.fundus.spacing_mm[1]
        assert column == pytest.approx(size / 2 + (-5 + 1) * size / angle)


@pytest.mark.parametrize(
    ("transform", "is_placed"), [((1, 0, 0, 0, 1, 0), True), ((1, 0, 9, 0, 1, 0), False)]
)
def test_the_place_on_a_localizer_that_was_moved_is_not_known(
    tmp_path: Path, transform: tuple[float, ...], is_placed: bool
) -> None:
    parts = [
        *series(11, b"R", UP),
        Folder(-1, e2e_file.IMAGE, localizer(np.zeros((512, 512), "u1")), 11),
        Folder(-1, e2e_file.SLO_META, slo_meta(*transform), 11),
    ]
    fundus = read_device_volume(written(tmp_path, e2e_bytes(parts))).fundus
    assert fundus is not None
    assert (fundus.spacing_mm is not None) == is_placed


def circle(eye: bytes, *, nasal: bool = False) -> bytes:
    """A circle of 6 degrees about a point 4 degrees right and 1 below the middle."""
    start = (1.0, 1.0) if eye == b"R" else (7.0, 1.0)
    meta = bscan_meta(0, (1, *SHAPE[1:]), 2, (*start, 4.0, 1.0), (4.0, 1.0)).ljust(428, b"\0")
    if nasal:
        meta = meta[:0xE4] + struct.pack("<I", 1) + meta[0xE8:]
    return e2e_bytes(
        [
            Folder(2, e2e_file.BSCAN_META, meta),
            Folder(2, e2e_file.IMAGE, picture(sample(POWER[0]))),
            Folder(-1, e2e_file.LATERALITY, bytes(14) + eye + bytes(12)),
        ]
    )


@pytest.mark.parametrize("eye", [b"R", b"L"])
def test_a_circle_lies_about_its_centre(tmp_path: Path, eye: bytes) -> None:
    volume = read_device_volume(written(tmp_path, circle(eye)))
    assert volume.pattern == "circle"
    assert volume.path is not None
    np.testing.assert_allclose(volume.path.centre, np.array([4, 1]) * 0.2896, rtol=1e-6)
    radius = np.hypot(*(volume.path.points[0] - volume.path.centre).T)
    np.testing.assert_allclose(radius, 3 * 0.2896, rtol=1e-6)
    # Temporal, and then upwards.
    first, second = volume.path.points[0, :2] - volume.path.centre
    assert np.sign(first[0]) == (-1 if eye == b"R" else 1)
    assert second[1] < first[1] < 0
    assert volume.geometry.ascan_mm == pytest.approx(6 * np.pi / 5 * 0.2896)


def test_a_circle_that_begins_nasal_has_no_known_place(tmp_path: Path) -> None:
    volume = read_device_volume(written(tmp_path, circle(b"R", nasal=True)))
    assert (volume.pattern, volume.path) == ("circle", None)


def test_lines_and_circles_in_one_series_have_no_known_places(tmp_path: Path) -> None:
    parts = series(11, b"R", STAR)
    mixed = bscan_meta(2, SHAPE, 2, (1.0, 1.0, 4.0, 1.0), (4.0, 1.0))
    parts[4] = Folder(4, e2e_file.BSCAN_META, mixed, 11)
    spacing = ScanGeometry(0.0039, 0.01, 0.01)
    volume = read_device_volume(
        written(tmp_path, e2e_bytes(parts)), options=ReadingOptions(spacing=spacing)
    )
    assert (volume.pattern, volume.path) == ("radial", None)
