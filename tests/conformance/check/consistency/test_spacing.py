"""Spacing of pixels and directions of a patient."""

from __future__ import annotations

import pytest
from small_instance import dataset, found_by

from octome.conformance.check.consistency.spacing import (
    imaged_volume,
    orientation_in_patient,
    patient_orientation,
    pixel_spacings,
    slice_spacings,
)


@pytest.mark.parametrize(
    ("spacing", "rows", "is_wrong"),
    [([0, 0], 4, True), ([-1, 1], 4, True), ([0, 0.1], 1, False), ([0.1, 0.1], 4, False)],
)
def test_pixels_are_apart_unless_there_is_one_row(
    spacing: list[float], rows: int, is_wrong: bool
) -> None:
    ds = dataset(Rows=rows, Columns=4, PixelSpacing=spacing)
    assert found_by(pixel_spacings, ds) == ["violation spacing PixelSpacing"] * is_wrong


def test_spacing_of_a_frame_is_looked_at() -> None:
    shared = dataset(PixelMeasuresSequence=[dataset(PixelSpacing=[1, 0])])
    ds = dataset(Rows=2, Columns=2, SharedFunctionalGroupsSequence=[shared])
    path = "SharedFunctionalGroupsSequence[0].PixelMeasuresSequence[0].PixelSpacing"
    assert found_by(pixel_spacings, ds) == [f"violation spacing {path}"]


@pytest.mark.parametrize(
    ("kind", "spacing", "is_wrong"), [("2", -1, True), ("2", 0, False), ("20", -1, False)]
)
def test_slices_are_not_less_than_0_apart(kind: str, spacing: int, is_wrong: bool) -> None:
    ds = dataset(SOPClassUID=f"1.2.840.10008.5.1.4.1.1.{kind}", SpacingBetweenSlices=spacing)
    assert found_by(slice_spacings, ds) == ["warning spacing SpacingBetweenSlices"] * is_wrong


def test_an_imaged_volume_has_a_depth() -> None:
    ds = dataset(ImagedVolumeWidth=15.0, ImagedVolumeHeight=15.0, ImagedVolumeDepth=0.0)
    assert found_by(imaged_volume, ds) == ["violation spacing ImagedVolumeDepth"]
    ds.ImagedVolumeDepth = 0.5
    assert found_by(imaged_volume, ds) == []


@pytest.mark.parametrize(
    ("row", "column", "species", "is_wrong"),
    [
        ("A", "A", "BIPED", True),
        ("A", "P", "BIPED", True),
        ("L", "FP", "BIPED", False),
        ("LE", "RT", "QUADRUPED", False),
        ("V", "V", "QUADRUPED", True),
        ("A", "", "BIPED", False),
        ("X", "P", "BIPED", True),
        ("AP", "L", "BIPED", True),
    ],
)
def test_rows_and_columns_run_along_different_axes(
    row: str, column: str, species: str, is_wrong: bool
) -> None:
    ds = dataset(PatientOrientation=[row, column], AnatomicalOrientationType=species)
    wrong = found_by(patient_orientation, ds)
    assert wrong == ["violation orientation PatientOrientation"] * is_wrong


@pytest.mark.parametrize(
    ("stated", "cosines", "is_wrong"),
    [
        (["L", "P"], [1, 0, 0, 0, 1, 0], False),
        (["LF", "P"], [0.9, 0, -0.43, 0, 1, 0], False),
        (["P", "F"], [0, 1, 0, 0, 0, -1], False),
        (["R", "P"], [1, 0, 0, 0, 1, 0], True),
        (["L", "F"], [1, 0, 0, 0, 1, 0], True),
        (["AL", "F"], [0.707, -0.707, 0, 0, 0, -1], False),  # either may be first
        (["LA", "F"], [0.707, -0.707, 0, 0, 0, -1], False),
        (["L"], [1, 0, 0, 0, 1, 0], False),
    ],
)
def test_both_orientations_are_the_same(
    stated: list[str], cosines: list[float], *, is_wrong: bool
) -> None:
    ds = dataset(PatientOrientation=stated, ImageOrientationPatient=cosines)
    found = found_by(orientation_in_patient, ds)
    assert found == ["violation orientation PatientOrientation"] * is_wrong


@pytest.mark.parametrize(("width", "is_wrong"), [(2.0, False), (1.9, False), (4.0, True)])
def test_an_imaged_volume_is_as_wide_as_its_pixels(width: float, *, is_wrong: bool) -> None:
    measures = dataset(PixelSpacing=[0.5, 0.02])
    ds = dataset(
        ImagedVolumeWidth=width,
        TotalPixelMatrixColumns=100,
        SharedFunctionalGroupsSequence=[dataset(PixelMeasuresSequence=[measures])],
    )
    assert found_by(imaged_volume, ds) == ["warning spacing ImagedVolumeWidth"] * is_wrong
