"""DCMTK and GDCM read the pixels as octome wrote them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import numpy as np
import pydicom
import pytest
from PIL import Image

from octome.instances.bscan_volume_analysis import read_bscan_volume_analysis
from octome.instances.stored_volume import read_volume
from octome.instances.tomography_image import read_tomography_image

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
            timeout=300,
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
        # DCMTK's JPEG-LS decoder is a separate program.
        subprocess.run(
            ["dcmdjpls", str(path), str(tmp_path / "plain.dcm")], check=True, timeout=300
        )
        path = tmp_path / "plain.dcm"
    if name == "rle":
        subprocess.run(["dcmdrle", str(path), str(tmp_path / "plain.dcm")], check=True, timeout=300)
        path = tmp_path / "plain.dcm"
    frame = 1 if name == "enface" else 2
    picture = tmp_path / "out.png"
    # A window over all 16 bits, so that grey is what is stored.
    command = [program, "+F", str(frame), "+Ww", "32768", "65536", "+on2"]
    subprocess.run(
        [*command, str(path), str(picture)], check=True, timeout=300, capture_output=True
    )
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
def test_gdcm_reads_the_bytes_of_classes_that_it_does_not_know_as_images(
    tiny_files, name: str
) -> None:
    gdcm = pytest.importorskip("gdcm")
    reader = gdcm.Reader()
    reader.SetFileName(str(tiny_files[name]))
    assert reader.Read()
    element = reader.GetFile().GetDataSet().GetDataElement(gdcm.Tag(0x7FE0, 0x0010))
    found = element.GetByteValue().GetBuffer().encode("utf-8", "surrogateescape")
    assert found == pydicom.dcmread(tiny_files[name]).PixelData


def test_pydicom_reads_the_same_pixels(tiny_files: dict[str, Path]) -> None:
    for name in ("structure", "flow", "jpeg-ls", "jpeg2000", "rle"):
        ds = pydicom.dcmread(tiny_files[name])
        read = read_bscan_volume_analysis if name == "flow" else read_tomography_image
        if name in ("jpeg-ls", "jpeg2000"):
            pytest.importorskip("gdcm")
        np.testing.assert_array_equal(
            ds.pixel_array.view(np.uint16), read(tiny_files[name]).stored()
        )


def test_highdicom_sees_the_same_volume(tiny, tiny_files: dict[str, Path]) -> None:
    highdicom = pytest.importorskip("highdicom")
    volume = highdicom.imread(tiny_files["structure"]).get_volume(apply_real_world_transform=False)
    stored = read_tomography_image(tiny_files["structure"]).stored()
    brightest = np.array(np.unravel_index(volume.array.argmax(), volume.array.shape))
    b, z, x = np.unravel_index(stored.argmax(), stored.shape)
    ours = tiny.grid.points(np.full((4, 10), z, np.float32))[b, x]
    np.testing.assert_allclose(volume.map_indices_to_reference(brightest[None])[0], ours, atol=1e-6)
