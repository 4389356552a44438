"""Complete but unusable files: the error names each in one line with the reason."""

from __future__ import annotations

import os
import struct
import zlib
from pathlib import Path

import pydicom
import pytest
from changed_instance import refusal
from pydicom.dataset import Dataset
from pydicom.uid import DeflatedExplicitVRLittleEndian

from octome.errors import (
    InstanceUnreadable,
)
from octome.instances.bscan_volume_analysis import read_bscan_volume_analysis
from octome.instances.enface_image import read_enface_image
from octome.instances.height_map import read_height_map
from octome.instances.raw_data import read_raw_data
from octome.instances.surface_segmentation import read_surface_segmentation
from octome.instances.tomography_image import read_tomography_image
from octome.pipeline.manifest import NAME, Manifest
from octome.pipeline.study import Study
from octome.pipeline.study_tree import study_tree

READERS = {
    "structure": read_tomography_image,
    "flow": read_bscan_volume_analysis,
    "surfaces": read_surface_segmentation,
    "height-map": read_height_map,
    "enface": read_enface_image,
    "raw": read_raw_data,
}


@pytest.mark.parametrize("kind", READERS)
def test_every_reader_rejects_a_file_that_is_not_an_instance(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "it.dcm"
    assert "no such file" in refusal(lambda: READERS[kind](path), names=path)
    path.write_bytes(b"")
    assert "is empty" in refusal(lambda: READERS[kind](path), names=path)
    path.write_bytes(b"A letter to nobody. " * 40)
    assert "is not a DICOM instance" in refusal(lambda: READERS[kind](path), names=path)
    assert "it is a folder" in refusal(lambda: READERS[kind](tmp_path), names=tmp_path)


@pytest.mark.parametrize("kind", READERS)
def test_every_reader_rejects_another_sop_class(tiny_files: dict[str, Path], kind: str) -> None:
    path = tiny_files["flow" if kind == "structure" else "structure"]
    assert "its SOP Class is Ophthalm" in refusal(lambda: READERS[kind](path), names=path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read anything")
def test_an_unreadable_file_is_named(tiny_files: dict[str, Path], tmp_path: Path) -> None:
    path = tmp_path / "it.dcm"
    path.write_bytes(tiny_files["structure"].read_bytes())
    path.chmod(0)
    assert "no right" in refusal(lambda: read_tomography_image(path), names=path)
    assert "no right" in refusal(lambda: study_tree(tmp_path), names=path)


def test_a_deflated_instance_is_refused_before_it_is_inflated(
    tiny_files: dict[str, Path], tmp_path: Path
) -> None:
    # A gigabyte of zeros is a megabyte here; no more than a moment goes by.
    bomb = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    instance = pydicom.dcmread(tiny_files["surfaces"], stop_before_pixels=True)
    head = Dataset()
    head.file_meta = instance.file_meta
    head.file_meta.TransferSyntaxUID = DeflatedExplicitVRLittleEndian
    path = tmp_path / "it.dcm"
    head.save_as(path, enforce_file_format=True)
    with path.open("ab") as file:
        file.writelines(bomb.compress(b"\0" * 2**20) for _ in range(64))
        file.write(bomb.flush())
    for read in (read_surface_segmentation, lambda _: study_tree(tmp_path)):
        assert "it is deflated" in refusal(lambda read=read: read(path), names=path)


def test_a_thousand_nested_sequences_do_not_end_in_a_traceback(
    tiny_files: dict[str, Path], tmp_path: Path
) -> None:
    whole = tiny_files["structure"].read_bytes()
    deep = struct.pack("<HH2sHL", 0x0009, 0x1010, b"SQ", 0, 0xFFFFFFFF)
    deep += struct.pack("<HHL", 0xFFFE, 0xE000, 0xFFFFFFFF)
    at = whole.index(struct.pack("<HH2s", 0x0010, 0x0010, b"PN"))
    path = tmp_path / "it.dcm"
    path.write_bytes(whole[:at] + deep * 5000 + whole[at:])
    refusal(lambda: read_tomography_image(path), names=path)


def test_a_private_sequence_of_undefined_length_is_skipped(
    tiny_files: dict[str, Path], tmp_path: Path
) -> None:
    whole = tiny_files["structure"].read_bytes()
    item = struct.pack("<HHL", 0xFFFE, 0xE000, 0xFFFFFFFF)
    item += struct.pack("<HH2sH", 0x0009, 0x1011, b"LO", 4) + b"text"
    item += struct.pack("<HHLHHL", 0xFFFE, 0xE00D, 0, 0xFFFE, 0xE0DD, 0)
    creator = struct.pack("<HH2sH", 0x0009, 0x0010, b"LO", 6) + b"SOMEONE "[:6]
    at = whole.index(struct.pack("<HH2s", 0x0010, 0x0010, b"PN"))
    path = tmp_path / "it.dcm"
    for vr in (b"SQ", b"UN"):
        head = struct.pack("<HH2sHL", 0x0009, 0x1010, vr, 0, 0xFFFFFFFF)
        path.write_bytes(whole[:at] + creator + head + item + whole[at:])
        assert read_tomography_image(path).values().shape == (4, 24, 10)


def test_a_missing_study_is_named(tmp_path: Path) -> None:
    missing = tmp_path / "nowhere"
    assert "no such folder" in refusal(lambda: Study(missing), names=missing)
    assert "holds no DICOM instance" in refusal(lambda: study_tree(tmp_path), names=tmp_path)


@pytest.mark.parametrize(
    "text",
    ["", "[]", "null", "{", "[" * 100_000, '{"format": 1, "about": 2, "uids": 3, "steps": [4]}'],
)
def test_a_damaged_manifest_is_an_error_that_names_it(tmp_path: Path, text: str) -> None:
    (tmp_path / NAME).write_text(text)
    with pytest.raises(InstanceUnreadable, match=NAME):
        Manifest(tmp_path, "something")
