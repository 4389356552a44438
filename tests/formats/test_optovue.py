from __future__ import annotations

from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from octome.errors import DeviceFileUnreadable, SpacingUnknown
from octome.formats.reading_options import ReadingOptions
from octome.formats.registry import read_device_volume
from octome.octa.acquisition import ScanGeometry

SPACING = ScanGeometry(axial_mm=0.003, ascan_mm=0.01, bscan_mm=0.02)
DESCRIPTION = """Eye Scanned = OS
OCT Window Height = 4
XY Scan Length = 5
Scan Usage = 3
"""


def written(folder: Path, values: np.ndarray) -> Path:
    path = folder / "scan_2020-02-03_04.05.06.OCT"
    path.write_bytes(values.astype("<f4").tobytes())
    path.with_suffix(".txt").write_text(DESCRIPTION)
    return path


def test_ascans_of_the_file_are_columns_from_the_top_in_the_volume(tmp_path: Path) -> None:
    # Each A-scan lies in the file from the bottom to the top.
    grey = np.arange(60.0).reshape(3, 4, 5)
    stored = grey[:, ::-1].transpose(0, 2, 1)
    volume = read_device_volume(written(tmp_path, stored), options=ReadingOptions(spacing=SPACING))
    np.testing.assert_allclose(volume.structure, 10 ** (2 * (grey / 59 - 1)), rtol=1e-5)
    assert (volume.pattern, volume.laterality) == ("raster", "L")
    assert volume.acquired == datetime(2020, 2, 3, 4, 5, 6)


def test_the_camera_s_spacing_is_not_taken_for_the_scan_s(tmp_path: Path) -> None:
    with pytest.raises(SpacingUnknown):
        read_device_volume(written(tmp_path, np.arange(60.0)))


def test_a_file_without_its_description_is_an_error(tmp_path: Path) -> None:
    path = written(tmp_path, np.arange(60.0))
    path.with_suffix(".txt").unlink()
    with pytest.raises(DeviceFileUnreadable, match=r"needs the description.*\.txt"):
        read_device_volume(path)


def test_a_file_cut_short_is_an_error(tmp_path: Path) -> None:
    path = written(tmp_path, np.arange(50.0))
    with pytest.raises(DeviceFileUnreadable):
        read_device_volume(path, options=ReadingOptions(spacing=SPACING))
