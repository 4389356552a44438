"""Pixel attributes, pixel data and palettes."""

from __future__ import annotations

from io import BytesIO

import pytest
from pydicom.dataset import Dataset
from pydicom.encaps import encapsulate
from pydicom.uid import MPEG4HP41, JPEGBaseline8Bit
from small_instance import WrongIn, dataset, encoded, found_by

from octome.conformance.check.checker import Checker
from octome.conformance.check.consistency.pixel import (
    all_bits_stored,
    frame_increment,
    image_type,
    pixel_data_length,
)

EYE = "1.2.840.10008.5.1.4.1.1.77.1.5.1"


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"HighBit": 12}, "violation bits HighBit"),
        ({"BitsStored": 17, "HighBit": 16}, "violation bits BitsStored"),
        ({"BitsAllocated": 12, "PixelData": bytes(24)}, "violation bits BitsAllocated"),
        ({"SamplesPerPixel": 3, "PlanarConfiguration": 0}, "violation samples SamplesPerPixel"),
        ({"PhotometricInterpretation": "FROG"}, "warning defined-term PhotometricInterpretation"),
        ({"PixelData": bytes(30)}, "violation pixel-length PixelData"),
        ({"PixelData": bytes(34)}, "warning pixel-length PixelData"),
        ({"Rows": 8}, "violation pixel-length PixelData"),
    ],
)
def test_attributes_that_disagree_are_found(
    ct: Dataset, wrong_in: WrongIn, changes: dict[str, object], found: str
) -> None:
    for keyword, value in changes.items():
        setattr(ct, keyword, value)
    assert found in wrong_in(ct)


def test_a_palette_has_the_length_of_its_descriptor(ct: Dataset, wrong_in: WrongIn) -> None:
    ct.PhotometricInterpretation = "PALETTE COLOR"
    for colour in ("Red", "Green", "Blue"):
        setattr(ct, f"{colour}PaletteColorLookupTableDescriptor", [256, 0, 16])
        setattr(ct, f"{colour}PaletteColorLookupTableData", bytes(512))
    ct.RedPaletteColorLookupTableData = bytes(100)
    assert "violation palette-length RedPaletteColorLookupTableData" in wrong_in(ct)


def test_pixels_of_more_than_8_bits_are_words(ct: Dataset, wrong_in: WrongIn) -> None:
    ct["PixelData"].VR = "OB"
    assert wrong_in(ct) == ["violation wrong-representation PixelData"]


def test_an_original_ct_slice_is_in_hounsfield_units(ct: Dataset, wrong_in: WrongIn) -> None:
    ct.RescaleType = "US"
    assert wrong_in(ct) == ["violation enumerated RescaleType"]
    ct.ImageType = ["DERIVED", "PRIMARY", "AXIAL"]
    assert wrong_in(ct) == []


def test_colours_of_ultrasound_are_compressed_as_the_transfer_syntax_requires(
    ct: Dataset, checker_2020: Checker
) -> None:
    ct.SOPClassUID = "1.2.840.10008.5.1.4.1.1.6.1"
    ct.SamplesPerPixel, ct.PhotometricInterpretation, ct.PlanarConfiguration = 3, "YBR_FULL", 0
    content = encoded(ct)
    codes = [finding.code for finding in checker_2020.check(content).findings]
    assert "photometric" not in codes
    ct.file_meta.TransferSyntaxUID = JPEGBaseline8Bit
    ct.PixelData = encapsulate([bytes(2)])
    ct["PixelData"].is_undefined_length = True
    buffer = BytesIO()
    ct.save_as(buffer, enforce_file_format=True)
    codes = [finding.code for finding in checker_2020.check(buffer.getvalue()).findings]
    assert "photometric" in codes


@pytest.mark.parametrize(("syntax", "is_wrong"), [(JPEGBaseline8Bit, True), (MPEG4HP41, False)])
def test_a_video_may_have_all_frames_in_one_fragment(syntax: str, is_wrong: bool) -> None:
    ds = Dataset()
    ds.NumberOfFrames = 25
    ds.PixelData = encapsulate([b"croaks"])
    ds["PixelData"].VR = "OB"
    ds["PixelData"].is_undefined_length = True
    found = found_by(pixel_data_length, encoded(ds, syntax))
    assert found == ["violation pixel-length PixelData"] * is_wrong


@pytest.mark.parametrize(("sop_class", "is_wrong"), [("481.2", True), ("6.1", True), ("2", False)])
def test_doses_and_ultrasound_use_all_bits(sop_class: str, *, is_wrong: bool) -> None:
    ds = dataset(SOPClassUID=f"1.2.840.10008.5.1.4.1.1.{sop_class}", BitsAllocated=16)
    ds.BitsStored = 12
    assert found_by(all_bits_stored, ds) == ["violation bits BitsStored"] * is_wrong


def test_frames_are_distinguished_by_an_attribute_that_is_there() -> None:
    ds = dataset(FrameIncrementPointer=0x00181063)
    assert found_by(frame_increment, ds) == ["violation frame-order FrameIncrementPointer"]
    ds.FrameTime = 40
    assert found_by(frame_increment, ds) == []


@pytest.mark.parametrize(
    ("values", "is_wrong"),
    [
        ({"SOPClassUID": EYE, "ImageType": ["ORIGINAL", "PRIMARY", "COLOR"]}, True),
        ({"SOPClassUID": EYE, "ImageType": ["ORIGINAL", "PRIMARY", "", "RED"]}, False),
        ({"SOPClassUID": EYE, "ImageType": ["DERIVED", "PRIMARY", "MONTAGE"]}, False),
        ({"MultienergyCTAcquisition": "YES", "ImageType": ["A", "B", "C"]}, True),
        ({"MultienergyCTAcquisition": "YES", "ImageType": ["A", "B", "C", "VMI"]}, False),
        ({"MultienergyCTAcquisition": "NO", "ImageType": ["A", "B", "C"]}, False),
    ],
)
def test_an_image_type_has_the_values_of_its_kind(
    values: dict[str, object], *, is_wrong: bool
) -> None:
    found = found_by(image_type, dataset(**values))
    assert found == ["violation multiplicity ImageType"] * is_wrong


@pytest.mark.parametrize(
    ("pointer", "frames", "is_wrong"),
    [(0x00100010, 2, True), (0x00100010, 1, False), (0x00181063, 2, False)],
)
def test_one_value_does_not_distinguish_frames(
    pointer: int, frames: int, *, is_wrong: bool
) -> None:
    ds = dataset(
        FrameIncrementPointer=pointer, NumberOfFrames=frames, PatientName="Frog", FrameTime=40
    )
    found = found_by(frame_increment, ds)
    assert found == ["warning frame-order FrameIncrementPointer"] * is_wrong
