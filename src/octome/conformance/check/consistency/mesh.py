"""Primitives of a surface mesh: edges, triangles and the like, made of points by their numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from octome.conformance.check.consistency.disagreement import Disagreement
from octome.conformance.check.consistency.point_index import outside, point_indices
from octome.dicom.data_set import DataSet
from octome.dicom.part10 import Encoded
from octome.dicom.tag import TAG

# Lists of primitives with the same number of points each.
LISTS = (
    (0x00660041, "LongTrianglePointIndexList", 3, "triangle"),
    (0x00660042, "LongEdgePointIndexList", 2, "edge"),
    (0x00660043, "LongVertexPointIndexList", 1, "vertex"),
)
# Sequences with an item for each primitive, and the fewest points of one.
SEQUENCES = (
    (0x00660026, "TriangleStripSequence", 3, "triangle strip"),
    (0x00660027, "TriangleFanSequence", 3, "triangle fan"),
    (0x00660028, "LineSequence", 2, "line"),
    (0x00660034, "FacetSequence", 3, "facet"),
)


class _Listed(NamedTuple):
    """A list of points: where it is, and how many points its primitives have."""

    ds: DataSet
    tag: int
    path: str
    of_each: int
    name: str
    is_one: bool


def mesh_primitives(encoded: Encoded) -> Iterator[Disagreement]:
    """Primitives are made of points that the surface has (PS3.3 C.27.1, C.27.2.1.1)."""
    for number, surface in enumerate(encoded.data_set.items(TAG.SurfaceSequence)):
        counts = [
            item.number(TAG.NumberOfSurfacePoints) or 0
            for item in surface.items(TAG.SurfacePointsSequence)
        ]
        points = int(sum(counts)) if all(counts) else 0
        for at, primitives in enumerate(surface.items(TAG.SurfaceMeshPrimitivesSequence)):
            path = f"SurfaceSequence[{number}].SurfaceMeshPrimitivesSequence[{at}]."
            for one in _lists(primitives, path):
                yield from _list(one, points)


def _lists(primitives: DataSet, path: str) -> Iterator[_Listed]:
    for tag, keyword, of_each, name in LISTS:
        yield _Listed(primitives, tag, path + keyword, of_each, name, is_one=False)
    for tag, keyword, least, name in SEQUENCES:
        for at, item in enumerate(primitives.items(tag)):
            inside = f"{path}{keyword}[{at}].LongPrimitivePointIndexList"
            yield _Listed(item, TAG.LongPrimitivePointIndexList, inside, least, name, is_one=True)


def _list(one: _Listed, points: int) -> Iterator[Disagreement]:
    found = point_indices(one.ds, one.tag)
    wrong = outside(found, points)
    if wrong is not None:
        yield Disagreement(
            code="surfaces",
            path=one.path,
            message=f"it refers to point {wrong:,}, but the surface has points 1 to {points:,}",
            fix="Number the points from 1, and refer only to points of the same surface",
            section="PS3.3 C.27.2.1.1",
        )
    is_short = len(found) < one.of_each if one.is_one else bool(len(found) % one.of_each)
    if found and is_short:
        yield Disagreement(
            code="surfaces",
            path=one.path,
            message=f"it has {len(found):,} points, but a {one.name} has "
            f"{'at least ' * one.is_one}{one.of_each}",
            fix=f"Write all points of each {one.name}",
            section="PS3.3 C.27.4.1",
        )
