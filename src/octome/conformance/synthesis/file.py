"""A synthetic instance as a DICOM file, the same bytes each time (PS3.10 7.1)."""

from __future__ import annotations

from io import BytesIO

from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import UID, ExplicitVRLittleEndian

# PS3.5 B.2; generated once for octome.
IMPLEMENTATION_CLASS_UID = "2.25.190430265370423421937713364741093914209"
IMPLEMENTATION_VERSION = "OCTOME_MADE"


def encoded_instance(ds: Dataset) -> bytes:
    """The DICOM file of an instance, in Explicit VR Little Endian.

    Parameters
    ----------
    ds : Dataset
        With SOP Class UID and SOP Instance UID, or with File Meta Information that has them.
    """
    if "SOPClassUID" in ds:
        ds.file_meta = file_meta(ds)
    buffer = BytesIO()
    ds.save_as(buffer, enforce_file_format=True)
    return buffer.getvalue()


def file_meta(ds: Dataset) -> FileMetaDataset:
    """The File Meta Information of an instance."""
    meta = FileMetaDataset()
    meta.FileMetaInformationVersion = b"\0\1"
    meta.MediaStorageSOPClassUID = ds.SOPClassUID
    meta.MediaStorageSOPInstanceUID = ds.SOPInstanceUID
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    meta.ImplementationClassUID = UID(IMPLEMENTATION_CLASS_UID)
    meta.ImplementationVersionName = IMPLEMENTATION_VERSION
    return meta
