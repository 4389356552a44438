from __future__ import annotations

import io
import struct
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from octome.errors import DeviceFileUnreadable, SpacingUnknown
from octome.formats.registry import read_device_volume

SHAPE = (3, 4, 5)
GREY = np.arange(60).reshape(SHAPE)


def pictures() -> bytes:
    """The chunk IMG_JPEG: B-scans of 8 bits, each a JPEG 2000 without loss."""
    chunk = struct.pack("<B6I", 2, 0, 0, 5, 4, 3, 0)
    for bscan in GREY.astype(np.uint8):
        file = io.BytesIO()
        Image.fromarray(bscan).save(file, "JPEG2000", irreversible=False)
        chunk += struct.pack("<I", len(file.getvalue())) + file.getvalue()
    return chunk


def words(mode: int = 2) -> bytes:
    """The chunk IMG_MOT_COMP_03 or IMG_SCAN_03: B-scans of 16 bits."""
    header = struct.pack("<B4IBI", mode, 5, 4, 16, 3, 0, 120)
    return header + (GREY * 1000).astype("<u2").tobytes()


def contour(name: bytes, heights: np.ndarray) -> bytes:
    header = struct.pack("<20s2B3I", name, 0, 0, 5, 3, heights.nbytes)
    return header + heights.tobytes() + bytes(64)


def chunks() -> dict[bytes, bytes]:
    heights = np.full((3, 5), 3, "<u2")
    # The last B-scan of the volume is the first in this chunk.
    heights[0] = 1
    heights[1, 2] = 0
    return {
        b"@IMG_JPEG": pictures(),
        b"@PARAM_SCAN_04": struct.pack("<3I5d2B", 0, 0, 0, 6.0, 4.5, 2.6, 0, 0, 0, 0),
        b"@CAPTURE_INFO_02": struct.pack("<2BI100s6H", 1, 2, 7, b"\xe9", 2020, 2, 3, 4, 5, 6),
        b"@PATIENT_INFO_02": b"4711".ljust(32) + b"\xff" * 600,
        b"@HW_INFO_03": struct.pack("<16s16s", b"3DOCT-2000", b"680123").ljust(100, b"\0"),
        b"@CONTOUR_INFO": contour(b"MULTILAYERS_1", heights),
    }


def written(folder: Path, parts: dict[bytes, bytes], suffix: str = ".fda") -> Path:
    content = b"FOCT" + b"FDA" + struct.pack("<2I", 2, 1000)
    for name, chunk in parts.items():
        content += bytes([len(name)]) + name + struct.pack("<I", len(chunk)) + chunk
    path = folder / f"scan{suffix}"
    path.write_bytes(content + b"\0")
    return path


def test_grey_is_a_logarithm_of_amplitude_over_40_db(tmp_path: Path) -> None:
    volume = read_device_volume(written(tmp_path, chunks()))
    # 20 log10(amplitude) rises from -40 dB at 0 to 0 dB at 255.
    np.testing.assert_allclose(volume.structure, 10 ** (2 * (GREY / 255 - 1)), rtol=1e-5)
    assert "40 dB" in str(volume.metadata["grey_scale"])


@pytest.mark.parametrize(
    ("name", "suffix"), [(b"@IMG_MOT_COMP_03", ".fda"), (b"@IMG_SCAN_03", ".fds")]
)
def test_words_of_16_bits_are_read_from_both_kinds_of_file(
    tmp_path: Path, name: bytes, suffix: str
) -> None:
    parts = chunks()
    del parts[b"@IMG_JPEG"]
    volume = read_device_volume(written(tmp_path, parts | {name: words()}, suffix))
    np.testing.assert_allclose(volume.structure, 10 ** (2 * (GREY * 1000 / 65535 - 1)), rtol=1e-5)


def test_the_field_is_divided_among_ascans_and_bscans(tmp_path: Path) -> None:
    geometry = read_device_volume(written(tmp_path, chunks())).geometry
    assert geometry.axial_mm == pytest.approx(0.0026)
    assert geometry.ascan_mm == pytest.approx(6 / 5)
    assert geometry.bscan_mm == pytest.approx(4.5 / 3)


def test_heights_from_below_become_rows_from_above(tmp_path: Path) -> None:
    surfaces = read_device_volume(written(tmp_path, chunks())).surfaces
    assert surfaces is not None
    expected = [[1] * 5, [1, 1, np.nan, 1, 1], [3] * 5]
    np.testing.assert_array_equal(surfaces["ILM"], np.array(expected, np.float32))


def test_eye_date_and_device_are_read_and_the_patient_is_not(tmp_path: Path) -> None:
    volume = read_device_volume(written(tmp_path, chunks()))
    assert volume.laterality == "L"
    assert volume.acquired == datetime(2020, 2, 3, 4, 5, 6)
    assert volume.metadata["model"] == "3DOCT-2000"
    assert volume.metadata["serial"] == "680123"
    assert "4711" not in repr(volume.metadata)


def test_a_star_of_bscans_is_radial(tmp_path: Path) -> None:
    parts = chunks()
    del parts[b"@IMG_JPEG"]
    volume = read_device_volume(written(tmp_path, parts | {b"@IMG_MOT_COMP_03": words(mode=3)}))
    assert volume.pattern == "radial"


def test_a_file_without_its_field_needs_the_spacing(tmp_path: Path) -> None:
    parts = chunks()
    del parts[b"@PARAM_SCAN_04"]
    with pytest.raises(SpacingUnknown, match="axial_mm, ascan_mm, bscan_mm"):
        read_device_volume(written(tmp_path, parts))


def test_a_chunk_longer_than_the_file_is_an_error(tmp_path: Path) -> None:
    path = written(tmp_path, chunks())
    path.write_bytes(path.read_bytes()[:200])
    with pytest.raises(DeviceFileUnreadable, match="its part IMG_JPEG claims"):
        read_device_volume(path)


def fundus(colour: tuple[int, int, int]) -> bytes:
    """The chunk IMG_FUNDUS: 40 x 30 pixels of one colour, as JPEG."""
    file = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(file, "JPEG", quality=95)
    size = len(file.getvalue())
    return struct.pack("<4I4sI", 40, 30, 24, 1, b"", size) + file.getvalue()


def registration(*box: int) -> bytes:
    """The chunk REGIST_INFO: the scan in both pictures."""
    return struct.pack("<B2I4I32s4I", 0, 0, 0, *box, b"", *box)


@pytest.mark.parametrize(
    ("box", "spacing"),
    # 6 mm wide: 24 px; a circle of 6 mm: a radius of 10 px.
    [((4, 2, 28, 20), 0.25), ((20, 15, 10, 0), 0.3)],
)
def test_the_camera_s_picture_has_the_scale_of_the_scan_in_it(
    tmp_path: Path, box: tuple[int, ...], spacing: float
) -> None:
    extra = {b"@IMG_FUNDUS": fundus((200, 90, 30)), b"@REGIST_INFO": registration(*box)}
    found = read_device_volume(written(tmp_path, chunks() | extra)).fundus
    assert found is not None
    assert found.pixels.shape == (30, 40, 3)
    np.testing.assert_allclose(found.pixels[15, 20], (200, 90, 30), atol=3)
    assert found.spacing_mm == pytest.approx((spacing, spacing))
    assert found.compression is not None
    assert found.compression[0] == "ISO_10918_1"


def test_a_picture_of_unknown_scale_is_left_out(tmp_path: Path) -> None:
    extra = {b"@IMG_FUNDUS": fundus((200, 90, 30))}
    assert read_device_volume(written(tmp_path, chunks() | extra)).fundus is None


def test_a_circle_is_as_long_as_its_circumference(tmp_path: Path) -> None:
    parts = chunks()
    parts = {name: parts[name] for name in parts if name not in (b"@IMG_JPEG", b"@CONTOUR_INFO")}
    bscan = GREY[:1].astype("<u2").tobytes()
    header = struct.pack("<B4IBI", 1, 5, 4, 16, 1, 0, len(bscan))
    volume = read_device_volume(written(tmp_path, parts | {b"@IMG_SCAN_03": header + bscan}))
    assert volume.pattern == "circle"
    assert volume.geometry.ascan_mm == pytest.approx(6 * np.pi / 5)
