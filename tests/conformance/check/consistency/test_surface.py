"""Surfaces: their number and how they are numbered."""

from __future__ import annotations

from pydicom.dataset import Dataset
from small_instance import dataset, encoded, found_by

from octome.conformance.check.checker import Checker
from octome.conformance.check.consistency.surface import surface_points, surfaces
from octome.dicom.part10 import Encoded, read_encoded


def encoded_surfaces(checker: Checker, *numbers: int, points: int = 1) -> Encoded:
    ds = Dataset()
    ds.SOPClassUID, ds.SOPInstanceUID = "1.2.840.10008.5.1.4.1.1.66.5", "2.25.1"
    ds.NumberOfSurfaces, ds.SurfaceSequence = len(numbers), []
    for number in numbers:
        surface, cloud = Dataset(), Dataset()
        cloud.NumberOfSurfacePoints, cloud.PointCoordinatesData = points, bytes(24)
        surface.SurfaceNumber, surface.SurfacePointsSequence = number, [cloud]
        ds.SurfaceSequence.append(surface)
    return read_encoded(encoded(ds), checker.book.dictionary.vr_of)


def test_surfaces_are_numbered_from_1_by_1(checker: Checker) -> None:
    assert list(surfaces(encoded_surfaces(checker, 1, 2))) == []
    [found] = surfaces(encoded_surfaces(checker, 1, 3))
    assert found.path == "SurfaceSequence[1].SurfaceNumber"


def test_a_point_has_twelve_bytes(checker: Checker) -> None:
    assert list(surface_points(encoded_surfaces(checker, 1, points=2))) == []
    [found] = surface_points(encoded_surfaces(checker, 1, points=3))
    assert found.message == "it has 24 bytes; 3 points need 36"


def test_what_is_cut_off_is_not_counted() -> None:
    points = dataset(NumberOfSurfacePoints=2, PointCoordinatesData=bytes(24))
    ds = dataset(NumberOfSurfaces=2, SurfaceSequence=[dataset(SurfacePointsSequence=[points])])
    whole = encoded(ds)
    assert found_by(surfaces, whole) == ["violation surfaces NumberOfSurfaces"]
    assert found_by(surfaces, whole[:-4]) == []
    assert found_by(surface_points, whole[:-4]) == []
