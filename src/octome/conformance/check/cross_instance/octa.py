"""Rules for the instances of an OCT angiography (PS3.3 C.8.17.14.1.1, A.84.3.2.1.1).

One Frame of Reference, each kind in its own series, purposes of reference that fit the referenced
instance, derivation frame by frame.
"""

from __future__ import annotations

from collections.abc import Sequence

from octome.conformance.check.cross_instance.instance_finding import (
    InstanceFinding,
    InstanceFindings,
)
from octome.conformance.check.cross_instance.instance_summary import InstanceSummary, Reference
from octome.conformance.rules.sop_class import CHAIN, OPT, OPTBSV

TOLERANCE_MM = 1e-3  # positions that are written with fewer digits are still the same
# PS3.16 CID 7202, PS3.3 C.8.17.14.1.1: purpose of reference -> the SOP Class it is meant for.
PURPOSES = {("DCM", "128250"): OPT, ("DCM", "128251"): OPTBSV}
C_8_17_14 = "PS3.3 C.8.17.14.1.1"
A_84 = "PS3.3 A.84.3.2.1.1"


def purpose_of_the_referenced(summaries: Sequence[InstanceSummary]) -> InstanceFindings:
    """A purpose that is for one SOP Class names an instance of it (PS3.16 CID 7202)."""
    for one in summaries:
        for reference in one.references if one.sop_class in CHAIN else ():
            intended, found = PURPOSES.get(reference.purpose), reference.sop_class
            if intended and found and intended != found:
                scheme, value = reference.purpose
                yield InstanceFinding(
                    instance=one,
                    code="purpose",
                    path=f"{reference.path}.PurposeOfReferenceCodeSequence",
                    message=f"({value}, {scheme}) is the purpose of a {CHAIN[intended]}, but the "
                    f"reference is to {CHAIN.get(found, found)}",
                    fix="Use the purpose that fits",
                    section=C_8_17_14,
                )


def one_frame_of_reference(summaries: Sequence[InstanceSummary]) -> InstanceFindings:
    """A derived instance of an OCT angiography has the Frame of Reference of its source."""
    by_uid = {one.instance: one for one in summaries}
    for one in summaries:
        seen: set[str] = set()
        for reference in one.references if one.sop_class in CHAIN else ():
            other = by_uid.get(reference.instance)
            if other is None or other.sop_class not in CHAIN or other.instance in seen:
                continue
            own, theirs = one.frame_of_reference, other.frame_of_reference
            if theirs and own != theirs:  # one that the source lacks is its own finding
                seen.add(other.instance)
                yield InstanceFinding(
                    instance=one,
                    code="frame-of-reference",
                    path="FrameOfReferenceUID",
                    message=f"it is {own or '(none)'}, but its source {other.file} has {theirs}",
                    fix="Use the Frame of Reference of the source",
                    section=C_8_17_14,
                )


def one_kind_per_series(summaries: Sequence[InstanceSummary]) -> InstanceFindings:
    """Each kind of instance of an OCT angiography is in its own series."""
    first: dict[str, InstanceSummary] = {}
    for one in summaries:
        if one.sop_class not in CHAIN or not one.series:
            continue
        other = first.setdefault(one.series, one)
        if other.sop_class != one.sop_class:
            own, theirs = CHAIN[one.sop_class], CHAIN[other.sop_class]
            yield InstanceFinding(
                instance=one,
                code="series-of-two-kinds",
                path="SeriesInstanceUID",
                message=f"this {own} is in the series of {other.file}, a {theirs}",
                fix="Put each kind into its own series",
                section=C_8_17_14,
            )


def frame_by_frame(summaries: Sequence[InstanceSummary]) -> InstanceFindings:
    """A frame of a flow volume is at the position of its source frame."""
    by_uid = {one.instance: one for one in summaries}
    for one in summaries:
        for reference in one.references if one.sop_class == OPTBSV else ():
            other = by_uid.get(reference.instance)
            if other is None or reference.frame is None or not reference.same_place:
                continue
            elsewhere = _elsewhere(one.positions[reference.frame], reference, other)
            if elsewhere is not None:
                yield InstanceFinding(
                    instance=one,
                    code="derivation-frame",
                    path=f"{reference.path}.ReferencedFrameNumber",
                    message=f"frame {elsewhere} of {other.file} is at another position than frame "
                    f"{reference.frame + 1} here",
                    fix="Name the frame at the same position",
                    section=A_84,
                )


def _elsewhere(own: tuple[float, ...], reference: Reference, other: InstanceSummary) -> int | None:
    """The first referenced frame at another position; None if there is none, or it is unknown."""
    for frame in reference.frames:
        theirs = other.positions[frame - 1] if 1 <= frame <= len(other.positions) else ()
        if own and theirs:
            apart = max(abs(a - b) for a, b in zip(own, theirs, strict=True))
            if apart > TOLERANCE_MM:
                return frame
    return None
