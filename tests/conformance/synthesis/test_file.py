"""An instance as a DICOM file."""

from __future__ import annotations

from io import BytesIO

from pydicom import dcmread
from pydicom.dataset import Dataset
from pydicom.uid import ExplicitVRLittleEndian
from small_instance import ct_image

from octome.conformance.synthesis.file import encoded_instance, file_meta


def test_the_meta_information_is_that_of_the_instance() -> None:
    ds = ct_image()
    meta = dcmread(BytesIO(encoded_instance(ds))).file_meta
    assert meta.MediaStorageSOPClassUID == ds.SOPClassUID
    assert meta.MediaStorageSOPInstanceUID == ds.SOPInstanceUID
    assert meta.TransferSyntaxUID == ExplicitVRLittleEndian


def test_the_bytes_are_the_same_each_time() -> None:
    assert encoded_instance(ct_image()) == encoded_instance(ct_image())


def test_meta_information_that_is_given_is_kept() -> None:
    # A directory has its class nowhere else.
    ds = Dataset()
    ds.file_meta = file_meta(ct_image())
    read = dcmread(BytesIO(encoded_instance(ds)))
    assert read.file_meta.MediaStorageSOPInstanceUID == "2.25.11"
    assert len(read) == 0
