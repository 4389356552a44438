"""Contours: enough points, in one plane."""

from __future__ import annotations

import pytest
from small_instance import dataset, found_by

from octome.conformance.check.consistency.radiotherapy import contours

PATH = "ROIContourSequence[0].ContourSequence[0]"
SLANTED = [0, 0, 0, 10, 0, 10, 10, 10, 10, 0, 10, 0]


@pytest.mark.parametrize(
    ("kind", "coordinates", "expected"),
    [
        ("CLOSED_PLANAR", [0, 0, 5, 9, 0, 5, 9, 9, 5], []),
        ("CLOSED_PLANAR", SLANTED, []),
        ("CLOSED_PLANAR", [*SLANTED[:-1], 0.2], []),  # rounded
        ("CLOSED_PLANAR", [*SLANTED[:-1], 9], [f"violation contour {PATH}.ContourData"]),
        ("OPEN_PLANAR", [*SLANTED[:-1], 9], [f"violation contour {PATH}.ContourData"]),
        ("OPEN_NONPLANAR", [*SLANTED[:-1], 9], []),
        ("OPEN_PLANAR", [0, 0, 0, 1, 1, 1], []),
        ("CLOSED_PLANAR", [0, 0, 0, 1, 1, 1], [f"warning contour {PATH}.NumberOfContourPoints"]),
        ("CLOSED_PLANAR", [0, 0, 0, 1, 1, 1, 2, 2, 2], []),  # on a line: in some plane
    ],
)
def test_a_planar_contour_lies_in_a_plane(
    kind: str, coordinates: list[float], expected: list[str]
) -> None:
    contour = dataset(
        ContourGeometricType=kind,
        NumberOfContourPoints=len(coordinates) // 3,
        ContourData=coordinates,
    )
    ds = dataset(ROIContourSequence=[dataset(ContourSequence=[contour])])
    assert found_by(contours, ds) == expected
