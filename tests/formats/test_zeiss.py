from __future__ import annotations

from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from octome.errors import DeviceFileUnreadable, SpacingUnknown
from octome.formats.reading_options import ReadingOptions
from octome.formats.registry import read_device_volume
from octome.octa.acquisition import ScanGeometry

CUBE = "P4711_Macular Cube 12x2_2-3-2020_4-5-6_OS_sn1234_cube_z.img"
SPACING = ScanGeometry(axial_mm=0.00195, ascan_mm=0.5, bscan_mm=3.0)


def written(folder: Path, name: str, size: int = 2 * 1024 * 12) -> Path:
    path = folder / name
    path.write_bytes(np.arange(size, dtype=np.uint32).astype(np.uint8).tobytes())
    return path


def test_a_cube_is_turned_upright_and_unmirrored(tmp_path: Path) -> None:
    volume = read_device_volume(written(tmp_path, CUBE), options=ReadingOptions(spacing=SPACING))
    assert volume.structure.shape == (2, 1024, 12)
    # The first byte of the file, 0, is the last row and the last A-scan of the first B-scan.
    assert volume.structure[0, 1023, 11] == pytest.approx(0.01)
    assert volume.structure[0, 1023, 10] == pytest.approx(10 ** (2 * (1 / 255 - 1)))


def test_eye_and_date_are_read_from_the_name_and_the_patient_is_not(tmp_path: Path) -> None:
    volume = read_device_volume(written(tmp_path, CUBE), options=ReadingOptions(spacing=SPACING))
    assert (volume.laterality, volume.acquired) == ("L", datetime(2020, 2, 3, 4, 5, 6))
    assert "4711" not in repr(volume.metadata)


def test_the_spacing_must_be_given(tmp_path: Path) -> None:
    with pytest.raises(SpacingUnknown):
        read_device_volume(written(tmp_path, CUBE))


@pytest.mark.parametrize(
    ("name", "why"), [("scan.img", "only in its name"), (CUBE.replace("12x2", "99x2"), "damaged")]
)
def test_a_file_of_another_size_than_its_name_states_is_an_error(
    tmp_path: Path, name: str, why: str
) -> None:
    with pytest.raises(DeviceFileUnreadable, match=why):
        read_device_volume(written(tmp_path, name), options=ReadingOptions(spacing=SPACING))


@pytest.mark.parametrize("name", ["scan.img", CUBE])
def test_the_caller_gives_another_size(tmp_path: Path, name: str) -> None:
    path = written(tmp_path, name, size=3 * 640 * 10)
    options = ReadingOptions(spacing=SPACING, size=(640, 10, 3))
    assert read_device_volume(path, options=options).structure.shape == (3, 640, 10)


def test_the_caller_gives_another_grey_span(tmp_path: Path) -> None:
    path = written(tmp_path, CUBE)
    volume = read_device_volume(path, options=ReadingOptions(spacing=SPACING, grey_span_db=60))
    # Black, the first byte of the file.
    assert volume.structure[0, 1023, 11] == pytest.approx(0.001)
    assert "60 dB" in str(volume.metadata["grey_scale"])
    assert "given by the caller" in str(volume.metadata["grey_scale"])
