"""Files of instances: never overwritten, private to their owner, and their headers read."""

from __future__ import annotations

import resource
import stat
from pathlib import Path

import numpy as np
import pydicom
import pytest
from pydicom.uid import ExplicitVRBigEndian

from octome.errors import InstanceUnreadable, InstanceUnwritable
from octome.instances.file import copied_instance, read_instance, write_instance
from octome.instances.tomography_image import read_tomography_image


def test_a_copy_is_the_same_bytes_and_private_to_its_owner(tiny_files, tmp_path: Path) -> None:
    target = tmp_path / "new" / "copy.dcm"
    header = copied_instance(tiny_files["structure"], target)
    assert target.read_bytes() == tiny_files["structure"].read_bytes()
    assert header.SOPInstanceUID == read_instance(target).header.SOPInstanceUID
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert stat.S_IMODE(target.parent.stat().st_mode) == 0o700


def test_a_copy_never_overwrites(tiny_files, tmp_path: Path) -> None:
    target = tmp_path / "copy.dcm"
    target.write_bytes(b"mine")
    with pytest.raises(InstanceUnwritable, match="already exists"):
        copied_instance(tiny_files["structure"], target)
    assert target.read_bytes() == b"mine"
    assert list(tmp_path.iterdir()) == [target]


def test_a_written_instance_is_private_to_its_owner(tiny, tmp_path: Path) -> None:
    path = tmp_path / "study" / "structure.dcm"
    tiny.write_structure(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_the_header_ends_where_the_pixels_begin(tiny_files) -> None:
    file = read_instance(tiny_files["structure"])
    content = tiny_files["structure"].read_bytes()
    assert content[file.end : file.end + 8] == b"\xe0\x7f\x10\x00OW\x00\x00"
    assert file.bulk is not None
    assert (file.bulk.offset, file.bulk.length) == (file.end + 12, 2 * 4 * 24 * 10)
    assert "PixelData" not in file.header


def test_pixels_of_a_big_endian_file_are_read_in_its_order(tiny_files, tmp_path: Path) -> None:
    ds = pydicom.dcmread(tiny_files["structure"])
    ds.PixelData = np.frombuffer(ds.PixelData, "<u2").astype(">u2").tobytes()
    ds.file_meta.TransferSyntaxUID = ExplicitVRBigEndian
    path = tmp_path / "big.dcm"
    ds.decode()
    pydicom.dcmwrite(path, ds, implicit_vr=False, little_endian=False, force_encoding=True)
    np.testing.assert_array_equal(
        read_tomography_image(path).values(),
        read_tomography_image(tiny_files["structure"]).values(),
    )


def test_a_data_set_without_file_meta_information_is_refused(tiny_files, tmp_path: Path) -> None:
    path = tmp_path / "bare.dcm"
    whole = tiny_files["structure"].read_bytes()
    path.write_bytes(whole[whole.index(b"\x08\x00\x05\x00CS") :])
    with pytest.raises(InstanceUnreadable, match="it has no file meta information"):
        read_instance(path)


def test_nothing_is_overwritten(tiny, tiny_files: dict[str, Path]) -> None:
    before = tiny_files["structure"].read_bytes()
    with pytest.raises(InstanceUnwritable, match="already exists"):
        tiny.write_structure(tiny_files["structure"])
    assert tiny_files["structure"].read_bytes() == before
    assert not list(tiny_files["structure"].parent.glob(".*"))


def test_a_write_that_the_system_stops_has_its_reason(tiny_files, tmp_path: Path) -> None:
    header = read_instance(tiny_files["structure"]).header
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, before[1]))
    try:
        with pytest.raises(InstanceUnwritable, match="File too large"):
            write_instance(tmp_path / "large.dcm", header, np.zeros((4, 1024, 1024), np.uint16))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list(tmp_path.iterdir()) == []
