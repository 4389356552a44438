from __future__ import annotations

import struct
from datetime import datetime
from pathlib import Path

import e2e_file
import numpy as np
import pytest
from e2e_file import (
    Folder,
    bscan_meta,
    e2e_bytes,
    layer,
    picture,
    sample,
)

from octome.errors import DeviceFileUnreadable, SeriesUnknown
from octome.formats.reading_options import ReadingOptions
from octome.formats.registry import read_device_volume
from octome.octa.acquisition import ScanGeometry

Ends = tuple[float, float, float, float]
SHAPE = (3, 4, 5)
POWER = 2.0 ** -np.arange(60).reshape(SHAPE).astype(np.float64)


def folders(pattern: int = 3, count: int = 3) -> list[Folder]:
    """The slices, last one first: the order of a file means nothing."""
    pieces = []
    for index in reversed(range(count)):
        meta = bscan_meta(index, (count, *SHAPE[1:]), pattern)
        pieces += [
            Folder(2 * index, e2e_file.BSCAN_META, meta),
            Folder(2 * index, e2e_file.IMAGE, picture(sample(POWER[index]))),
            Folder(2 * index, e2e_file.LAYER, layer(0, np.full(5, 1.25 + index))),
        ]
    return [*pieces, Folder(-1, e2e_file.LATERALITY, bytes(14) + b"L" + bytes(12))]


def written(folder: Path, content: bytes) -> Path:
    path = folder / "scan.e2e"
    path.write_bytes(content)
    return path


def test_bscans_are_in_the_order_of_scanning_and_linear_in_amplitude(tmp_path: Path) -> None:
    volume = read_device_volume(written(tmp_path, e2e_bytes(folders())))
    np.testing.assert_allclose(volume.structure, np.sqrt(POWER), rtol=1e-6)
    assert (volume.pattern, volume.laterality) == ("raster", "L")
    assert volume.acquired == datetime(2020, 2, 3, 4, 5, 6)
    assert volume.bscan_times == (volume.acquired,) * 3


def test_neighbouring_codes_are_neighbouring_values(tmp_path: Path) -> None:
    # 0x3E for the exponent is 2^-1; the mantissa counts up: 0.5, 0.5 + 1/2048, ...
    codes = (0x3E << 10) + np.arange(20, dtype="<u2").reshape(4, 5)
    pieces = folders(count=1)
    pieces[1] = Folder(0, e2e_file.IMAGE, picture(codes))
    power = read_device_volume(written(tmp_path, e2e_bytes(pieces))).structure ** 2
    np.testing.assert_allclose(power.ravel(), 0.5 + np.arange(20) / 2048, rtol=1e-5)


def test_missing_values_are_nan(tmp_path: Path) -> None:
    codes = sample(POWER[0])
    codes[2, 3] = 0xFFFF
    pieces = folders(count=1)
    pieces[1] = Folder(0, e2e_file.IMAGE, picture(codes))
    structure = read_device_volume(written(tmp_path, e2e_bytes(pieces))).structure
    assert np.argwhere(np.isnan(structure)).tolist() == [[0, 2, 3]]


def test_layers_lie_in_their_own_bscan(tmp_path: Path) -> None:
    surfaces = read_device_volume(written(tmp_path, e2e_bytes(folders()))).surfaces
    assert surfaces is not None
    assert surfaces["ILM"].tolist() == [[1.25] * 5, [2.25] * 5, [3.25] * 5]


def test_degrees_become_mm_of_a_medium_eye_and_the_metadata_state_it(tmp_path: Path) -> None:
    path = written(tmp_path, e2e_bytes(folders()))
    volume = read_device_volume(path)
    # 10 degrees over 5 A-scans, and one degree between B-scans, at 0.2896 mm a degree.
    assert volume.geometry.axial_mm == pytest.approx(0.0039)
    assert volume.geometry.ascan_mm == pytest.approx(2 * 0.2896)
    assert volume.geometry.bscan_mm == pytest.approx(0.2896)
    assert "not measured" in str(volume.metadata["lateral_scale"])
    # An assumption: to replace it is nothing to warn of.
    given = ScanGeometry(0.0039, 0.01, 0.02)
    assert read_device_volume(path, options=ReadingOptions(spacing=given)).geometry == given


def test_a_circular_directory_is_an_error_at_once(tmp_path: Path) -> None:
    content = bytearray(e2e_bytes(folders()))
    # Where the data of the last entry begin, and how long they are: 60 bytes before itself.
    struct.pack_into("<2I", content, 88 + 52 + 9 * 44 + 4, 28, 0)
    with pytest.raises(DeviceFileUnreadable, match="lead back to byte 88"):
        read_device_volume(written(tmp_path, bytes(content)))


def test_an_empty_last_entry_only_ends_the_directories(tmp_path: Path) -> None:
    content = bytearray(e2e_bytes([*folders(), Folder(-1, 0, b"")]))
    struct.pack_into("<2I", content, 88 + 52 + 10 * 44 + 4, 0, 0)
    assert read_device_volume(written(tmp_path, bytes(content))).structure.shape == SHAPE


@pytest.mark.parametrize("number", [1, 3])
def test_parallel_bscans_are_a_raster_with_any_stated_pattern(tmp_path: Path, number: int) -> None:
    volume = read_device_volume(written(tmp_path, e2e_bytes(folders(pattern=number))))
    assert volume.pattern == "raster"


def test_a_file_without_bscans_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DeviceFileUnreadable, match="no B-scans"):
        read_device_volume(written(tmp_path, e2e_bytes(folders()[-1:])))


def series(number: int, eye: bytes, places: list[Ends]) -> list[Folder]:
    """One series of B-scans from place to place, in degrees."""
    found = []
    for index, ends in enumerate(places):
        meta = bscan_meta(index, (len(places), *SHAPE[1:]), 3, ends)
        found += [
            Folder(2 * index, e2e_file.BSCAN_META, meta, number),
            Folder(2 * index, e2e_file.IMAGE, picture(sample(POWER[index])), number),
        ]
    return [*found, Folder(-1, e2e_file.LATERALITY, bytes(14) + eye + bytes(12), number)]


UP = [(-5.0, 2.0 - y, 5.0, 2.0 - y) for y in (0.0, 1.0, 2.0)]
LINE = [(-5.0, 0.0, 5.0, 0.0)]
STAR = [(-5.0, 0.0, 5.0, 0.0), (0.0, -5.0, 0.0, 5.0), (-3.0, 4.0, 3.0, -4.0)]


def three_series(folder: Path) -> Path:
    parts = [*series(11, b"R", UP), *series(12, b"L", LINE), *series(13, b"L", STAR)]
    return written(folder, e2e_bytes(parts))


def test_several_series_are_listed_with_eye_and_pattern_until_one_is_chosen(
    tmp_path: Path,
) -> None:
    path = three_series(tmp_path)
    with pytest.raises(SeriesUnknown) as caught:
        read_device_volume(path)
    assert caught.value.details["series"] == [
        "1 (right eye, raster of 3 B-scans x 5 A-scans, 2020-02-03 04:05)",
        "2 (left eye, line of 1 B-scan x 5 A-scans, 2020-02-03 04:05)",
        "3 (left eye, radial of 3 B-scans x 5 A-scans, 2020-02-03 04:05)",
    ]
    assert "--series: 1 (right eye" in str(caught.value)
    with pytest.raises(SeriesUnknown, match="none is 4"):
        read_device_volume(path, options=ReadingOptions(series=4))


@pytest.mark.parametrize(
    ("number", "laterality", "pattern"), [(1, "R", "raster"), (2, "L", "line"), (3, "L", "radial")]
)
def test_the_chosen_series_is_read(
    tmp_path: Path, number: int, laterality: str, pattern: str
) -> None:
    volume = read_device_volume(three_series(tmp_path), options=ReadingOptions(series=number))
    assert (volume.laterality, volume.pattern) == (laterality, pattern)
    assert volume.metadata["series_in_file"] == 3
    # Its own B-scans, and no others.
    np.testing.assert_allclose(volume.structure, np.sqrt(POWER[: len(volume.structure)]), rtol=1e-6)


def test_bscans_keep_the_order_and_direction_in_which_they_were_scanned(tmp_path: Path) -> None:
    path = written(tmp_path, e2e_bytes(series(11, b"R", UP)))
    volume = read_device_volume(path)
    assert volume.path is not None
    # Upwards: to smaller rows of the picture.
    np.testing.assert_allclose(np.diff(volume.path.points[:, 0, 1]), -0.2896, rtol=1e-6)
