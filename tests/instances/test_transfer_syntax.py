"""Lossless compression: nothing is lost, and frames of another size are refused."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pydicom
import pytest
from changed_instance import changed, refusal
from pydicom.dataset import Dataset

from octome.errors import (
    UnknownName,
)
from octome.instances.bscan_volume_analysis import read_bscan_volume_analysis
from octome.instances.file import read_instance
from octome.instances.tomography_image import read_tomography_image
from octome.instances.transfer_syntax import COMPRESSIONS, compression_named


@pytest.mark.parametrize("name", ["htj2k", "jpeg-ls", "rle", "jpeg2000"])
def test_compression_loses_nothing(tiny_files: dict[str, Path], name: str) -> None:
    plain = read_tomography_image(tiny_files["structure"]).stored()
    np.testing.assert_array_equal(read_tomography_image(tiny_files[name]).stored(), plain)


@pytest.mark.parametrize("name", ["htj2k", "jpeg-ls", "rle", "jpeg2000"])
def test_compression_keeps_signed_values(tiny, tiny_files, tmp_path: Path, name: str) -> None:
    tiny.write_flow(tmp_path / "flow.dcm", tiny_files["structure"], compression=name)
    plain = read_bscan_volume_analysis(tiny_files["flow"]).stored()
    np.testing.assert_array_equal(read_bscan_volume_analysis(tmp_path / "flow.dcm").stored(), plain)


@pytest.mark.parametrize("name", ["htj2k", "jpeg-ls", "jpeg2000"])
def test_a_frame_of_another_size_is_refused_before_a_codec_sees_it(
    tiny_files: dict[str, Path], tmp_path: Path, name: str
) -> None:
    path = changed(tiny_files[name], tmp_path / "it.dcm", lambda ds: setattr(ds, "Rows", 25))
    why = "one of its frames states 24 x 10 pixels of 1 components; the header states 25 x 10"
    assert why in refusal(lambda: read_tomography_image(path).values(), names=path)


def test_a_frame_that_claims_four_gigabytes_is_refused(
    tiny_files: dict[str, Path], tmp_path: Path
) -> None:
    data = tiny_files["jpeg2000"].read_bytes()
    at = data.index(b"\xff\x4f\xff\x51") + 8
    path = tmp_path / "it.dcm"
    path.write_bytes(data[:at] + struct.pack(">2I", 65535, 32768) + data[at + 8 :])
    message = refusal(lambda: read_tomography_image(path).values(), names=path)
    assert "states 32768 x 65535 pixels" in message or "tiles" in message


def test_each_compression_is_smaller_and_has_its_transfer_syntax(tiny_files) -> None:
    for name, compression in COMPRESSIONS.items():
        file = read_instance(tiny_files[name])
        assert file.syntax == compression.syntax
        assert file.syntax.is_compressed


def test_an_unknown_compression_is_an_error_that_lists_the_known_ones() -> None:
    assert compression_named("rle").syntax == "1.2.840.10008.1.2.5"
    with pytest.raises(UnknownName, match="no compression 'zip'; there are: htj2k, jpeg-ls, rle"):
        compression_named("zip")


def test_missing_frames_are_counted(tiny_files, tmp_path: Path) -> None:
    def change(ds: Dataset) -> None:
        frames = list(pydicom.encaps.generate_frames(ds.PixelData, number_of_frames=4))
        ds.PixelData = pydicom.encaps.encapsulate(frames[:3])

    path = changed(tiny_files["jpeg-ls"], tmp_path / "it.dcm", change)
    message = refusal(lambda: read_tomography_image(path).values(), names=path)
    assert "3 frames" in message
    assert "4" in message
