"""Directions and dimensions."""

from __future__ import annotations

import pytest
from pydicom.dataset import Dataset
from small_instance import WrongIn, dataset, found_by

from octome.conformance.check.consistency.geometry import (
    dimensions,
    equipment_matrix,
    orientations,
    transformations,
    volume_positions,
)


def test_dimension_values_are_as_many_as_dimensions(structure: Dataset, wrong_in: WrongIn) -> None:
    structure.PerFrameFunctionalGroupsSequence[3].FrameContentSequence[0].DimensionIndexValues = [
        1,
        1,
    ]
    path = "PerFrameFunctionalGroupsSequence[3].FrameContentSequence[0].DimensionIndexValues"
    assert wrong_in(structure) == [f"violation dimension {path}"]


@pytest.mark.parametrize("orientation", [[1, 0, 0, 0, 0.9, 0], [1, 0, 0, 1, 0, 0], [0] * 6])
def test_directions_are_unit_vectors_at_a_right_angle(
    ct: Dataset, wrong_in: WrongIn, orientation: list[float]
) -> None:
    ct.ImageOrientationPatient = orientation
    assert wrong_in(ct) == ["violation orientation ImageOrientationPatient"]


def test_an_encoded_velocity_has_a_direction(ct: Dataset, wrong_in: WrongIn) -> None:
    ct.VelocityEncodingDirection = [0.0, 0.0, 0.0]
    assert wrong_in(ct) == ["violation orientation VelocityEncodingDirection"]
    ct.VelocityEncodingDirection = [0.0, 0.6, 0.8]
    assert wrong_in(ct) == []


def test_a_transformation_keeps_coordinates_homogeneous() -> None:
    rows = [1, 0, 0, 5, 0, 1, 0, 6, 0, 0, 1, 7]
    matrix = dataset(FrameOfReferenceTransformationMatrix=[*rows, 0, 0, 0, 1])
    matrices = dataset(MatrixSequence=[matrix])
    ds = dataset(RegistrationSequence=[dataset(MatrixRegistrationSequence=[matrices])])
    assert found_by(transformations, ds) == []
    # Column by column.
    matrix.FrameOfReferenceTransformationMatrix = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 5, 6, 7, 1]
    [found] = found_by(transformations, ds)
    assert found.endswith("MatrixSequence[0].FrameOfReferenceTransformationMatrix")


@pytest.mark.parametrize(("position", "is_wrong"), [([0, 0, 7], False), ([1, 0, 7], True)])
def test_planes_of_an_ultrasound_volume_are_above_each_other(
    position: list[float], *, is_wrong: bool
) -> None:
    group = dataset(PlanePositionVolumeSequence=[dataset(ImagePositionVolume=position)])
    ds = dataset(
        SOPClassUID="1.2.840.10008.5.1.4.1.1.6.2", PerFrameFunctionalGroupsSequence=[group]
    )
    path = "PerFrameFunctionalGroupsSequence[0].PlanePositionVolumeSequence[0].ImagePositionVolume"
    assert found_by(volume_positions, ds) == [f"violation orientation {path}"] * is_wrong


def matrix(*values: float, kind: str = "RIGID") -> Dataset:
    """A registration with the upper left 3 x 3 values of a matrix."""
    rows = [[*values[at : at + 3], 0] for at in (0, 3, 6)]
    numbers = [number for row in rows for number in row] + [0, 0, 0, 1]
    item = dataset(
        FrameOfReferenceTransformationMatrix=numbers, FrameOfReferenceTransformationMatrixType=kind
    )
    matrices = dataset(MatrixSequence=[item])
    return dataset(RegistrationSequence=[dataset(MatrixRegistrationSequence=[matrices])])


@pytest.mark.parametrize(
    ("ds", "is_wrong"),
    [
        (matrix(0, 1, 0, -1, 0, 0, 0, 0, 1), False),
        (matrix(0.866, 0.5, 0, -0.5, 0.866, 0, 0, 0, 1), False),
        (matrix(2, 0, 0, 0, 2, 0, 0, 0, 2), True),
        (matrix(1, 0.5, 0, 0, 1, 0, 0, 0, 1), True),
        (matrix(2, 0, 0, 0, 2, 0, 0, 0, 2, kind="RIGID_SCALE"), False),
    ],
)
def test_a_rigid_transformation_does_not_scale(ds: Dataset, *, is_wrong: bool) -> None:
    assert len(found_by(transformations, ds)) == is_wrong


@pytest.mark.parametrize(
    ("directions", "is_wrong"),
    [([1, 0, 0, 0, -1, 0], False), ([1, 0, 0, 1, 0, 0], True), ([2, 0, 0, 0, 1, 0], True)],
)
def test_directions_on_a_slide_are_at_a_right_angle(
    directions: list[float], *, is_wrong: bool
) -> None:
    found = found_by(orientations, dataset(ImageOrientationSlide=directions))
    assert found == ["violation orientation ImageOrientationSlide"] * is_wrong


@pytest.mark.parametrize(("second", "notes"), [([1, 2], 0), ([1, 1], 1)])
def test_frames_of_the_same_indexes_are_noted(second: list[int], notes: int) -> None:
    contents = [dataset(DimensionIndexValues=values) for values in ([1, 1], second, second)]
    ds = dataset(
        DimensionIndexSequence=[Dataset(), Dataset()],
        PerFrameFunctionalGroupsSequence=[
            dataset(FrameContentSequence=[content]) for content in contents[: 2 + notes]
        ],
    )
    found = found_by(dimensions, ds)
    assert len(found) == notes
    assert all(each.startswith("note dimension") for each in found)


@pytest.mark.parametrize(
    ("directions", "is_wrong"), [([1, 0, 0, 0, 1, 0], False), ([0, 1, 0, 1, 0, 0], True)]
)
def test_planes_of_an_ultrasound_volume_have_one_direction(
    directions: list[float], *, is_wrong: bool
) -> None:
    ds = dataset(
        SOPClassUID="1.2.840.10008.5.1.4.1.1.6.2",
        SharedFunctionalGroupsSequence=[
            dataset(
                PlaneOrientationVolumeSequence=[
                    dataset(ImageOrientationVolume=[float(value) for value in directions])
                ]
            )
        ],
    )
    assert len(found_by(volume_positions, ds)) == is_wrong


@pytest.mark.parametrize(("scale", "is_wrong"), [(1, False), (2, True)])
def test_the_matrix_to_equipment_does_not_scale(scale: int, *, is_wrong: bool) -> None:
    matrix = [scale, 0, 0, 5, 0, 1, 0, 6, 0, 0, 1, 7, 0, 0, 0, 1]
    found = found_by(equipment_matrix, dataset(ImageToEquipmentMappingMatrix=matrix))
    assert found == ["violation orientation ImageToEquipmentMappingMatrix"] * is_wrong
