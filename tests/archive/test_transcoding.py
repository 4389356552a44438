"""Other encodings of an instance: every value and every pixel stays."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from pydicom import dcmread
from pydicom.data import get_testdata_file
from pydicom.uid import ExplicitVRLittleEndian, ImplicitVRLittleEndian, JPEGLSNearLossless

from octome.archive.transcoding import PLAIN, can_transcode, transcode
from octome.errors import InstanceUnreadable


@pytest.mark.parametrize("name", ["htj2k", "jpeg-ls", "rle", "jpeg2000"])
@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_decoded_pixels_are_those_that_were_compressed(
    compressed_instance, tmp_path: Path, name: str, dtype: type
) -> None:
    pixels = np.random.default_rng(0).integers(0, 255, (3, 32, 34)).astype(dtype)
    path = tmp_path / "compressed"
    path.write_bytes(compressed_instance(pixels, name))
    for syntax in PLAIN:
        out = io.BytesIO()
        transcode(path, out, syntax)
        ds = dcmread(io.BytesIO(out.getvalue()))
        assert ds.file_meta.TransferSyntaxUID == syntax
        assert np.array_equal(ds.pixel_array, pixels)
        assert (ds.PatientName, ds.SOPInstanceUID) == ("Frog^Tea", "1.2.3")


def test_colours_stay() -> None:
    path = get_testdata_file("SC_rgb_rle_2frame.dcm")
    out = io.BytesIO()
    transcode(Path(str(path)), out, ExplicitVRLittleEndian)
    ds = dcmread(io.BytesIO(out.getvalue()))
    assert np.array_equal(ds.pixel_array, dcmread(path).pixel_array)


@pytest.mark.parametrize("syntax", PLAIN)
def test_an_uncompressed_instance_gets_another_encoding(
    small_instance, tmp_path: Path, syntax: str
) -> None:
    path, (other,) = tmp_path / "small", {*PLAIN} - {syntax}
    path.write_bytes(small_instance(syntax))
    out = io.BytesIO()
    transcode(path, out, other)
    found, expected = dcmread(io.BytesIO(out.getvalue())), dcmread(path)
    assert found.file_meta.TransferSyntaxUID == other
    # The VR of pixels is not stored with Implicit VR.
    found["PixelData"].VR = expected["PixelData"].VR = "OW"
    assert found == expected


def test_lossy_pixels_are_not_decoded() -> None:
    assert not can_transcode(JPEGLSNearLossless)
    assert can_transcode(ImplicitVRLittleEndian)


def test_pixels_that_are_not_what_the_header_states_are_refused(
    compressed_instance, tmp_path: Path
) -> None:
    path = tmp_path / "compressed"
    content = compressed_instance(np.zeros((2, 4, 4), np.uint16), "jpeg-ls")
    rows = b"\x28\x00\x10\x00US\x02\x00"
    path.write_bytes(content.replace(rows + b"\x04\x00", rows + b"\x05\x00"))
    with pytest.raises(InstanceUnreadable, match=r"one of its frames is \(4, 4\)"):
        transcode(path, io.BytesIO(), ExplicitVRLittleEndian)
