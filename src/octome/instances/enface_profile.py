"""The two profiles of the En Face Image: how it names the surfaces that bound its slab.

Edition 2024d replaced Referenced Surface Mesh Identification Sequence. The profile `2024c` is that
of all editions up to 2024c and of PS3.3 C.8.17.14.1.1 as independent tools know it, so it is the
default. The profile `2024d` is written as far as its sources are known: `NEWER` lists for each
attribute what was seen of it and what was not. The first two attributes, the position of the image,
are in both profiles: current editions require them, and 2020b allows them as an extension.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from highdicom.sr import CodedConcept
from pydicom.dataset import Dataset
from pydicom.valuerep import format_number_as_ds

from octome.errors import MissingFact, UnknownName
from octome.instances.code import LOCALIZER, coded
from octome.instances.composite import Reference
from octome.instances.grid import Grid

EnfaceProfile = Literal["2024c", "2024d"]
"""Named for the last edition before the change and the first after it."""
ENFACE_PROFILES: tuple[EnfaceProfile, ...] = get_args(EnfaceProfile)
NEEDS_SURFACE = (
    "the en face profile 2024c needs a surface that bounds the slab; a slab from edge to edge of "
    "the volume needs --enface-profile 2024d"
)


@dataclass(frozen=True, kw_only=True)
class SlabSide:
    """One bound of a slab: a surface of a stored segmentation, and an offset from it."""

    is_upper: bool
    instance: Reference
    number: int
    """Of the surface, or of its segment."""
    surface: CodedConcept
    """Of context group 4273."""
    offset_um: float
    """Positive downwards, away from the vitreous."""


@dataclass(frozen=True, kw_only=True)
class NewerAttribute:
    """An attribute of the profile 2024d."""

    tag: int
    vr: str
    keyword: str
    is_verified: bool
    """Whether its type, children and meaning were read in an edition of the Standard."""
    seen: str
    """What was seen of it, and where."""


NEWER = {
    each.keyword: each
    for each in (
        NewerAttribute(
            tag=0x00200037, vr="DS", keyword="ImageOrientationPatient", is_verified=True,
            seen="Type 1 in the current maps",
        ),
        NewerAttribute(
            tag=0x00220031, vr="SQ", keyword="OphthalmicFrameLocationSequence", is_verified=True,
            seen="Type 1 in the current maps, with Reference Coordinates Type 1",
        ),
        NewerAttribute(
            tag=0x00221627, vr="SQ", keyword="OphthalmicEnFaceVolumeDescriptorSequence",
            is_verified=False,
            seen="tag, VR, keyword from the dictionary; Type 1 and one item a side presumed",
        ),
        NewerAttribute(
            tag=0x00221629, vr="CS", keyword="OphthalmicEnFaceVolumeDescriptorScope",
            is_verified=False,
            seen="tag and VR from the dictionary; its values ANTERIOR, POSTERIOR and ENTIRE from "
            "one other implementation",
        ),
        NewerAttribute(
            tag=0x0008114C, vr="SQ", keyword="ReferencedSegmentationSequence", is_verified=False,
            seen="tag and VR from the dictionary; its children from one other implementation",
        ),
        NewerAttribute(
            tag=0x00660005, vr="FL", keyword="SurfaceOffset", is_verified=False,
            seen="tag and VR from the dictionary; its unit was not seen: micrometres are written",
        ),
    )
}  # fmt: skip


def write_older(
    ds: Dataset, sides: Sequence[SlabSide], grid: Grid, localizer: Reference | None
) -> None:
    """The profile 2024c: each bound is a surface of a mesh, and whole pixels below it.

    Raises
    ------
    MissingFact
        No bound has a surface, or a bound lies above its surface: the offset has no sign.
    """
    _locate(ds, grid, localizer)
    if not sides:
        raise MissingFact(NEEDS_SURFACE, missing="surface")
    items = []
    for side in sides:
        if side.offset_um < 0:
            raise MissingFact(
                f"the en face profile 2024c cannot state {side.offset_um:g} um above a surface",
                missing="offset",
            )
        item = Dataset()
        item.ReferencedSOPInstanceUID = side.instance.sop_instance
        item.ReferencedSurfaceNumber = side.number
        item.SegmentedPropertyTypeCodeSequence = [side.surface]
        # Whole pixels only; the offset in um is in the algorithm's parameters.
        item.SurfaceMeshZPixelOffset = round(side.offset_um / grid.geometry.axial_um)
        items.append(item)
    ds.ReferencedSurfaceMeshIdentificationSequence = items


def write_newer(
    ds: Dataset, sides: Sequence[SlabSide], grid: Grid, localizer: Reference | None
) -> None:
    """The profile 2024d: each bound is a segment and a signed offset."""
    _locate(ds, grid, localizer)
    items = []
    for side in sides:
        item = Dataset()
        scope = "ANTERIOR" if side.is_upper else "POSTERIOR"
        _add(item, "OphthalmicEnFaceVolumeDescriptorScope", scope)
        segment = side.instance.item()
        segment.ReferencedSegmentNumber = side.number
        segment.SegmentedPropertyTypeCodeSequence = [side.surface]
        _add(item, "ReferencedSegmentationSequence", [segment])
        _add(item, "SurfaceOffset", side.offset_um)
        items.append(item)
    if not items:
        item = Dataset()
        _add(item, "OphthalmicEnFaceVolumeDescriptorScope", "ENTIRE")
        items.append(item)
    _add(ds, "OphthalmicEnFaceVolumeDescriptorSequence", items)


def _locate(ds: Dataset, grid: Grid, localizer: Reference | None) -> None:
    """Where the image lies: Type 1 in current editions, an extension of 2020b."""
    _add(ds, "ImageOrientationPatient", [format_number_as_ds(v) for v in grid.enface_orientation])
    place = Dataset()
    place.ReferencedSOPClassUID = localizer.sop_class if localizer else ds.SOPClassUID
    place.ReferencedSOPInstanceUID = localizer.sop_instance if localizer else ds.SOPInstanceUID
    place.PurposeOfReferenceCodeSequence = [coded(*LOCALIZER)]
    # Corner to corner, row before column (PS3.3 C.8.17.10).
    place.ReferenceCoordinates = [0.0, 0.0, float(ds.Rows), float(ds.Columns)]
    _add(ds, "OphthalmicFrameLocationSequence", [place])


def _add(ds: Dataset, keyword: str, value: Any) -> None:
    """By tag: pydicom's dictionary is older than some."""
    attribute = NEWER[keyword]
    ds.add_new(attribute.tag, attribute.vr, value)


def checked_profile(profile: str) -> EnfaceProfile:
    """The profile of that name.

    Raises
    ------
    UnknownName
        There is no such profile.
    """
    for known in ENFACE_PROFILES:
        if profile == known:
            return known
    raise UnknownName(
        f"the en face profile is {' or '.join(ENFACE_PROFILES)}; found {profile!r}",
        found=profile,
        known=list(ENFACE_PROFILES),
    )


Writer = Callable[[Dataset, Sequence[SlabSide], Grid, Reference | None], None]
WRITERS: dict[EnfaceProfile, Writer] = {"2024c": write_older, "2024d": write_newer}
