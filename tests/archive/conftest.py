"""Small instances of any class, in any transfer syntax."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import (
    ImplicitVRLittleEndian,
    JPEGLSLossless,
    SecondaryCaptureImageStorage,
)

from octome.dicom.part10 import read_encoded
from octome.instances.transfer_syntax import compressed


@pytest.fixture(scope="session")
def data_set_bytes() -> Callable[[Path], bytes]:
    """The encoded data set of a file."""

    def found(path: Path) -> bytes:
        content = path.read_bytes()
        return content[read_encoded(content).start :]

    return found


@pytest.fixture
def unusual(small_instance: Callable[..., bytes], tmp_path: Path) -> list[Path]:
    """Encodings that pydicom reads and would write differently."""
    whole = small_instance(uid="1.2.1")
    begin = read_encoded(whole).start
    # A group length, retired, before the first element of its group (PS3.5 7.2).
    group_length = b"\x08\x00\x00\x00UL\x04\x00\x0a\x00\x00\x00"
    contents = {
        "group-length": whole[:begin] + group_length + whole[begin:],
        "implicit": small_instance(ImplicitVRLittleEndian, uid="1.2.2"),
        "undefined": small_instance(uid="1.2.3", is_undefined=True),
        "jpeg-ls": small_instance(JPEGLSLossless, uid="1.2.4"),
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    return [tmp_path / name for name in contents]


@pytest.fixture(scope="session")
def compressed_instance() -> Callable[..., bytes]:
    """A file of compressed frames."""

    def written(pixels: NDArray[np.uint16], name: str, *, uid: str = "1.2.3") -> bytes:
        ds = Dataset()
        ds.SOPClassUID, ds.SOPInstanceUID = SecondaryCaptureImageStorage, uid
        ds.StudyInstanceUID, ds.SeriesInstanceUID, ds.Modality = "1.2", "1.2.4", "OT"
        ds.PatientName = "Frog^Tea"
        ds.NumberOfFrames, ds.Rows, ds.Columns = pixels.shape
        ds.SamplesPerPixel, ds.PhotometricInterpretation = 1, "MONOCHROME2"
        ds.BitsAllocated = ds.BitsStored = 8 * pixels.itemsize
        ds.HighBit, ds.PixelRepresentation = ds.BitsStored - 1, 0
        syntax, element = compressed(pixels, name, is_signed=False)
        ds.file_meta = FileMetaDataset()
        ds.file_meta.TransferSyntaxUID = syntax
        content = io.BytesIO()
        ds.save_as(content, enforce_file_format=True, implicit_vr=False, little_endian=True)
        return content.getvalue() + element

    return written
