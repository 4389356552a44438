"""Values and pairs of attributes that hold in every edition."""

from __future__ import annotations

import pytest
from pydicom.dataset import Dataset
from small_instance import WrongIn, ct_image, dataset, found_by

from octome.conformance.check.consistency.settled import closed_values, needed_together


@pytest.mark.parametrize(
    ("keyword", "value", "is_wrong"),
    [
        ("PatientSex", "X", True),
        ("PatientSex", "O", False),
        ("PatientSex", "", False),
        ("PixelRepresentation", 2, True),
        ("BurnedInAnnotation", "MAYBE", True),
        ("ImageType", ["ORIGINAL", "PRIMARY", "FROG"], False),
        ("ImageType", ["FROG", "PRIMARY"], True),
        ("ImageType", ["DERIVED", "TEA"], True),
        ("ImageRotation", 45, True),
    ],
)
def test_a_value_is_one_of_those_that_there_are(
    keyword: str, value: object, is_wrong: bool
) -> None:
    ds = dataset(**{keyword: value})
    assert found_by(closed_values, ds) == [f"violation enumerated {keyword}"] * is_wrong


@pytest.mark.parametrize(("modality", "is_wrong"), [("MR", False), ("CT", True)])
def test_the_modality_of_a_class(modality: str, is_wrong: bool) -> None:
    ds = dataset(SOPClassUID="1.2.840.10008.5.1.4.1.1.4.1", Modality=modality)
    assert found_by(closed_values, ds) == ["violation enumerated Modality"] * is_wrong


def test_the_type_of_each_overlay() -> None:
    ds = Dataset()
    ds.add_new(0x60000040, "CS", "G")
    assert found_by(closed_values, ds) == []
    ds.add_new(0x60020040, "CS", "FROG")
    assert found_by(closed_values, ds) == ["violation enumerated OverlayType"]


@pytest.mark.parametrize(
    ("values", "missing"),
    [
        ({"WindowCenter": "40"}, ["WindowWidth"]),
        ({"WindowCenter": "40", "WindowWidth": "80"}, []),
        ({"RescaleIntercept": "0"}, ["RescaleSlope"]),
        ({"SamplesPerPixel": 3}, ["PlanarConfiguration"]),
        ({"SamplesPerPixel": 1}, []),
        (
            {"PhotometricInterpretation": "PALETTE COLOR"},
            [f"{c}PaletteColorLookupTableDescriptor" for c in ("Red", "Green", "Blue")],
        ),
        ({"ConcatenationUID": "2.25.1"}, ["InConcatenationNumber"]),
        (
            {"SegmentationType": "FRACTIONAL"},
            ["SegmentationFractionalType", "MaximumFractionalValue"],
        ),
        (
            {"VerificationFlag": "VERIFIED", "ValueType": "CONTAINER"},
            ["VerifyingObserverSequence"],
        ),
        ({"VerificationFlag": "VERIFIED", "DocumentTitle": "tea"}, []),
        ({"Rows": 4, "Columns": 4, "BitsAllocated": 8}, ["PixelData"]),
        ({"Rows": 4, "Columns": 4, "BitsAllocated": 8, "PixelData": b"0" * 16}, []),
    ],
)
def test_what_another_attribute_needs(values: dict[str, object], missing: list[str]) -> None:
    found = found_by(needed_together, dataset(**values))
    assert found == [f"violation missing {keyword}" for keyword in missing]


def test_the_same_of_a_module_is_one_finding(ct: Dataset, wrong_in: WrongIn) -> None:
    ct.PatientSex = "X"
    assert wrong_in(ct) == ["violation enumerated PatientSex"]


def test_an_image_with_nothing_wrong() -> None:
    assert [*found_by(closed_values, ct_image()), *found_by(needed_together, ct_image())] == []


def test_what_another_attribute_of_an_item_needs() -> None:
    segment = dataset(SegmentAlgorithmType="AUTOMATIC")
    area = dataset(PresentationSizeMode="TRUE SIZE")
    ds = dataset(
        SOPClassUID="1.2.840.10008.5.1.4.1.1.66.4",
        SegmentSequence=[segment],
        DisplayedAreaSelectionSequence=[area],
    )
    assert found_by(needed_together, ds) == [
        "violation missing SegmentSequence[0].SegmentAlgorithmName",
        "violation missing DisplayedAreaSelectionSequence[0].PresentationPixelSpacing",
    ]
    segment.SegmentAlgorithmType, area.PresentationSizeMode = "MANUAL", "SCALE TO FIT"
    assert found_by(needed_together, ds) == []
