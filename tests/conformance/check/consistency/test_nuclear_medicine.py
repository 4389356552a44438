"""Frames of nuclear medicine and PET."""

from __future__ import annotations

import pytest
from small_instance import dataset, found_by

from octome.conformance.check.consistency.nuclear_medicine import (
    NUCLEAR_MEDICINE,
    PET,
    numbers_of_frames,
    order_of_frames,
    pet_image_index,
)
from octome.dicom.tag import TAG

WHOLE_BODY = [int(TAG.EnergyWindowVector), int(TAG.DetectorVector)]


@pytest.mark.parametrize(
    ("kind", "pointer", "is_wrong"),
    [
        ("STATIC", WHOLE_BODY, False),
        ("WHOLE BODY", WHOLE_BODY[::-1], True),
        ("RECON TOMO", [int(TAG.SliceVector)], False),
        ("RECON TOMO", WHOLE_BODY, True),
        ("FROG", WHOLE_BODY, False),
    ],
)
def test_frames_are_ordered_as_the_type_of_image_needs(
    kind: str, pointer: list[int], is_wrong: bool
) -> None:
    ds = dataset(
        SOPClassUID=NUCLEAR_MEDICINE,
        ImageType=["ORIGINAL", "PRIMARY", kind, "EMISSION"],
        FrameIncrementPointer=pointer,
    )
    found = found_by(order_of_frames, ds)
    assert found == ["violation frame-order FrameIncrementPointer"] * is_wrong


@pytest.mark.parametrize(
    ("numbers", "is_wrong"), [([1, 2, 2], False), ([0, 1, 2], True), ([1, 3], True)]
)
def test_detectors_count_from_1(numbers: list[int], is_wrong: bool) -> None:
    ds = dataset(NumberOfDetectors=2, DetectorVector=numbers)
    assert found_by(numbers_of_frames, ds) == ["violation frame-order DetectorVector"] * is_wrong
    del ds.NumberOfDetectors
    is_low = 0 in numbers
    assert found_by(numbers_of_frames, ds) == ["violation frame-order DetectorVector"] * is_low


@pytest.mark.parametrize(
    ("series_type", "index", "is_wrong"),
    [
        ("STATIC", 10, False),
        ("STATIC", 11, True),
        ("STATIC", 0, True),
        ("DYNAMIC", 30, False),
        ("DYNAMIC", 31, True),
    ],
)
def test_an_image_of_a_pet_series_is_one_of_its_images(
    series_type: str, index: int, is_wrong: bool
) -> None:
    ds = dataset(
        SOPClassUID=PET,
        SeriesType=[series_type, "IMAGE"],
        ImageIndex=index,
        NumberOfSlices=10,
        NumberOfTimeSlices=3,
    )
    assert found_by(pet_image_index, ds) == ["violation frame-order ImageIndex"] * is_wrong


@pytest.mark.parametrize(("windows", "outcomes"), [(1, []), (3, ["warning"])])
def test_every_energy_window_is_shown(windows: int, outcomes: list[str]) -> None:
    ds = dataset(EnergyWindowVector=[1, 1], NumberOfEnergyWindows=windows)
    found = found_by(numbers_of_frames, ds)
    assert found == [f"{outcome} frame-order EnergyWindowVector" for outcome in outcomes]


@pytest.mark.parametrize(("kind", "is_wrong"), [("TOMO", True), ("RECON TOMO", False)])
def test_an_angular_view_is_one_of_a_rotation(kind: str, *, is_wrong: bool) -> None:
    ds = dataset(
        ImageType=["ORIGINAL", "PRIMARY", kind],
        AngularViewVector=[1, 2, 3],
        RotationInformationSequence=[dataset(NumberOfFramesInRotation=2)],
    )
    assert found_by(numbers_of_frames, ds) == ["violation frame-order AngularViewVector"] * is_wrong
