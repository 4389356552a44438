"""Contours of regions: how many points they need, and whether these lie in a plane."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from octome.conformance.check.consistency.disagreement import Disagreement
from octome.conformance.check.plane import thickness
from octome.dicom.data_set import DataSet
from octome.dicom.tag import TAG

# PS3.3 C.8.8.6.1: the types whose points lie in one plane, and the fewest points of each.
PLANAR = {"CLOSED_PLANAR": 3, "CLOSEDPLANAR_XOR": 3, "OPEN_PLANAR": 2}
FLAT_MM = 0.5  # across the plane, or 1 % of the extent: coordinates are rounded
FLAT_SHARE = 0.01
SECTION = "PS3.3 C.8.8.6.1"
Point = tuple[float, float, float]


def shape_of_contour(contour: DataSet, path: str) -> Iterator[Disagreement]:
    """A closed contour encloses an area, and a planar one lies in a plane (PS3.3 C.8.8.6.1)."""
    kind = contour.text(TAG.ContourGeometricType)
    least, stated = PLANAR.get(kind), contour.number(TAG.NumberOfContourPoints)
    if least is None or stated is None:
        return
    if stated < least:
        yield Disagreement(
            code="contour",
            outcome="warning",
            path=f"{path}.NumberOfContourPoints",
            message=f"it is {stated:g}, but a contour of type {kind} needs {least} points",
            fix="Write all points, or correct Contour Geometric Type",
            section=SECTION,
        )
        return
    points = _points(contour)
    apart = _thickness(points) if points else 0
    extent = max((max(c) - min(c) for c in zip(*points, strict=True)), default=0)
    if apart > max(FLAT_MM, FLAT_SHARE * extent):
        yield Disagreement(
            code="contour",
            path=f"{path}.ContourData",
            message=f"its points are {apart:.3g} mm apart across their plane, but it is {kind}",
            fix="Correct the points, or write a contour for each plane",
            section=SECTION,
        )


def _points(contour: DataSet) -> list[Point]:
    """The points; none if a coordinate cannot be read."""
    try:
        found = [float(text) for text in contour.raw(TAG.ContourData).strip(b" \0").split(b"\\")]
    except ValueError:
        return []
    return list(zip(found[::3], found[1::3], found[2::3], strict=False))


def _thickness(points: Sequence[Point]) -> float:
    """How far apart points are across the plane of all of them, in mm."""
    for axis in range(3):
        if len({point[axis] for point in points}) == 1:
            return 0  # the plane of most slices
    return thickness(points)[0]
