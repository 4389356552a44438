"""Surfaces as meshes: their rows come back, and meshes that are unusable are refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pydicom
import pytest
from changed_instance import changed, refusal
from pydicom.dataset import Dataset
from pydicom.uid import UID

from octome.errors import (
    InstancesDisagree,
    MissingFact,
)
from octome.instances.composite import (
    Reference,
    Series,
)
from octome.instances.grid import Grid
from octome.instances.instance_kind import STRUCTURE
from octome.instances.surface_segmentation import read_surface_segmentation, surface_segmentation


def test_meshes_give_their_rows_back(tiny, tiny_files: dict[str, Path]) -> None:
    maps = read_surface_segmentation(tiny_files["surfaces"]).maps(tiny.grid)
    for name, rows in tiny.rows.items():
        # float32 millimetres: a few parts in ten million of the depth.
        np.testing.assert_allclose(maps[name], rows, atol=2e-5)


def test_a_mesh_of_another_grid_is_interpolated(tiny, tiny_files: dict[str, Path]) -> None:
    stored = read_surface_segmentation(tiny_files["surfaces"])
    coarse = Grid(
        shape=(2, 24, 5),
        geometry=tiny.grid.geometry,
        origin=tuple(tiny.grid.positions()[1] + [0.004, 0.0, 0.0]),
    )
    rows = stored.maps(coarse)["ILM"]
    share = 0.004 / tiny.grid.geometry.ascan_mm
    between = (1 - share) * tiny.rows["ILM"][1:3, :5] + share * tiny.rows["ILM"][1:3, 1:6]
    np.testing.assert_allclose(rows, between, atol=1e-4)


def test_surfaces_outside_the_volume_are_an_error(tiny, tiny_files) -> None:
    elsewhere = Grid(shape=tiny.grid.shape, geometry=tiny.grid.geometry, origin=(50.0, 0.0, 0.0))
    with pytest.raises(InstancesDisagree, match="no point of the surface ILM lies in the volume"):
        read_surface_segmentation(tiny_files["surfaces"]).maps(elsewhere)


def test_a_missing_surface_is_named(tiny_files: dict[str, Path], tmp_path: Path) -> None:
    def change(ds: Dataset) -> None:
        ds.SegmentSequence[1].ReferencedSurfaceSequence[0].ReferencedSurfaceNumber = 7

    path = changed(tiny_files["surfaces"], tmp_path / "it.dcm", change)
    message = refusal(lambda: read_surface_segmentation(path), names=path)
    assert "it refers to surface 7, which it does not have" in message


def test_points_that_are_not_numbers_are_refused(
    tiny_files: dict[str, Path], tmp_path: Path
) -> None:
    def change(ds: Dataset) -> None:
        place = ds.SurfaceSequence[0].SurfacePointsSequence[0]
        place.PointCoordinatesData = b"\xff" * len(place.PointCoordinatesData)

    path = changed(tiny_files["surfaces"], tmp_path / "it.dcm", change)
    message = refusal(lambda: read_surface_segmentation(path), names=path)
    assert "surface 1 has points that are not numbers" in message


def test_more_points_than_there_are_bytes_are_refused(
    tiny_files: dict[str, Path], tmp_path: Path
) -> None:
    def change(ds: Dataset) -> None:
        ds.SurfaceSequence[0].SurfacePointsSequence[0].NumberOfSurfacePoints = 0xFFFFFFFF

    path = changed(tiny_files["surfaces"], tmp_path / "it.dcm", change)
    message = refusal(lambda: read_surface_segmentation(path), names=path)
    assert "surface 1 states 4294967295 points and has 480 bytes of them" in message


def test_the_triangles_of_a_mesh_are_not_needed(
    tiny, tiny_files: dict[str, Path], tmp_path: Path
) -> None:
    def change(ds: Dataset) -> None:
        mesh = ds.SurfaceSequence[0].SurfaceMeshPrimitivesSequence[0]
        mesh.LongTrianglePointIndexList = b"\xff" * 12

    path = changed(tiny_files["surfaces"], tmp_path / "it.dcm", change)
    rows = read_surface_segmentation(path).maps(tiny.grid)["ILM"]
    np.testing.assert_allclose(rows, tiny.rows["ILM"], atol=2e-5)


def test_points_on_one_line_give_no_surface_between_them(
    tiny, tiny_files: dict[str, Path], tmp_path: Path
) -> None:
    def change(ds: Dataset) -> None:
        place = ds.SurfaceSequence[0].SurfacePointsSequence[0]
        points = np.frombuffer(place.PointCoordinatesData, "<f4").reshape(-1, 3).copy()
        points[:, 0] = 0.001  # between two A-scans
        place.PointCoordinatesData = points.tobytes()

    path = changed(tiny_files["surfaces"], tmp_path / "it.dcm", change)
    stored = read_surface_segmentation(path)
    message = refusal(lambda: stored.maps(tiny.grid), names=path)
    assert "the points of the surface ILM lie on one line" in message


def test_triangles_join_neighbours_where_there_is_a_surface(tiny_files) -> None:
    instance = pydicom.dcmread(tiny_files["surfaces"])
    counts = [
        len(item.SurfaceMeshPrimitivesSequence[0].LongTrianglePointIndexList) // 12
        for item in instance.SurfaceSequence
    ]
    # Two triangles for each of 3 x 9 squares. The lower surface lacks two neighbouring points: six
    # triangles meet at each, two of them at both.
    assert counts == [54, 54 - 10]
    assert [item.SegmentLabel for item in instance.SegmentSequence] == ["ILM", "IPL"]


def test_triangles_face_the_vitreous(tiny, tiny_files) -> None:
    surface = pydicom.dcmread(tiny_files["surfaces"]).SurfaceSequence[0]
    place = surface.SurfacePointsSequence[0]
    points = np.frombuffer(place.PointCoordinatesData, "<f4").reshape(-1, 3).astype(float)
    mesh = surface.SurfaceMeshPrimitivesSequence[0]
    corners = points[np.frombuffer(mesh.LongTrianglePointIndexList, "<u4").reshape(-1, 3) - 1]
    normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    # PS3.3 C.27.1.1.4: counter-clockwise seen from outside, here from above.
    assert (normals @ np.array(tiny.grid.down) < 0).all()


def test_no_surface_at_all_is_an_error(tiny) -> None:
    nothing = {"ILM": np.full((4, 10), np.nan, np.float32)}
    reference = Reference(STRUCTURE.sop_class, UID("1.2.3"), UID("1.2.4"))
    with pytest.raises(MissingFact, match="no surface to write"):
        surface_segmentation(
            nothing,
            tiny.grid,
            tiny.exam,
            Series(number=4),
            structure=reference,
            method=("graph search", {}),
        )
