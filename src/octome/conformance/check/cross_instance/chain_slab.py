"""Rules for the slab of an en face image and the surfaces that bound it (PS3.3 C.8.17.14)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from octome.conformance.check.cross_instance.chain_summary import Bound, ChainSummary
from octome.conformance.check.cross_instance.instance_finding import (
    InstanceFinding,
    InstanceFindings,
)
from octome.conformance.check.cross_instance.instance_summary import InstanceSummary
from octome.conformance.rules.sop_class import (
    CHAIN,
    ENFACE,
    HEIGHT_MAP,
    OPT,
    OPTBSV,
    SURFACES,
)

C_8_17_14 = "PS3.3 C.8.17.14.1.1"
TABLE = "PS3.3 C.8.17.14"
# Context group 4271: codes of flow and of structure, scheme DCM.
FLOW_TYPES = {str(code) for code in (*range(128257, 128279, 2), *range(128306, 128318, 2))}
STRUCTURE_TYPES = {str(code) for code in (*range(128258, 128279, 2), *range(128307, 128318, 2))}
OFFSET = r"(?P<{0}>[A-Za-z]+)(?P<{0}_um>[+-]\d+(?:\.\d+)?)?(?:um|µm)?"
SLAB = re.compile(rf"(?:^|.*\s){OFFSET.format('upper')}\.\.{OFFSET.format('lower')}\s*$")
SEGMENTATIONS = {"1.2.840.10008.5.1.4.1.1.66.4", "1.2.840.10008.5.1.4.1.1.66.7"}
PRIVATE_SCHEME = "99"  # what the codes of one vendor begin with
TOLERANCE_PX = 0.01

Images = Iterator[tuple[InstanceSummary, ChainSummary]]
ByUid = dict[str, InstanceSummary]


def image_type_of_the_source(summaries: Sequence[InstanceSummary]) -> InstanceFindings:
    """An en face image of a type of flow projects a flow volume, one of structure a structure."""
    for one, own in _enface_images(summaries):
        scheme, value = own.image_type
        if scheme != "DCM" or value not in FLOW_TYPES | STRUCTURE_TYPES:
            continue
        needed = OPTBSV if value in FLOW_TYPES else OPT
        sources = {each.instance: each.sop_class for each in one.references if each.frame is None}
        projected = {uid: found for uid, found in sources.items() if found in (OPT, OPTBSV)}
        if projected and needed not in projected.values():
            uid, found = next(iter(projected.items()))
            yield InstanceFinding(
                instance=one,
                code="image-type-source",
                path="OphthalmicImageTypeCodeSequence",
                message=f"({value}, DCM) is a type of a {CHAIN[needed]}'s image, but its source "
                f"{_name(uid, summaries)} is a {CHAIN[found]}",
                fix="Use the code for this kind of volume, or name the volume that was projected",
                section=TABLE,
                # The volume that was projected may never have been stored.
                outcome="warning",
            )


def surfaces_that_bound(summaries: Sequence[InstanceSummary]) -> InstanceFindings:
    """A bound names a segment that exists, of a segmentation, under the code that it has there."""
    by_uid = {one.instance: one for one in summaries}
    for one, bound, other in _bounds(summaries, by_uid):
        if other.chain is None or other.sop_class not in (SURFACES, HEIGHT_MAP):
            yield InstanceFinding(
                instance=one,
                code="bound-class",
                path=f"{bound.path}.ReferencedSOPInstanceUID",
                message=f"{other.file} bounds the slab, but is not a segmentation of surfaces",
                fix="Name the instance that has the surface",
                section=TABLE,
                # Segmentations of surfaces are examples of what may bound a slab.
                outcome="warning" if other.sop_class in SEGMENTATIONS else "violation",
            )
            continue
        numbers = other.chain.surfaces if bound.is_surface else other.chain.segments
        what = "surface" if bound.is_surface else "segment"
        if bound.number is not None and bound.number not in numbers:
            yield InstanceFinding(
                instance=one,
                code="bound-surface",
                path=f"{bound.path}.Referenced{what.capitalize()}Number",
                message=f"it is {bound.number}, but {other.file} has no such {what}",
                fix=f"Name a {what} that exists",
                section=TABLE,
            )
        elif bound.number is not None and _differ(bound.code, numbers[bound.number]):
            (scheme, value), (own_scheme, own_value) = bound.code, numbers[bound.number]
            yield InstanceFinding(
                instance=one,
                code="bound-code",
                path=f"{bound.path}.SegmentedPropertyTypeCodeSequence",
                message=f"it is ({value}, {scheme}), but {what} {bound.number} of {other.file} is "
                f"({own_value}, {own_scheme})",
                fix=f"Copy the code of the {what}, or name the {what} with this code",
                section=TABLE,
            )


def offsets_of_bounds(summaries: Sequence[InstanceSummary]) -> InstanceFindings:
    """An offset in pixels is the stated one in micrometres, and lies within the volume."""
    by_uid = {one.instance: one for one in summaries}
    for one, own in _enface_images(summaries):
        volume = structural_volume(one, by_uid)
        if volume is None or volume.chain is None or not volume.chain.spacing:
            continue
        row_um, rows = 1000 * volume.chain.spacing[0], volume.chain.rows
        for bound in own.bounds:
            stated = _stated_um(own.slab, bound) if own.is_octomes else None
            if bound.offset_px is None:
                continue
            beyond = abs(bound.offset_px) > rows > 0
            expected = None if stated is None or not row_um else stated / row_um
            differs = expected is not None and abs(bound.offset_px - expected) > TOLERANCE_PX
            if not beyond and not differs:
                continue
            why = (
                f"the {rows} rows of {volume.file} are fewer"
                if beyond
                else f"the slab is {own.slab!r}, and rows of {volume.file} are {row_um:.4g} um "
                f"high: {expected:.4g} px"
            )
            yield InstanceFinding(
                instance=one,
                code="bound-offset",
                path=bound.offset_path,
                message=f"it is {bound.offset_px:.4g} px, but {why}",
                fix="State the offset that the pixels were computed with",
                section=TABLE,
                outcome="warning",
            )


def surfaces_of_the_projected_volume(summaries: Sequence[InstanceSummary]) -> InstanceFindings:
    """The surfaces of a slab were found in the volume that was projected."""
    by_uid = {one.instance: one for one in summaries}
    for one, bound, other in _bounds(summaries, by_uid):
        volume, segmented = structural_volume(one, by_uid), segmented_volume(other, by_uid)
        if volume is not None and segmented is not None and volume is not segmented:
            yield InstanceFinding(
                instance=one,
                code="bound-volume",
                path=f"{bound.path}.ReferencedSOPInstanceUID",
                message=f"{other.file} has the surfaces of {segmented.file}, but this image "
                f"projects {volume.file}",
                fix="Bound the slab by surfaces of the volume that was projected",
                section=C_8_17_14,
                # Surfaces of another volume may be right, if both show the same tissue.
                outcome="warning"
                if volume.frame_of_reference == segmented.frame_of_reference
                else "violation",
            )


def structural_volume(one: InstanceSummary, by_uid: ByUid) -> InstanceSummary | None:
    """The structural volume that an instance comes from, directly or by its flow volume.

    None if it is not here, or if there are several, as for a mosaic.
    """
    found = _structural_volumes(one, by_uid)
    return by_uid.get(found.pop()) if len(found) == 1 else None


def _structural_volumes(one: InstanceSummary, by_uid: ByUid) -> set[str]:
    found: set[str] = set()
    for reference in one.references:
        other = by_uid.get(reference.instance)
        sop_class = reference.sop_class if other is None else other.sop_class
        if sop_class == OPT and other is not one:
            found.add(reference.instance)
        elif other is not None and sop_class == OPTBSV and one.sop_class == ENFACE:
            found |= _structural_volumes(other, by_uid)
    return found


def segmented_volume(one: InstanceSummary, by_uid: ByUid) -> InstanceSummary | None:
    """The volume that surfaces were found in; of moved surfaces that of the original ones."""
    if one.sop_class == HEIGHT_MAP:
        return structural_volume(one, by_uid)
    other = by_uid.get(one.chain.segmented[1]) if one.chain else None
    if other is not None and other.sop_class == SURFACES and other.chain is not None:
        other = by_uid.get(other.chain.segmented[1])
    return other if other is not None and other.sop_class == OPT else None


def _enface_images(summaries: Sequence[InstanceSummary]) -> Images:
    for one in summaries:
        if one.sop_class == ENFACE and one.chain is not None:
            yield one, one.chain


def _bounds(
    summaries: Sequence[InstanceSummary], by_uid: ByUid
) -> Iterator[tuple[InstanceSummary, Bound, InstanceSummary]]:
    """Each image, a bound of it, and the instance that the bound names, if it is here."""
    for one, own in _enface_images(summaries):
        for bound in own.bounds:
            other = by_uid.get(bound.instance)
            if other is not None:
                yield one, bound, other


def _stated_um(slab: str, bound: Bound) -> float | None:
    """The offset of a bound in micrometres, if the text of the slab has a number for it."""
    found = SLAB.match(slab)
    # A surface that was moved needs no offset any more.
    is_moved = bound.code[0].startswith(PRIVATE_SCHEME) or (
        bound.is_surface and bound.offset_px == 0
    )
    um = found["upper_um" if bound.is_upper else "lower_um"] if found and not is_moved else None
    return None if um is None else float(um)


def _differ(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether two codes are of other concepts; those of two schemes may be of the same."""
    return all((*one, *other)) and one[0] == other[0] and one != other


def _name(uid: str, summaries: Sequence[InstanceSummary]) -> str:
    return next((one.file for one in summaries if one.instance == uid), uid)
