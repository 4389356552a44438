"""Primitives of a surface mesh."""

from __future__ import annotations

import struct

import pytest
from pydicom.dataset import Dataset
from small_instance import dataset, encoded, found_by

from octome.conformance.check.consistency.mesh import mesh_primitives


def listed(*numbers: int) -> bytes:
    return struct.pack(f"<{len(numbers)}I", *numbers)


def surface(**primitives: object) -> Dataset:
    """A surface of four points."""
    points = dataset(NumberOfSurfacePoints=4)
    one = dataset(
        SurfacePointsSequence=[points], SurfaceMeshPrimitivesSequence=[dataset(**primitives)]
    )
    return dataset(SurfaceSequence=[one])


PATH = "violation surfaces SurfaceSequence[0].SurfaceMeshPrimitivesSequence[0]."


@pytest.mark.parametrize(
    ("keyword", "numbers", "is_wrong"),
    [
        ("LongTrianglePointIndexList", (1, 2, 3, 2, 3, 4), False),
        ("LongTrianglePointIndexList", (1, 2, 3, 4), True),
        ("LongTrianglePointIndexList", (1, 2, 5), True),
        ("LongTrianglePointIndexList", (0, 1, 2), True),
        ("LongEdgePointIndexList", (1, 2, 2, 3), False),
        ("LongEdgePointIndexList", (1, 2, 3), True),
        ("LongVertexPointIndexList", (4,), False),
        ("LongVertexPointIndexList", (), False),
    ],
)
def test_a_list_has_whole_primitives_of_points_that_exist(
    keyword: str, numbers: tuple[int, ...], *, is_wrong: bool
) -> None:
    found = found_by(mesh_primitives, surface(**{keyword: listed(*numbers)}))
    assert found == [PATH + keyword] * is_wrong


@pytest.mark.parametrize(
    ("keyword", "numbers", "is_wrong"),
    [
        ("LineSequence", (1, 2), False),
        ("LineSequence", (1,), True),
        ("FacetSequence", (1, 2, 3, 4), False),
        ("FacetSequence", (1, 2), True),
        ("TriangleFanSequence", (1, 2, 9), True),
    ],
)
def test_a_primitive_of_its_own_has_enough_points(
    keyword: str, numbers: tuple[int, ...], *, is_wrong: bool
) -> None:
    item = dataset(LongPrimitivePointIndexList=listed(*numbers))
    found = found_by(mesh_primitives, surface(**{keyword: [item]}))
    assert found == [f"{PATH}{keyword}[0].LongPrimitivePointIndexList"] * is_wrong


def test_nothing_is_said_of_points_whose_number_is_not_known() -> None:
    ds = surface(LongTrianglePointIndexList=listed(1, 2, 9))
    del ds.SurfaceSequence[0].SurfacePointsSequence[0].NumberOfSurfacePoints
    assert found_by(mesh_primitives, ds) == []


def test_a_list_that_is_cut_off_is_not_counted() -> None:
    whole = encoded(surface(LongTrianglePointIndexList=listed(1, 2, 3)))
    assert found_by(mesh_primitives, whole[:-4]) == []
