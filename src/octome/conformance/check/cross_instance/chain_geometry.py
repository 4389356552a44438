"""Rules for the place of derived instances: eye, size, spacing, directions, time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import dist

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

SHARE = 1e-3  # of a spacing: numbers that are written with fewer digits are still the same
TURN = 1e-3  # of unit vectors
CORNER_PX = 1e-3
DIGITS = len("20260131140500")

Derived = Iterator[tuple[InstanceSummary, ChainSummary, InstanceSummary, ChainSummary]]


def same_eye(summaries: Sequence[InstanceSummary]) -> InstanceFindings:
    """A derived instance shows the eye of its source."""
    by_uid = {one.instance: one for one in summaries}
    for one in summaries:
        seen: set[str] = set()
        for mention in one.mentions if one.chain is not None else ():
            other = by_uid.get(mention.instance)
            if other is None or one.chain is None or other.chain is None or other.instance in seen:
                continue
            own, theirs = one.chain.eye, other.chain.eye
            if own and theirs and own != theirs and "B" not in (own, theirs):
                seen.add(other.instance)
                yield InstanceFinding(
                    instance=one,
                    code="chain-eye",
                    path=one.chain.eye_path,
                    message=f"it is {own}, but {other.file}, which it refers to, shows {theirs}",
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
            if other is None or other.frame_of_reference == one.frame_of_reference:
                continue
            yield InstanceFinding(
                instance=one,
                code="frame-of-reference",
                path="FrameOfReferenceUID",
                message=f"it is {one.frame_of_reference or '(none)'}, but {other.file}, named in "
                f"{path}, has {other.frame_of_reference or '(none)'}",
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
        if (other.patient, other.issuer) != (one.patient, one.issuer) and other.study != one.study:
            yield InstanceFinding(
                instance=one,
                code="chain-patient",
                path="FrameOfReferenceUID",
                message=f"patient {one.patient!r} has the Frame of Reference of {other.file}, of "
                f"patient {other.patient!r}",
                fix="Give each patient's acquisition its own Frame of Reference",
                section="PS3.3 C.7.4.1",
            )


def size_of_the_source(summaries: Sequence[InstanceSummary]) -> InstanceFindings:
    """Rows and columns of a derived image are those that its source volume gives."""
    for one, own, other, theirs in _derived(summaries):
        if one.sop_class == OPTBSV:
            expected = {"NumberOfFrames": other.frames, "Rows": theirs.rows}
        else:
            expected = {"Rows": other.frames}
        expected["Columns"] = theirs.columns
        found = {"NumberOfFrames": one.frames, "Rows": own.rows, "Columns": own.columns}
        for keyword, number in expected.items():
            if found[keyword] != number:
                yield InstanceFinding(
                    instance=one,
                    code="chain-size",
                    path=keyword,
                    message=f"it is {found[keyword]}, but {other.file} has {other.frames} frames "
                    f"of {theirs.rows} x {theirs.columns}",
                    fix="Keep the B-scans and A-scans of the volume, or name the one it is of",
                    section=CHAIN_SECTIONS[one.sop_class],
                    # An en face image may be resampled; the others state that they are not.
                    outcome="warning" if one.sop_class == ENFACE else "violation",
                )


def spacing_of_the_source(summaries: Sequence[InstanceSummary]) -> InstanceFindings:
    """Pixels of a derived image are as far apart as the B-scans and A-scans of its volume."""
    for one, own, other, theirs in _derived(summaries):
        if not own.spacing or not theirs.spacing:
            continue
        is_volume, pitch = one.sop_class == OPTBSV, _pitch(other)
        size = (own.rows, own.columns)
        if not is_volume and (pitch is None or size != (other.frames, theirs.columns)):
            continue
        expected = (theirs.spacing[0] if is_volume else pitch, theirs.spacing[1])
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
                )


def directions_of_the_source(summaries: Sequence[InstanceSummary]) -> InstanceFindings:
    """A derived image lies as its volume does: rows along A-scans, columns across B-scans."""
    for one, own, other, theirs in _derived(summaries):
        if not own.orientation or not theirs.orientation:
            continue
        across = _across(other)
        expected = theirs.orientation if one.sop_class == OPTBSV else None
        if expected is None and across is not None:
            expected = (*theirs.orientation[:3], *across)
        if expected is not None and dist(own.orientation, expected) > TURN:
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
    for one, own, other, theirs in _derived(summaries):
        if one.sop_class != HEIGHT_MAP or own.row_mm is None or not theirs.spacing:
            continue
        if abs(own.row_mm - theirs.spacing[0]) > SHARE * theirs.spacing[0]:
            yield InstanceFinding(
                instance=one,
                code="height-scale",
                path="SharedFunctionalGroupsSequence[0].RealWorldValueMappingSequence[0]."
                "RealWorldValueSlope",
                message=f"it is {own.row_mm:.6g}, but rows of {other.file} are "
                f"{theirs.spacing[0]:.6g} mm high",
                fix="Use the distance between the rows of the volume",
                section=CHAIN_SECTIONS[HEIGHT_MAP],
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
            )


def created_after_the_scan(summaries: Sequence[InstanceSummary]) -> InstanceFindings:
    """A derived instance is not older than the acquisition that it is derived from."""
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
        own, acquired = one.chain.content[:DIGITS], other.chain.acquired[:DIGITS]
        if len(own) == len(acquired) == DIGITS and own < acquired:
            yield InstanceFinding(
                instance=one,
                code="chain-time",
                path="ContentDate" if own[:8] < acquired[:8] else "ContentTime",
                message=f"it was created at {own}, before {other.file} was acquired ({acquired})",
                fix="Correct the date and time",
                section=C_8_17_14,
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
