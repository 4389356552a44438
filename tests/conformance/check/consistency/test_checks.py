"""What attributes have to say of each other."""

from __future__ import annotations

from io import BytesIO

import pytest
from pydicom import dcmread
from pydicom.dataset import Dataset
from pydicom.encaps import encapsulate
from pydicom.uid import JPEGBaseline8Bit
from small_instance import Said, encoded

from octome.conformance.check.checker import Checker


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"HighBit": 12}, "violation bits HighBit"),
        ({"BitsStored": 17, "HighBit": 16}, "violation bits BitsStored"),
        ({"BitsAllocated": 12, "PixelData": bytes(24)}, "violation bits BitsAllocated"),
        ({"SamplesPerPixel": 3, "PlanarConfiguration": 0}, "violation samples SamplesPerPixel"),
        ({"PixelData": bytes(30)}, "violation pixel-length PixelData"),
        ({"PixelData": bytes(34)}, "warning pixel-length PixelData"),
        ({"Rows": 8}, "violation pixel-length PixelData"),
    ],
)
def test_attributes_that_disagree_are_found(
    ct: Dataset, said: Said, changes: dict[str, object], found: str
) -> None:
    for keyword, value in changes.items():
        setattr(ct, keyword, value)
    assert found in said(ct)


def test_the_file_meta_information_agrees_with_the_data_set(ct: Dataset, checker: Checker) -> None:
    content = encoded(ct).replace(b"2.25.11\0", b"2.25.12\0", 1)
    found = [f for f in checker.check(content).findings if f.outcome == "violation"]
    assert [(f.code, f.path) for f in found] == [
        ("file-meta-differs", "MediaStorageSOPInstanceUID")
    ]


def test_a_data_set_alone_is_no_file(ct: Dataset, checker: Checker) -> None:
    from io import BytesIO

    buffer = BytesIO()
    del ct.PixelData
    ct.save_as(buffer, implicit_vr=True, little_endian=True, enforce_file_format=False)
    codes = [f.code for f in checker.check(buffer.getvalue()).findings if f.outcome == "violation"]
    assert "no-file-meta" in codes


def test_dimension_values_are_as_many_as_dimensions(structure: Dataset, said: Said) -> None:
    structure.PerFrameFunctionalGroupsSequence[3].FrameContentSequence[0].DimensionIndexValues = [
        1,
        1,
    ]
    path = "PerFrameFunctionalGroupsSequence[3].FrameContentSequence[0].DimensionIndexValues"
    assert said(structure) == [f"violation dimension {path}"]


def test_references_are_listed_for_those_who_fetch_them(made_chain, checker: Checker) -> None:  # type: ignore[no-untyped-def]
    from pydicom import dcmread

    ds = dcmread(made_chain.file("flow-omag"))
    ds.ReferencedSeriesSequence[0].ReferencedInstanceSequence[
        0
    ].ReferencedSOPInstanceUID = "2.25.77"
    found = [f.code for f in checker.check(encoded(ds)).findings if f.outcome == "warning"]
    assert found == ["reference-not-listed"]


def test_waveform_data_is_as_long_as_its_channels_say(said: Said) -> None:
    item = Dataset()
    item.NumberOfWaveformChannels, item.NumberOfWaveformSamples = 2, 10
    item.WaveformBitsAllocated = 16
    item.add_new(0x54001010, "OW", bytes(38))
    ds = Dataset()
    ds.SOPClassUID, ds.SOPInstanceUID = "1.2.840.10008.5.1.4.1.1.9.1.1", "2.25.13"
    ds.WaveformSequence = [item]
    assert "violation waveform-length WaveformSequence[0].WaveformData" in said(ds)


def test_a_palette_is_as_long_as_its_descriptor_says(ct: Dataset, said: Said) -> None:
    ct.PhotometricInterpretation = "PALETTE COLOR"
    for colour in ("Red", "Green", "Blue"):
        setattr(ct, f"{colour}PaletteColorLookupTableDescriptor", [256, 0, 16])
        setattr(ct, f"{colour}PaletteColorLookupTableData", bytes(512))
    ct.RedPaletteColorLookupTableData = bytes(100)
    assert "violation palette-length RedPaletteColorLookupTableData" in said(ct)


def test_no_two_things_share_a_uid(ct: Dataset, said: Said) -> None:
    ct.FrameOfReferenceUID = ct.StudyInstanceUID
    assert said(ct) == ["violation uid-reused FrameOfReferenceUID"]


@pytest.mark.parametrize("orientation", [[1, 0, 0, 0, 0.9, 0], [1, 0, 0, 1, 0, 0], [0] * 6])
def test_directions_are_unit_vectors_at_a_right_angle(
    ct: Dataset, said: Said, orientation: list[float]
) -> None:
    ct.ImageOrientationPatient = orientation
    assert said(ct) == ["violation orientation ImageOrientationPatient"]


def test_pixels_of_more_than_8_bits_are_words(ct: Dataset, said: Said) -> None:
    ct["PixelData"].VR = "OB"
    assert said(ct) == ["violation wrong-representation PixelData"]


@pytest.mark.parametrize(("kind", "found"), [("BINARY", 1), ("LABELMAP", 0)])
def test_segments_are_numbered_from_1(checker: Checker, kind: str, found: int) -> None:
    ds = Dataset()
    ds.SOPClassUID, ds.SOPInstanceUID = "1.2.840.10008.5.1.4.1.1.66.4", "2.25.1"
    ds.SegmentationType, ds.SegmentSequence = kind, [Dataset()]
    ds.SegmentSequence[0].SegmentNumber = 2
    codes = [finding.code for finding in checker.check(encoded(ds)).findings]
    assert codes.count("segment-number") == found


def test_what_a_document_refers_to_is_listed_as_evidence(said: Said) -> None:
    reference, image, document = Dataset(), Dataset(), Dataset()
    reference.ReferencedSOPClassUID = "1.2.840.10008.5.1.4.1.1.2"
    reference.ReferencedSOPInstanceUID = "2.25.5"
    image.ValueType, image.RelationshipType = "IMAGE", "CONTAINS"
    image.ReferencedSOPSequence = [reference]
    document.SOPClassUID, document.SOPInstanceUID = "1.2.840.10008.5.1.4.1.1.88.33", "2.25.6"
    document.ContentSequence = [image]
    found = "violation reference-not-listed CurrentRequestedProcedureEvidenceSequence"
    assert found in said(document)


def test_a_private_attribute_stands_in_a_block_of_somebody(ct: Dataset, said: Said) -> None:
    ct.add_new(0x00111001, "LO", "nobody's")
    ct.add_new(0x00130001, "LO", "of no block")
    assert said(ct) == ["violation private-block 00111001", "violation private-block 00130001"]


def test_an_encoded_velocity_has_a_direction(ct: Dataset, said: Said) -> None:
    ct.VelocityEncodingDirection = [0.0, 0.0, 0.0]
    assert said(ct) == ["violation orientation VelocityEncodingDirection"]
    ct.VelocityEncodingDirection = [0.0, 0.6, 0.8]
    assert said(ct) == []


def test_an_original_ct_slice_is_in_hounsfield_units(ct: Dataset, said: Said) -> None:
    ct.RescaleType = "US"
    assert said(ct) == ["violation enumerated RescaleType"]
    ct.ImageType = ["DERIVED", "PRIMARY", "AXIAL"]
    assert said(ct) == []


def test_colours_of_ultrasound_are_compressed_as_the_transfer_syntax_asks(
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


def test_a_private_creator_names_somebody(ct: Dataset, said: Said) -> None:
    ct.add_new(0x00090010, "LO", "")
    ct.add_new(0x00091001, "LO", "value")
    assert said(ct) == ["violation private-block 00090010"]


def wrong_values(name: str, ds: Dataset) -> None:
    """Plant a wrong value of a kind."""
    surface = ds.SurfaceSequence[0] if "SurfaceSequence" in ds else Dataset()
    groups = ds.get("PerFrameFunctionalGroupsSequence") or [Dataset()]
    match name:
        case "surfaces":
            ds.NumberOfSurfaces = 9
        case "surface":
            surface.SurfaceNumber = 7
        case "points":
            surface.SurfacePointsSequence[0].NumberOfSurfacePoints = 77
        case "segment":
            identification = Dataset()
            identification.ReferencedSegmentNumber = 9
            groups[0].SegmentIdentificationSequence = [identification]
        case "window":
            ds.WindowCenter, ds.WindowWidth = [1, 2], [1]
        case "timezone":
            ds.TimezoneOffsetFromUTC = "+2500"
        case "document":
            ds.MIMETypeOfEncapsulatedDocument = "text/plain"
        case "title":
            del ds.ConceptNameCodeSequence


@pytest.mark.parametrize(
    ("name", "ciod", "found"),
    [
        ("surfaces", "surface-segmentation", "surfaces NumberOfSurfaces"),
        ("surface", "surface-segmentation", "surfaces SurfaceSequence[0].SurfaceNumber"),
        (
            "points",
            "surface-segmentation",
            "surfaces SurfaceSequence[0].SurfacePointsSequence[0].PointCoordinatesData",
        ),
        (
            "segment",
            "segmentation",
            "segment-number PerFrameFunctionalGroupsSequence[0].SegmentIdentificationSequence[0]"
            ".ReferencedSegmentNumber",
        ),
        ("window", "mr-image", "multiplicity WindowWidth"),
        ("timezone", "mr-image", "value-format TimezoneOffsetFromUTC"),
        ("document", "encapsulated-pdf", "enumerated MIMETypeOfEncapsulatedDocument"),
        ("title", "basic-text-sr", "missing ConceptNameCodeSequence"),
    ],
)
def test_what_the_standard_says_of_one_kind_is_held(
    said: Said, made_instances: dict[tuple[str, str], bytes], name: str, ciod: str, found: str
) -> None:
    ds = dcmread(BytesIO(made_instances["2020b", ciod]))
    assert said(ds) == []
    wrong_values(name, ds)
    assert f"violation {found}" in said(ds)
