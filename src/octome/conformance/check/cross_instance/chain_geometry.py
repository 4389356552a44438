"""Rules for the place of derived instances: eye, size, spacing, directions, time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import dist, hypot

from octome.conformance.check.cross_instance.chain_slab import (
    C_8_17_14,
    segmented_volume,
    structural_volume,
)
from octome.conformance.check.cross_instance.chain_summary import ChainSummary
from octome.conformance.check.cross_instance.instance_finding import (
    InstanceFinding,
    InstanceFindings,
)
from octome.conformance.check.cross_instance.instance_summary import InstanceSummary
from octome.conformance.rules.sop_class import ENFACE, HEIGHT_MAP, OPT, OPTBSV, SURFACES

SHARE = 1e-2  # of a spacing: numbers that are written with fewer digits are still the same
TURN = 1e-2  # of unit vectors
TILT = 0.1  # of planes, sine of the angle
CORNER_PX = 1e-3
EYES = ("R", "L")
MM_OF = {("UCUM", "mm"): 1.0, ("UCUM", "um"): 1e-3}

Derived = Iterator[tuple[InstanceSummary, ChainSummary, InstanceSummary, ChainSummary]]


def same_eye(summaries: Sequence[InstanceSummary]) -> InstanceFindings:
    """A derived instance shows the eye of its source."""
    by_uid = {one.instance: one for one in summaries}
    for one in summaries:
        if one.chain is None:
            continue
        # Other instances may be named to compare both eyes.
        sources = [reference.instance for reference in one.references]
        sources += [one.chain.segmented[1], *(bound.instance for bound in one.chain.bounds)]
        for uid in dict.fromkeys(sources):
            other = by_uid.get(uid)
            if other is None or other.chain is None:
                continue
            own, theirs = one.chain.eye, other.chain.eye
            if own in EYES and theirs in EYES and own != theirs:
                yield InstanceFinding(
                    instance=one,
                    code="chain-eye",
                    path=one.chain.eye_path,
                    message=f"it is {own}, but {other.file}, which it comes from, shows {theirs}",
                    fix="State the eye that was scanned",
                    section=C_8_17_14,
                )


def same_frame_as_its_surfaces(summaries: Sequence[InstanceSummary]) -> InstanceFindings:
    """What an instance only refers to, as surfaces, has its Frame of Reference too."""
    by_uid = {one.instance: one for one in summaries}
    for one in summaries:
        if one.chain is None:
            continue
        named = [(bound.path, bound.instance) for bound in one.chain.bounds] + [one.chain.segmented]
        for path, uid in {uid: (path, uid) for path, uid in named}.values():
            other = by_uid.get(uid)
            if other is None or other.chain is None or not other.frame_of_reference:
                continue
            if other.frame_of_reference == one.frame_of_reference:
                continue
            yield InstanceFinding(
                instance=one,
                code="frame-of-reference",
                path="FrameOfReferenceUID",
                message=f"it is {one.frame_of_reference or '(none)'}, but {other.file}, named in "
                f"{path}, has {other.frame_of_reference}",
                fix="Use the Frame of Reference of what it refers to",
                section=C_8_17_14,
            )


def one_patient_per_frame_of_reference(summaries: Sequence[InstanceSummary]) -> InstanceFindings:
    """A Frame of Reference is that of one patient's tissue (PS3.3 C.7.4.1)."""
    first: dict[str, InstanceSummary] = {}
    for one in summaries:
        if one.chain is None or not one.frame_of_reference or not one.patient:
            continue
        other = first.setdefault(one.frame_of_reference, one)
        # Without an issuer, an identifier may be of any.
        other_issuer = bool(one.issuer and other.issuer) and one.issuer != other.issuer
        if (other.patient == one.patient and not other_issuer) or other.study == one.study:
            continue
        own, theirs = (
            f"{each.patient!r}" + (f" of {each.issuer!r}" if other_issuer else "")
            for each in (one, other)
        )
        yield InstanceFinding(
            instance=one,
            code="chain-patient",
            path="FrameOfReferenceUID",
            message=f"patient {own} has the Frame of Reference of {other.file}, of patient "
            f"{theirs}",
            fix="Give each patient's acquisition its own Frame of Reference",
            section="PS3.3 C.7.4.1",
            # Two issuers may know one patient.
            outcome="warning" if other_issuer else "violation",
        )


def size_of_the_source(summaries: Sequence[InstanceSummary]) -> InstanceFindings:
    """Rows and columns of a derived image are those that its source volume gives."""
    for one, own, other, theirs in _derived(summaries):
        if one.sop_class == OPTBSV:
            expected = {"NumberOfFrames": other.frames, "Rows": theirs.rows}
        else:
            expected = {"Rows": other.frames}
        expected["Columns"] = theirs.columns
        if _is_transposed(one, own, theirs):
            expected = {"Rows": theirs.columns, "Columns": other.frames}
        found = {"NumberOfFrames": one.frames, "Rows": own.rows, "Columns": own.columns}
        for keyword, number in expected.items():
            if found[keyword] != number:
                # A volume may hold the repeats of each B-scan; a map may be resampled.
                is_certain = one.sop_class == OPTBSV and keyword != "NumberOfFrames"
                yield InstanceFinding(
                    instance=one,
                    code="chain-size",
                    path=keyword,
                    message=f"it is {found[keyword]}, but {other.file} has {other.frames} frames "
                    f"of {theirs.rows} x {theirs.columns}",
                    fix="Keep the B-scans and A-scans of the volume, or name the one it is of",
                    section=CHAIN_SECTIONS[one.sop_class],
                    outcome="violation" if is_certain else "warning",
                )


def spacing_of_the_source(summaries: Sequence[InstanceSummary]) -> InstanceFindings:
    """Pixels of a derived image are as far apart as the B-scans and A-scans of its volume."""
    for one, own, other, theirs in _derived(summaries):
        if not own.spacing or not theirs.spacing:
            continue
        is_volume, pitch = one.sop_class == OPTBSV, _pitch(other)
        size = (other.frames, theirs.columns)
        expected = [theirs.spacing[0] if is_volume else pitch, theirs.spacing[1]]
        if _is_transposed(one, own, theirs):
            size, expected = size[::-1], expected[::-1]
        if not is_volume and (pitch is None or (own.rows, own.columns) != size):
            continue
        for at, (mm, found) in enumerate(zip(expected, own.spacing, strict=True)):
            if mm is not None and abs(mm - found) > SHARE * max(mm, found):
                yield InstanceFinding(
                    instance=one,
                    code="chain-spacing",
                    path="PixelSpacing",
                    message=f"{('rows', 'columns')[at]} are {found:.6g} mm apart, in {other.file} "
                    f"{mm:.6g} mm",
                    fix="State the distances of the volume",
                    section=CHAIN_SECTIONS[one.sop_class],
                    outcome="violation" if is_volume else "warning",
                )


def directions_of_the_source(summaries: Sequence[InstanceSummary]) -> InstanceFindings:
    """A derived image lies as its volume does: a volume alike, a map across its A-scans.

    A map may be shown the other way up, mirrored, turned or transposed.
    """
    for one, own, other, theirs in _derived(summaries):
        if not own.orientation or not theirs.orientation:
            continue
        expected, across = theirs.orientation, _across(other)
        if one.sop_class == OPTBSV:
            lies_alike = dist(own.orientation, expected) <= TURN
        elif across is None:
            continue
        else:
            depth = expected[3:]
            expected = (*expected[:3], *across)
            normal = _normal(own.orientation)
            # B-scans that follow the eye do not lie one behind the other.
            lies_alike = _is_parallel(normal, depth) or _is_parallel(normal, _normal(expected))
        if not lies_alike:
            shown = "\\".join(f"{value:.4g}" for value in expected)
            yield InstanceFinding(
                instance=one,
                code="chain-orientation",
                path="ImageOrientationPatient",
                message=f"{other.file} lies along {shown}",
                fix="State the directions of the volume",
                section=CHAIN_SECTIONS[one.sop_class],
            )


def height_of_a_row(summaries: Sequence[InstanceSummary]) -> InstanceFindings:
    """A height map's millimetres of a row are those of the volume that was segmented."""
    mapping = "SharedFunctionalGroupsSequence[0].RealWorldValueMappingSequence[0]"
    for one, own, other, theirs in _derived(summaries):
        if one.sop_class != HEIGHT_MAP or own.row_height is None or not theirs.spacing:
            continue
        scheme, unit = own.row_unit
        mm = MM_OF.get(own.row_unit)
        if mm is None:
            yield InstanceFinding(
                instance=one,
                code="height-scale",
                path=f"{mapping}.MeasurementUnitsCodeSequence",
                message=f"rows of {other.file} are {theirs.spacing[0]:.6g} mm high; its unit is "
                + (f"({unit}, {scheme})" if unit else "not stated"),
                fix="State the height of a row in mm",
                section=CHAIN_SECTIONS[HEIGHT_MAP],
                outcome="undecided",
            )
        elif abs(own.row_height * mm - theirs.spacing[0]) > SHARE * theirs.spacing[0]:
            yield InstanceFinding(
                instance=one,
                code="height-scale",
                path=f"{mapping}.RealWorldValueSlope",
                message=f"it is {own.row_height:.6g} {unit}, but rows of {other.file} are "
                f"{theirs.spacing[0] / mm:.6g} {unit} high",
                fix="Use the distance between the rows of the volume",
                section=CHAIN_SECTIONS[HEIGHT_MAP],
                outcome="warning",
            )


def corners_on_the_localizer(summaries: Sequence[InstanceSummary]) -> InstanceFindings:
    """The corners of an en face image lie on its localizer."""
    by_uid = {one.instance: one for one in summaries}
    for one in summaries:
        localizer = one.chain.localizer if one.chain else None
        other = by_uid.get(localizer.instance) if localizer else None
        if localizer is None or other is None or other.chain is None or not localizer.corners:
            continue
        size = (other.chain.rows, other.chain.columns) * 2
        if not all(
            -CORNER_PX <= corner <= length + CORNER_PX
            for corner, length in zip(localizer.corners, size, strict=True)
        ):
            yield InstanceFinding(
                instance=one,
                code="localizer",
                path=f"{localizer.path}.ReferenceCoordinates",
                message=f"corners lie outside of the {size[0]} x {size[1]} pixels of {other.file}",
                fix="State row and column of the corners on the localizer",
                section="PS3.3 C.8.17.10",
                # A scan may be wider than its localizer.
                outcome="warning",
            )


def created_after_the_scan(summaries: Sequence[InstanceSummary]) -> InstanceFindings:
    """A derived instance is not older than the acquisition that it is derived from.

    In UTC; without it, times may be of two zones, and are compared only if both lack it.
    """
    by_uid = {one.instance: one for one in summaries}
    for one in summaries:
        if one.chain is None or one.sop_class == OPT:
            continue
        other = (
            segmented_volume(one, by_uid)
            if one.sop_class == SURFACES
            else structural_volume(one, by_uid)
        )
        if other is None or other.chain is None:
            continue
        own, acquired = one.chain.content, other.chain.acquired
        if own is None or acquired is None or (own.tzinfo is None) != (acquired.tzinfo is None):
            continue
        if own < acquired:
            yield InstanceFinding(
                instance=one,
                code="chain-time",
                path="ContentDate" if own.date() < acquired.date() else "ContentTime",
                message=f"it was created at {own}, before {other.file} was acquired ({acquired})",
                fix="Correct the date and time, or the offset from UTC",
                section=C_8_17_14,
                # Clocks of two machines differ.
                outcome="warning",
            )


CHAIN_SECTIONS = {
    OPTBSV: "PS3.3 A.84.3.2.1.1",
    ENFACE: "PS3.3 C.8.17.14",
    HEIGHT_MAP: "PS3.3 C.8.20.5",
}


def _derived(summaries: Sequence[InstanceSummary]) -> Derived:
    """Each image on the grid of a structural volume, with that volume if it is here."""
    by_uid = {one.instance: one for one in summaries}
    for one in summaries:
        other = structural_volume(one, by_uid) if one.sop_class in CHAIN_SECTIONS else None
        if one.chain is not None and other is not None and other.chain is not None:
            yield one, one.chain, other, other.chain


def _is_transposed(one: InstanceSummary, own: ChainSummary, theirs: ChainSummary) -> bool:
    """Whether rows of a map run along the B-scans' stack, not along the A-scans."""
    if one.sop_class == OPTBSV or not own.orientation or not theirs.orientation:
        return False
    along = _dot(own.orientation[:3], theirs.orientation[:3])
    return abs(along) < abs(_dot(own.orientation[3:], theirs.orientation[:3]))


def _dot(one: Sequence[float], other: Sequence[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))


def _normal(orientation: Sequence[float]) -> tuple[float, ...]:
    (a, b, c), (d, e, f) = orientation[:3], orientation[3:]
    return (b * f - c * e, c * d - a * f, a * e - b * d)


def _is_parallel(one: Sequence[float], other: Sequence[float]) -> bool:
    """Whether two directions are the same or opposite."""
    length = hypot(*one) * hypot(*other)
    return length > 0 and hypot(*_normal((*one, *other))) <= TILT * length


def _stack(one: InstanceSummary) -> tuple[tuple[float, ...], float] | None:
    """From the first frame to the last, and its length; None if it is unknown."""
    placed = one.positions
    if len(placed) < 2 or not placed[0] or not placed[-1]:
        return None
    way = tuple(b - a for a, b in zip(placed[0], placed[-1], strict=True))
    length = dist(placed[0], placed[-1])
    return (way, length) if length else None


def _pitch(one: InstanceSummary) -> float | None:
    """The distance between neighbouring frames, if all have the same."""
    stack = _stack(one)
    return None if stack is None else stack[1] / (len(one.positions) - 1)


def _across(one: InstanceSummary) -> tuple[float, ...] | None:
    stack = _stack(one)
    return None if stack is None else tuple(value / stack[1] for value in stack[0])
