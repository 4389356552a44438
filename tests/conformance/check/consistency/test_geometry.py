"""Directions and dimensions."""

from __future__ import annotations

import pytest
from pydicom.dataset import Dataset
from small_instance import WrongIn


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
