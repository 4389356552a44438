"""Optical paths of a microscope, and tiles of a slide."""

from __future__ import annotations

import pytest
from pydicom.dataset import Dataset
from small_instance import dataset, found_by

from octome.conformance.check.consistency.optical_path import (
    number_of_optical_paths,
    optical_paths,
    sparse_tiles,
    tile_positions,
)


def with_paths(*names: str, used: str = "1") -> Dataset:
    """Optical paths, and a frame that names one."""
    use = dataset(OpticalPathIdentificationSequence=[dataset(OpticalPathIdentifier=used)])
    return dataset(
        OpticalPathSequence=[dataset(OpticalPathIdentifier=name) for name in names],
        PerFrameFunctionalGroupsSequence=[use, use],
    )


def test_a_frame_names_an_optical_path_that_exists() -> None:
    assert found_by(optical_paths, with_paths("1", "2")) == []
    path = (
        "PerFrameFunctionalGroupsSequence[0].OpticalPathIdentificationSequence[0]"
        ".OpticalPathIdentifier"
    )
    ds = with_paths("1", "2", used="3")
    assert found_by(optical_paths, ds) == [f"violation optical-path {path}"]


def test_optical_paths_have_identifiers_of_their_own() -> None:
    path = "OpticalPathSequence[0].OpticalPathIdentifier"
    assert found_by(optical_paths, with_paths("1", "1")) == [f"violation optical-path {path}"]


@pytest.mark.parametrize(("number", "is_wrong"), [(1, True), (2, False)])
def test_the_number_of_optical_paths(number: int, is_wrong: bool) -> None:
    ds = with_paths("1", "2")
    ds.NumberOfOpticalPaths = number
    wrong = found_by(number_of_optical_paths, ds)
    assert wrong == ["violation count NumberOfOpticalPaths"] * is_wrong


@pytest.mark.parametrize(
    ("column", "is_wrong"), [(1, False), (97, False), (100, False), (101, True), (-10, True)]
)
def test_a_tile_is_in_the_whole_image(column: int, is_wrong: bool) -> None:
    place = dataset(
        ColumnPositionInTotalImagePixelMatrix=column, RowPositionInTotalImagePixelMatrix=1
    )
    ds = dataset(
        Rows=8,
        Columns=8,
        TotalPixelMatrixColumns=100,
        TotalPixelMatrixRows=50,
        PerFrameFunctionalGroupsSequence=[dataset(PlanePositionSlideSequence=[place])],
    )
    path = (
        "PerFrameFunctionalGroupsSequence[0].PlanePositionSlideSequence[0]"
        ".ColumnPositionInTotalImagePixelMatrix"
    )
    assert found_by(tile_positions, ds) == [f"violation tiles {path}"] * is_wrong


@pytest.mark.parametrize(("kind", "is_wrong"), [("TILED_SPARSE", True), ("TILED_FULL", False)])
def test_a_tile_of_a_sparse_set_states_its_position(kind: str, *, is_wrong: bool) -> None:
    ds = dataset(
        SOPClassUID="1.2.840.10008.5.1.4.1.1.77.1.6",
        DimensionOrganizationType=kind,
        PerFrameFunctionalGroupsSequence=[Dataset()],
    )
    path = "PerFrameFunctionalGroupsSequence[0].PlanePositionSlideSequence"
    assert found_by(sparse_tiles, ds) == [f"violation group-missing {path}"] * is_wrong


@pytest.mark.parametrize(("paths", "is_wrong"), [(1, False), (2, True)])
def test_an_image_of_one_frame_has_one_path(paths: int, *, is_wrong: bool) -> None:
    ds = dataset(SOPClassUID="1.2.840.10008.5.1.4.1.1.77.1.2")
    ds.OpticalPathSequence = [dataset(OpticalPathIdentifier=str(at)) for at in range(paths)]
    found = found_by(number_of_optical_paths, ds)
    assert found == ["violation count OpticalPathSequence"] * is_wrong
