"""Surfaces: their number, how they are numbered, and how many points they have."""

from __future__ import annotations

from collections.abc import Iterator

from octome.conformance.check.consistency.disagreement import Disagreement
from octome.conformance.check.consistency.point_index import length_of
from octome.dicom.part10 import Encoded
from octome.dicom.tag import TAG

BYTES_OF_A_POINT = 12  # three numbers of four bytes


def surfaces(encoded: Encoded) -> Iterator[Disagreement]:
    """Surfaces are counted, and numbered from 1 by 1 (PS3.3 C.27.1)."""
    ds = encoded.data_set
    found, stated = ds.items(TAG.SurfaceSequence), ds.number(TAG.NumberOfSurfaces)
    is_whole = ds.cut_at != TAG.SurfaceSequence
    if found and is_whole and stated is not None and stated != len(found):
        yield Disagreement(
            code="surfaces",
            fix="Set Number of Surfaces to the number of items",
            path="NumberOfSurfaces",
            message=f"it is {stated:,.10g}, but Surface Sequence has {len(found)} item"
            f"{'s' * (len(found) != 1)}",
            section="PS3.3 C.27.1",
        )
    for at, surface in enumerate(found):
        number = surface.number(TAG.SurfaceNumber)
        if number is not None and number != at + 1:
            yield Disagreement(
                code="surfaces",
                fix="Number the surfaces 1, 2, 3 in their order",
                path=f"SurfaceSequence[{at}].SurfaceNumber",
                message=f"it is {number:,.10g}, but surfaces are numbered from 1 by 1: {at + 1}",
                section="PS3.3 C.27.1",
            )


def surface_points(encoded: Encoded) -> Iterator[Disagreement]:
    """Point Coordinates Data has three coordinates for each point (PS3.3 C.27.2.1.1)."""
    for number, surface in enumerate(encoded.data_set.items(TAG.SurfaceSequence)):
        for at, points in enumerate(surface.items(TAG.SurfacePointsSequence)):
            count = points.number(TAG.NumberOfSurfacePoints)
            length = length_of(points, TAG.PointCoordinatesData)
            if count is None or not length or length == count * BYTES_OF_A_POINT:
                continue
            needed = int(count) * BYTES_OF_A_POINT
            yield Disagreement(
                code="surfaces",
                fix="Write all points, or correct Number of Surface Points",
                path=f"SurfaceSequence[{number}].SurfacePointsSequence[{at}].PointCoordinatesData",
                message=f"it has {length:,} bytes; {count:,.0f} points need {needed:,}",
                section="PS3.3 C.27.2.1.1",
            )
