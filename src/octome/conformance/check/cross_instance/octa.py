"""What holds among the instances of an OCT angiography (PS3.3 C.8.17.14.1.1, A.84.3.2.1.1).

One Frame of Reference, each kind in series of its own, purposes of reference that fit what they
point at, derivation frame by frame.
"""

from __future__ import annotations

from collections.abc import Sequence

from octome.conformance.check.cross_instance.identity import Identity, Reference
from octome.conformance.check.cross_instance.telling import Told, told

TOLERANCE_MM = 1e-3  # positions that are written with fewer digits are still the same
OPT = "1.2.840.10008.5.1.4.1.1.77.1.5.4"
OPTBSV = "1.2.840.10008.5.1.4.1.1.77.1.5.8"
# The kinds of PS3.3 C.8.17.14.1.1, by SOP Class.
CHAIN = {
    OPT: "structural volume",
    OPTBSV: "flow volume",
    "1.2.840.10008.5.1.4.1.1.66.5": "surface segmentation",
    "1.2.840.10008.5.1.4.1.1.66.8": "height map segmentation",
    "1.2.840.10008.5.1.4.1.1.77.1.5.7": "en face image",
}
# PS3.16 CID 7202, PS3.3 C.8.17.14.1.1: purpose of reference -> the SOP Class it is meant for.
PURPOSES = {("DCM", "128250"): OPT, ("DCM", "128251"): OPTBSV}
C_8_17_14 = "PS3.3 C.8.17.14.1.1"
A_84 = "PS3.3 A.84.3.2.1.1"


def purpose_of_the_referenced(identities: Sequence[Identity]) -> Told:
    """A purpose that is meant for one SOP Class names an instance of it (PS3.16 CID 7202)."""
    for one in identities:
        for reference in one.references if one.sop_class in CHAIN else ():
            meant, found = PURPOSES.get(reference.purpose), reference.sop_class
            if meant and found and meant != found:
                scheme, value = reference.purpose
                path = f"{reference.path}.PurposeOfReferenceCodeSequence"
                message = (
                    f"({value}, {scheme}) is the purpose of a {CHAIN[meant]}; "
                    f"the reference is to {CHAIN.get(found, found)}"
                )
                yield told(one, "purpose", path, message, "Use the purpose that fits", C_8_17_14)


def one_frame_of_reference(identities: Sequence[Identity]) -> Told:
    """What was derived within an OCT angiography shares its source's Frame of Reference."""
    by_uid = {one.instance: one for one in identities}
    for one in identities:
        seen: set[str] = set()
        for reference in one.references if one.sop_class in CHAIN else ():
            other = by_uid.get(reference.instance)
            if other is None or other.sop_class not in CHAIN or other.instance in seen:
                continue
            own, theirs = one.frame_of_reference, other.frame_of_reference
            if own != theirs:
                seen.add(other.instance)
                code, path = "frame-of-reference", "FrameOfReferenceUID"
                source = f"{other.file}, from which this was derived,"
                message = f"it is {own or '(none)'}; {source} has {theirs or '(none)'}"
                yield told(one, code, path, message, "Take over the source's", C_8_17_14)


def one_kind_per_series(identities: Sequence[Identity]) -> Told:
    """Each kind of an OCT angiography is in series of its own."""
    first: dict[str, Identity] = {}
    for one in identities:
        if one.sop_class not in CHAIN or not one.series:
            continue
        other = first.setdefault(one.series, one)
        if other.sop_class != one.sop_class:
            own, theirs = CHAIN[one.sop_class], CHAIN[other.sop_class]
            message = f"this {own} is in the series of {other.file}, a {theirs}"
            code, path = "series-of-two-kinds", "SeriesInstanceUID"
            yield told(one, code, path, message, "Put each kind into its own series", C_8_17_14)


def frame_by_frame(identities: Sequence[Identity]) -> Told:
    """A flow volume's frame lies where the frame lies that it was derived from."""
    by_uid = {one.instance: one for one in identities}
    for one in identities:
        for reference in one.references if one.sop_class == OPTBSV else ():
            other = by_uid.get(reference.instance)
            if other is None or reference.frame is None or not reference.same_place:
                continue
            elsewhere = _elsewhere(one.positions[reference.frame], reference, other)
            if elsewhere is not None:
                path = f"{reference.path}.ReferencedFrameNumber"
                here = f"frame {reference.frame + 1} here"
                message = f"frame {elsewhere} of {other.file} lies elsewhere than {here}"
                fix = "Name the frame at the same position"
                yield told(one, "derivation-frame", path, message, fix, A_84)


def _elsewhere(own: tuple[float, ...], reference: Reference, other: Identity) -> int | None:
    """The first referenced frame that lies elsewhere; None if there is none, or nobody says."""
    for frame in reference.frames:
        theirs = other.positions[frame - 1] if 1 <= frame <= len(other.positions) else ()
        if own and theirs:
            apart = max(abs(a - b) for a, b in zip(own, theirs, strict=True))
            if apart > TOLERANCE_MM:
                return frame
    return None
