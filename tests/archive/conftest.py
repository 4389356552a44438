"""Small instances of any class, in any transfer syntax."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.sequence import Sequence
from pydicom.uid import (
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
    JPEGLSLossless,
    SecondaryCaptureImageStorage,
)

from octome.dicom.part10 import read_encoded

SmallInstance = Callable[..., bytes]


@pytest.fixture(scope="session")
def small_instance() -> SmallInstance:
    """A maker of files with nested sequences and a value of more than a thousand bytes."""
    return _small_instance


def _small_instance(
    syntax: str = ExplicitVRLittleEndian,
    *,
    uid: str = "1.2.3",
    sop_class: str = SecondaryCaptureImageStorage,
    is_undefined: bool = False,
) -> bytes:
    inner, outer, ds = Dataset(), Dataset(), Dataset()
    inner.CodeValue = "B"
    outer.CodeValue = "A"
    outer.ConceptNameCodeSequence = Sequence([inner])
    ds.SOPClassUID, ds.SOPInstanceUID = sop_class, uid
    ds.StudyInstanceUID, ds.SeriesInstanceUID, ds.Modality = "1.2", "1.2.4", "OT"
    ds.DerivationCodeSequence = Sequence([outer])
    for item in (inner, outer):
        item.is_undefined_length_sequence_item = is_undefined
    ds["DerivationCodeSequence"].is_undefined_length = is_undefined
    is_encapsulated = syntax == JPEGLSLossless
    ds.PixelData = encapsulate([bytes(1100), bytes(700)]) if is_encapsulated else bytes(1200)
    ds["PixelData"].VR = "OB"
    ds["PixelData"].is_undefined_length = is_encapsulated
    ds.file_meta = FileMetaDataset()
    ds.file_meta.TransferSyntaxUID = syntax
    content = io.BytesIO()
    ds.save_as(content, enforce_file_format=True)
    return content.getvalue()


@pytest.fixture(scope="session")
def data_set_bytes() -> Callable[[Path], bytes]:
    """A file's data set as it is encoded."""

    def found(path: Path) -> bytes:
        content = path.read_bytes()
        return content[read_encoded(content).start :]

    return found


@pytest.fixture
def unusual(small_instance: SmallInstance, tmp_path: Path) -> list[Path]:
    """Encodings that pydicom would write otherwise than it read them."""
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
