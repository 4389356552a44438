"""Small instances of any class, in any transfer syntax."""

from __future__ import annotations

import io

from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.sequence import Sequence
from pydicom.uid import UID, ExplicitVRLittleEndian, SecondaryCaptureImageStorage


def small_file(
    syntax: str = ExplicitVRLittleEndian,
    *,
    uid: str = "1.2.3",
    sop_class: str = SecondaryCaptureImageStorage,
    is_undefined: bool = False,
    pixel_bytes: int = 1200,
    study: str = "1.2",
) -> bytes:
    inner, outer, ds = Dataset(), Dataset(), Dataset()
    inner.CodeValue = "B"
    outer.CodeValue = "A"
    outer.ConceptNameCodeSequence = Sequence([inner])
    ds.SOPClassUID, ds.SOPInstanceUID = sop_class, uid
    ds.StudyInstanceUID, ds.SeriesInstanceUID, ds.Modality = study, f"{study}.4", "OT"
    ds.DerivationCodeSequence = Sequence([outer])
    for item in (inner, outer):
        item.is_undefined_length_sequence_item = is_undefined
    ds["DerivationCodeSequence"].is_undefined_length = is_undefined
    is_encapsulated = UID(syntax).is_compressed
    ds.PixelData = encapsulate([bytes(1100), bytes(700)]) if is_encapsulated else bytes(pixel_bytes)
    ds["PixelData"].VR = "OB"
    ds["PixelData"].is_undefined_length = is_encapsulated
    ds.file_meta = FileMetaDataset()
    ds.file_meta.TransferSyntaxUID = syntax
    content = io.BytesIO()
    ds.save_as(content, enforce_file_format=True)
    return content.getvalue()
