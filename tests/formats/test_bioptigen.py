from __future__ import annotations

import struct
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from octome.errors import DeviceFileUnreadable
from octome.formats.registry import read_device_volume

GREY = np.arange(60).reshape(3, 4, 5) * 1000


def field(key: bytes, value: bytes) -> bytes:
    return struct.pack("<I", len(key)) + key + struct.pack("<I", len(value)) + value


def whole(key: bytes, value: int) -> bytes:
    return field(key, struct.pack("<I", value))


def real(key: bytes, value: float) -> bytes:
    return field(key, struct.pack("<d", value))


def bioptigen_bytes(scan_type: int = 1) -> bytes:
    """Header and frames as oct-converter describes them; lengths in mm."""
    content = struct.pack("<IH", 0x1234, 0x0100) + struct.pack("<I", 11) + b"FRAMEHEADER" + bytes(4)
    content += whole(b"FRAMECOUNT", 3) + whole(b"LINECOUNT", 5) + whole(b"LINELENGTH", 4)
    content += whole(b"SAMPLEFORMAT", 1) + field(b"DESCRIPTION", b"Miller, OS")
    content += real(b"XMIN", 0) + real(b"XMAX", 1) + field(b"XCAPTION", b"x")
    content += real(b"YMIN", 0) + real(b"YMAX", 1) + field(b"YCAPTION", b"y")
    content += whole(b"SCANTYPE", scan_type) + real(b"SCANDEPTH", 2.0) + real(b"SCANLENGTH", 9.0)
    content += real(b"AZSCANLENGTH", 5.0) + real(b"ELSCANLENGTH", 6.0)
    content += real(b"OBJECTDISTANCE", 0) + real(b"SCANANGLE", 0)
    content += whole(b"SCANS", 3) + whole(b"FRAMES", 1) + whole(b"DOPPLERFLAG", 0)
    content += field(b"CONFIG", b"") + bytes(4)
    for bscan in GREY:
        # A-scan after A-scan.
        samples = bscan.T.astype("<u2").tobytes()
        content += struct.pack("<I", 9) + b"FRAMEDATA" + struct.pack("<I", len(samples))
        content += field(b"FRAMEDATETIME", struct.pack("<8H", 2020, 2, 1, 3, 4, 5, 6, 0))
        content += real(b"FRAMETIMESTAMP", 0) + whole(b"FRAMELINES", 5)
        content += field(b"FRAMESAMPLES", samples) + bytes(4)
    return content


def written(folder: Path, content: bytes, name: str = "scan_OD_1.OCT") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_ascans_of_the_file_are_columns_of_the_volume(tmp_path: Path) -> None:
    volume = read_device_volume(written(tmp_path, bioptigen_bytes()))
    np.testing.assert_allclose(volume.structure, 10 ** (2 * (GREY / 65535 - 1)), rtol=1e-5)
    assert volume.structure.flags.c_contiguous
    assert (volume.pattern, volume.laterality) == ("raster", "R")
    assert volume.acquired == datetime(2020, 2, 3, 4, 5, 6)
    assert "Miller" not in repr(volume.metadata)


def test_spacing_is_length_over_count(tmp_path: Path) -> None:
    geometry = read_device_volume(written(tmp_path, bioptigen_bytes())).geometry
    assert (geometry.axial_mm, geometry.ascan_mm, geometry.bscan_mm) == (2 / 4, 5 / 5, 6 / 3)


def test_of_repeated_lines_the_first_is_read(tmp_path: Path) -> None:
    volume = read_device_volume(written(tmp_path, bioptigen_bytes(scan_type=0)))
    assert (volume.pattern, volume.structure.shape) == ("line", (1, 4, 5))
    assert volume.geometry.ascan_mm == 9 / 5
    assert volume.metadata["scans_in_file"] == 3


@pytest.mark.parametrize("missing", [1, 30, 150])
def test_a_file_cut_short_is_an_error(tmp_path: Path, missing: int) -> None:
    with pytest.raises(DeviceFileUnreadable):
        read_device_volume(written(tmp_path, bioptigen_bytes()[:-missing]))
