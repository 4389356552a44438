"""Calibrated regions of ultrasound."""

from __future__ import annotations

from collections.abc import Iterator

from octome.conformance.check.consistency.disagreement import Disagreement
from octome.conformance.check.finding import Outcome
from octome.dicom.data_set import DataSet
from octome.dicom.part10 import Encoded
from octome.dicom.tag import TAG

SECTION = "PS3.3 C.8.5.5.1"
NO_UNITS = 0
EDGES = (
    (TAG.RegionLocationMinX0, TAG.RegionLocationMaxX1, "RegionLocationMaxX1", TAG.Columns),
    (TAG.RegionLocationMinY0, TAG.RegionLocationMaxY1, "RegionLocationMaxY1", TAG.Rows),
)


def ultrasound_regions(encoded: Encoded) -> Iterator[Disagreement]:
    """Regions lie in the image and have a scale (PS3.3 C.8.5.5)."""
    root = encoded.data_set
    for at, region in enumerate(root.items(TAG.SequenceOfUltrasoundRegions)):
        path = f"SequenceOfUltrasoundRegions[{at}]."
        yield from _edges(root, region, path)
        for tag, keyword, units in (
            (TAG.PhysicalDeltaX, "PhysicalDeltaX", TAG.PhysicalUnitsXDirection),
            (TAG.PhysicalDeltaY, "PhysicalDeltaY", TAG.PhysicalUnitsYDirection),
        ):
            if region.number(tag) == 0 and region.number(units) != NO_UNITS:
                yield Disagreement(
                    code="region",
                    path=path + keyword,
                    message="it is 0: all pixels of the region would be in one place",
                    fix="Write the distance between pixels, or remove the region",
                    section=SECTION,
                    outcome="warning",
                )


def _edges(root: DataSet, region: DataSet, path: str) -> Iterator[Disagreement]:
    for of_first, of_last, keyword, of_size in EDGES:
        first, last, size = region.number(of_first), region.number(of_last), root.number(of_size)
        if first is None or last is None:
            continue
        if first > last:
            yield Disagreement(
                code="region",
                path=path + keyword,
                message=f"it is {last:,.10g}, but the region begins at {first:,.10g}",
                fix="Correct the edges of the region",
                section=SECTION,
            )
        elif size and last >= size:
            outcome: Outcome = "warning" if last == size else "violation"  # counted from 1
            yield Disagreement(
                code="region",
                path=path + keyword,
                message=f"it is {last:,.10g}, but the last pixel of the image is {size - 1:,.10g}",
                fix="End the region at the last pixel, counted from 0",
                section=SECTION,
                outcome=outcome,
            )
