"""Radiotherapy: regions and contours, dose planes, beams and control points."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from octome.conformance.check.consistency.contour import shape_of_contour
from octome.conformance.check.consistency.disagreement import Disagreement
from octome.dicom.data_set import DataSet
from octome.dicom.part10 import Encoded
from octome.dicom.tag import TAG

# What counts the items of what, in a fraction group and in a beam (PS3.3 C.8.8.13, 14 and 25).
OF_FRACTIONS = (
    (TAG.NumberOfBeams, "NumberOfBeams", TAG.ReferencedBeamSequence),
    (
        TAG.NumberOfBrachyApplicationSetups,
        "NumberOfBrachyApplicationSetups",
        TAG.ReferencedBrachyApplicationSetupSequence,
    ),
)
OF_BEAMS = (
    (TAG.NumberOfWedges, "NumberOfWedges", TAG.WedgeSequence),
    (TAG.NumberOfBlocks, "NumberOfBlocks", TAG.BlockSequence),
    (TAG.NumberOfCompensators, "NumberOfCompensators", TAG.CompensatorSequence),
    (TAG.NumberOfBoli, "NumberOfBoli", TAG.ReferencedBolusSequence),
    (TAG.NumberOfControlPoints, "NumberOfControlPoints", TAG.ControlPointSequence),
)
OF_ION_BEAMS = (
    (TAG.NumberOfWedges, "NumberOfWedges", TAG.IonWedgeSequence),
    (TAG.NumberOfBlocks, "NumberOfBlocks", TAG.IonBlockSequence),
    (TAG.NumberOfControlPoints, "NumberOfControlPoints", TAG.IonControlPointSequence),
)
# Each sequence whose items state how many items they have, and where it is defined.
Counts = tuple[tuple[int, str, int], ...]
COUNTED: tuple[tuple[int, str, Counts, str], ...] = (
    (TAG.FractionGroupSequence, "FractionGroupSequence", OF_FRACTIONS, "PS3.3 C.8.8.13"),
    (TAG.BeamSequence, "BeamSequence", OF_BEAMS, "PS3.3 C.8.8.14"),
    (TAG.IonBeamSequence, "IonBeamSequence", OF_ION_BEAMS, "PS3.3 C.8.8.25"),
)


def regions_of_interest(encoded: Encoded) -> Iterator[Disagreement]:
    """Regions have their own numbers, and what refers to one finds it (PS3.3 C.8.8.5, 6 and 8)."""
    ds = encoded.data_set
    regions = ds.items(TAG.StructureSetROISequence)
    numbers = Counter(region.text(TAG.ROINumber) for region in regions)
    for at, region in enumerate(regions):
        number = region.text(TAG.ROINumber)
        if number and numbers[number] > 1:
            yield Disagreement(
                code="region-of-interest",
                path=f"StructureSetROISequence[{at}].ROINumber",
                message=f"{number} is the number of {numbers[number]} regions",
                fix="Give each region a number of its own",
                section="PS3.3 C.8.8.5",
            )
            numbers[number] = 1  # reported
    for tag, keyword, section in (
        (TAG.ROIContourSequence, "ROIContourSequence", "PS3.3 C.8.8.6"),
        (TAG.RTROIObservationsSequence, "RTROIObservationsSequence", "PS3.3 C.8.8.8"),
    ):
        for at, item in enumerate(ds.items(tag) if numbers else ()):
            number = item.text(TAG.ReferencedROINumber)
            if number and number not in numbers:
                yield Disagreement(
                    code="region-of-interest",
                    path=f"{keyword}[{at}].ReferencedROINumber",
                    message=f"it is {number}, but Structure Set ROI Sequence has no such region",
                    fix="Correct the number, or add the region",
                    section=section,
                )


def contours(encoded: Encoded) -> Iterator[Disagreement]:
    """A contour has three coordinates for each of its points (PS3.3 C.8.8.6)."""
    for number, region in enumerate(encoded.data_set.items(TAG.ROIContourSequence)):
        for at, contour in enumerate(region.items(TAG.ContourSequence)):
            stated = contour.number(TAG.NumberOfContourPoints)
            element = contour.get(TAG.ContourData)
            # Only a backslash can be between two numbers: to count them is enough.
            found = contour.separators(TAG.ContourData) + 1 if element else 0
            if stated is None or element is None or not element.length:
                continue
            kind = contour.text(TAG.ContourGeometricType)
            if kind == "POINT" and stated != 1:
                yield Disagreement(
                    code="contour",
                    path=f"ROIContourSequence[{number}].ContourSequence[{at}].NumberOfContourPoints",
                    message=f"it is {stated:g}, but a contour of type POINT has 1",
                    fix="Correct Contour Geometric Type, or write each point as one contour",
                    section="PS3.3 C.8.8.6",
                )
            if found == 3 * stated:
                yield from shape_of_contour(
                    contour, f"ROIContourSequence[{number}].ContourSequence[{at}]"
                )
                continue
            yield Disagreement(
                code="contour",
                path=f"ROIContourSequence[{number}].ContourSequence[{at}].ContourData",
                message=f"it has {found} coordinates, but {stated:g} points have {3 * stated:g}",
                fix="Correct Number of Contour Points, or the points",
                section="PS3.3 C.8.8.6",
            )


def counts_in_plans(encoded: Encoded) -> Iterator[Disagreement]:
    """The counts in a plan are those of the items that it has (PS3.3 C.8.8.13, 14 and 25)."""
    for tag, keyword, counts, section in COUNTED:
        for at, item in enumerate(encoded.data_set.items(tag)):
            for of_count, name, of_items in counts:
                stated, found = item.number(of_count), len(item.items(of_items))
                if stated is not None and stated != found:
                    yield Disagreement(
                        code="count",
                        path=f"{keyword}[{at}].{name}",
                        message=f"it is {stated:g}, but there are {found}",
                        fix="Correct the number, or add what is missing",
                        section=section,
                    )


def referenced_beams(encoded: Encoded) -> Iterator[Disagreement]:
    """Beams have their own numbers, and a fraction group refers to beams that exist."""
    ds = encoded.data_set
    beams = [*ds.items(TAG.BeamSequence), *ds.items(TAG.IonBeamSequence)]
    numbers = {beam.text(TAG.BeamNumber) for beam in beams}
    for number, fraction in enumerate(ds.items(TAG.FractionGroupSequence) if beams else ()):
        for at, item in enumerate(fraction.items(TAG.ReferencedBeamSequence)):
            beam = item.text(TAG.ReferencedBeamNumber)
            if beam and beam not in numbers:
                yield Disagreement(
                    code="beam",
                    path=f"FractionGroupSequence[{number}].ReferencedBeamSequence[{at}]"
                    ".ReferencedBeamNumber",
                    message=f"it is {beam}, but the plan has no such beam",
                    fix="Correct the number, or add the beam",
                    section="PS3.3 C.8.8.13",
                )


def control_points(encoded: Encoded) -> Iterator[Disagreement]:
    """Control points are numbered from 0 by 1, and their meterset rises (PS3.3 C.8.8.14, 25)."""
    ds = encoded.data_set
    for keyword, tag, points in (
        ("BeamSequence", TAG.BeamSequence, TAG.ControlPointSequence),
        ("IonBeamSequence", TAG.IonBeamSequence, TAG.IonControlPointSequence),
    ):
        name = "IonControlPointSequence" if "Ion" in keyword else "ControlPointSequence"
        section = "PS3.3 C.8.8.25" if "Ion" in keyword else "PS3.3 C.8.8.14"
        for at, beam in enumerate(ds.items(tag)):
            wrong = _first_misnumbered(beam.items(points))
            if wrong is not None:
                yield Disagreement(
                    code="control-point",
                    path=f"{keyword}[{at}].{name}[{wrong}].ControlPointIndex",
                    message=f"it is not {wrong}: control points are numbered from 0 by 1",
                    fix="Number the control points in their order",
                    section=section,
                )
            lower = _first_lower(beam.items(points))
            if lower is not None:
                yield Disagreement(
                    code="control-point",
                    path=f"{keyword}[{at}].{name}[{lower}].CumulativeMetersetWeight",
                    message="it is less than that of the control point before",
                    fix="Write the sum of the weights up to each control point",
                    section=section,
                )


def _first_misnumbered(points: Sequence[DataSet]) -> int | None:
    for at, point in enumerate(points):
        index = point.number(TAG.ControlPointIndex)
        if index is not None and index != at:
            return at
    return None


def _first_lower(points: Sequence[DataSet]) -> int | None:
    last = 0.0
    for at, point in enumerate(points):
        weight = point.number(TAG.CumulativeMetersetWeight)
        if weight is not None and weight < last:
            return at
        last = last if weight is None else weight
    return None


def frames_of_regions(encoded: Encoded) -> Iterator[Disagreement]:
    """A region is in a frame of reference that the structure set lists (PS3.3 C.8.8.5)."""
    ds = encoded.data_set
    listed = {
        item.text(TAG.FrameOfReferenceUID)
        for item in ds.items(TAG.ReferencedFrameOfReferenceSequence)
    }
    for at, region in enumerate(ds.items(TAG.StructureSetROISequence) if listed else ()):
        uid = region.text(TAG.ReferencedFrameOfReferenceUID)
        if uid and uid not in listed:
            yield Disagreement(
                code="region-of-interest",
                path=f"StructureSetROISequence[{at}].ReferencedFrameOfReferenceUID",
                message=f"{uid} is not in Referenced Frame of Reference Sequence",
                fix="List the frame of reference, or correct the UID",
                section="PS3.3 C.8.8.5",
            )


def dose_planes(encoded: Encoded) -> Iterator[Disagreement]:
    """The planes of a dose are in the order of their offsets (PS3.3 C.8.8.3.2)."""
    ds = encoded.data_set
    count = ds.count(TAG.GridFrameOffsetVector)
    offsets = [ds.number(TAG.GridFrameOffsetVector, at) for at in range(count)]
    steps = [b - a for a, b in pairwise(offsets) if a is not None and b is not None]
    if any(steps) and not (all(step > 0 for step in steps) or all(step < 0 for step in steps)):
        yield Disagreement(
            code="range",
            path="GridFrameOffsetVector",
            message="its offsets neither rise nor fall throughout",
            fix="Write the planes in the order of their offsets, each once",
            section="PS3.3 C.8.8.3.2",
        )


def leaf_positions(encoded: Encoded) -> Iterator[Disagreement]:
    """A pair of leaves or jaws has two positions (PS3.3 C.8.8.14, 25)."""
    ds = encoded.data_set
    for sequence, keyword, devices, points, name in (
        (
            TAG.BeamSequence,
            "BeamSequence",
            TAG.BeamLimitingDeviceSequence,
            TAG.ControlPointSequence,
            "ControlPointSequence",
        ),
        (
            TAG.IonBeamSequence,
            "IonBeamSequence",
            TAG.IonBeamLimitingDeviceSequence,
            TAG.IonControlPointSequence,
            "IonControlPointSequence",
        ),
    ):
        for number, beam in enumerate(ds.items(sequence)):
            pairs = _pairs(beam.items(devices))
            for at, point in enumerate(beam.items(points)):
                for nth, place in enumerate(point.items(TAG.BeamLimitingDevicePositionSequence)):
                    counts = pairs.get(place.text(TAG.RTBeamLimitingDeviceType), set())
                    found = place.count(TAG.LeafJawPositions)
                    if not counts or None in counts or not found or found / 2 in counts:
                        continue
                    count = max(one for one in counts if one is not None)
                    yield Disagreement(
                        code="count",
                        path=f"{keyword}[{number}].{name}[{at}].BeamLimitingDevicePositionSequence"
                        f"[{nth}].LeafJawPositions",
                        message=f"it has {found} positions, but {count:g} pairs have {2 * count:g}",
                        fix="Write both positions of each pair, or correct the number of pairs",
                        section="PS3.3 C.8.8.25" if "Ion" in keyword else "PS3.3 C.8.8.14",
                    )
                    return


def _pairs(devices: Sequence[DataSet]) -> dict[str, set[float | None]]:
    """The numbers of pairs of each type of device; a beam may have two devices of one type."""
    found: dict[str, set[float | None]] = {}
    for device in devices:
        kind = device.text(TAG.RTBeamLimitingDeviceType)
        found.setdefault(kind, set()).add(device.number(TAG.NumberOfLeafJawPairs))
    return found
