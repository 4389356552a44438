"""DCMTK and GDCM read the pixels as octome wrote them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import numpy as np
import pydicom
import pytest
from PIL import Image

from octome.instances.stored_volume import read_volume

needs_dcmtk = pytest.mark.skipif(shutil.which("dcmdump") is None, reason="DCMTK is not installed")
STRUCTURE = "1.2.840.10008.5.1.4.1.1.77.1.5.4"


@needs_dcmtk
def test_dcmtk_reads_every_kind_without_complaint(tiny_files: dict[str, Path]) -> None:
    for name, path in tiny_files.items():
        dumped = subprocess.run(
            ["dcmdump", "-q", "+P", "SOPInstanceUID", str(path)],
            capture_output=True,
            text=True,
            check=True,
            timeout=30,
        )
        uid = pydicom.dcmread(path, specific_tags=["SOPInstanceUID"]).SOPInstanceUID
        assert uid in dumped.stdout, name
        assert dumped.stderr == "", name
        assert b"yes:" in subprocess.run(["dcmftest", str(path)], capture_output=True).stdout


@needs_dcmtk
@pytest.mark.parametrize("name", ["structure", "jpeg-ls", "rle", "flow", "enface"])
def test_dcmtk_draws_the_stored_values(tiny_files, tmp_path: Path, name: str) -> None:
    path = tiny_files[name]
    program = "dcmj2pnm" if shutil.which("dcmj2pnm") else "dcm2img"
    if name == "jpeg-ls":
        # DCMTK's JPEG-LS decoder is a program of its own.
        subprocess.run(["dcmdjpls", str(path), str(tmp_path / "plain.dcm")], check=True, timeout=30)
        path = tmp_path / "plain.dcm"
    if name == "rle":
        subprocess.run(["dcmdrle", str(path), str(tmp_path / "plain.dcm")], check=True, timeout=30)
        path = tmp_path / "plain.dcm"
    frame = 1 if name == "enface" else 2
    picture = tmp_path / "out.png"
    # A window over all 16 bits, so that grey is what is stored.
    command = [program, "+F", str(frame), "+Ww", "32768", "65536", "+on2"]
    subprocess.run([*command, str(path), str(picture)], check=True, timeout=30, capture_output=True)
    drawn = np.asarray(Image.open(picture)).astype(np.int64)
    stored = pydicom.dcmread(tiny_files[name if name in ("flow", "enface") else "structure"])
    pixels = stored.pixel_array if name == "enface" else stored.pixel_array[1]
    # Its window is one step wider than the numbers.
    assert np.abs(drawn - pixels.astype(np.int64)).max() <= 1


@pytest.mark.parametrize("name", ["structure", "jpeg-ls", "jpeg2000", "rle"])
def test_gdcm_reads_the_stored_values(tiny_files: dict[str, Path], name: str) -> None:
    gdcm = pytest.importorskip("gdcm")
    reader = gdcm.ImageReader()
    reader.SetFileName(str(tiny_files[name]))
    assert reader.Read()
    image = reader.GetImage()
    found = np.frombuffer(image.GetBuffer().encode("utf-8", "surrogateescape"), "<u2").copy()
    expected = read_volume(tiny_files[name], STRUCTURE).stored()
    np.testing.assert_array_equal(found, expected.reshape(-1))


@pytest.mark.parametrize("name", ["flow", "enface"])
def test_gdcm_reads_the_bytes_of_classes_that_it_has_no_image_for(tiny_files, name: str) -> None:
    gdcm = pytest.importorskip("gdcm")
    reader = gdcm.Reader()
    reader.SetFileName(str(tiny_files[name]))
    assert reader.Read()
    element = reader.GetFile().GetDataSet().GetDataElement(gdcm.Tag(0x7FE0, 0x0010))
    found = element.GetByteValue().GetBuffer().encode("utf-8", "surrogateescape")
    assert found == pydicom.dcmread(tiny_files[name]).PixelData
