from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np
import pytest
from thorlabs_file import write_thorlabs

from octome.errors import DeviceFileUnreadable, SpacingUnknown
from octome.formats.registry import read_device_volume

DECIBELS = np.arange(60, dtype=np.float32).reshape(3, 4, 5)


@pytest.mark.parametrize("separator", ["/", "\\"])
def test_decibels_become_amplitude_and_depth_is_stored_fastest(
    tmp_path: Path, separator: str
) -> None:
    volume = read_device_volume(
        write_thorlabs(tmp_path / "scan.oct", DECIBELS, separator=separator)
    )
    np.testing.assert_allclose(20 * np.log10(volume.structure), DECIBELS, atol=1e-4)
    assert volume.pattern == "raster"
    assert volume.path is None


def test_its_ranges_give_the_spacing(tmp_path: Path) -> None:
    geometry = read_device_volume(write_thorlabs(tmp_path / "scan.oct", DECIBELS)).geometry
    # 2 mm over 4 rows, 6 over 5 A-scans, 3 over 3 B-scans.
    assert geometry.axial_mm == 0.5
    assert geometry.ascan_mm == pytest.approx(1.2)
    assert geometry.bscan_mm == 1


def test_a_file_with_spectra_alone_says_what_to_do(tmp_path: Path) -> None:
    path = write_thorlabs(tmp_path / "scan.oct", DECIBELS, with_volume=False)
    with pytest.raises(DeviceFileUnreadable, match="store the processed data too in ThorImageOCT"):
        read_device_volume(path)


def test_another_zip_is_named(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "scan.oct", "w") as parts:
        parts.writestr("tea.txt", "two cups")
    with pytest.raises(DeviceFileUnreadable, match="a zip without the header of Thorlabs"):
        read_device_volume(tmp_path / "scan.oct")


def test_sizes_that_disagree_are_an_error_before_anything_is_unpacked(tmp_path: Path) -> None:
    path = write_thorlabs(tmp_path / "scan.oct", DECIBELS)
    with zipfile.ZipFile(path) as parts:
        header = parts.read("Header.xml").decode().replace('SizeZ="4"', 'SizeZ="40000000"')
    with zipfile.ZipFile(path, "w") as parts:
        parts.writestr("Header.xml", header)
        parts.writestr("data/Intensity.data", bytes(240))
    with pytest.raises(DeviceFileUnreadable, match="and holds 240"):
        read_device_volume(path)


def test_without_ranges_the_caller_must_give_the_spacing(tmp_path: Path) -> None:
    with pytest.raises(SpacingUnknown):
        read_device_volume(write_thorlabs(tmp_path / "scan.oct", DECIBELS, ranges=(0, 0, 0)))
