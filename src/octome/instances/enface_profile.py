"""The two profiles of the En Face Image: how it names the surfaces that bound its slab.

Edition 2024d replaced Referenced Surface Mesh Identification Sequence by Ophthalmic En Face Volume
Descriptor Sequence (PS3.3 C.8.17.14, Table C.8.17.14-1). The profile `2024d` is that of 2024d and
later editions, and the default. The profile `2024c` is that of all editions up to 2024c, which some
tools know alone. The position of the image is in both profiles: current editions require it, and
older ones allow it as an extension.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

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
class SegmentedSurface:
    """A surface in a stored segmentation."""

    instance: Reference
    number: int
    """Of the surface, or of its segment."""
    code: Dataset
    """Of its segment: copied from there."""


@dataclass(frozen=True, kw_only=True)
class SlabSide:
    """One bound of a slab: a surface of a stored segmentation, and an offset from it."""

    is_upper: bool
    surface: SegmentedSurface | None
    """None for an edge of the volume: then the offset is from the top of its frames."""
    offset_px: float
    """Rows, positive downwards, away from the vitreous."""


@dataclass(frozen=True)
class Localizer:
    """The image on which an en face image is located."""

    image: Reference
    corners: tuple[float, float, float, float] | None = None
    """Row and column of its upper left and its lower right corner there; None if both images have
    the same rows and columns."""


@dataclass(frozen=True, kw_only=True)
class NewerAttribute:
    """An attribute that is newer than pydicom's dictionary, or than its use here."""

    tag: int
    vr: str
    keyword: str
    meaning: str


NEWER = {
    each.keyword: each
    for each in (
        NewerAttribute(
            tag=0x00200037, vr="DS", keyword="ImageOrientationPatient",
            meaning="Type 1; in both profiles",
        ),
        NewerAttribute(
            tag=0x00220031, vr="SQ", keyword="OphthalmicFrameLocationSequence",
            meaning="Type 1, one item: the localizer, and the corners of the image on it; in both "
            "profiles",
        ),
        NewerAttribute(
            tag=0x00221627, vr="SQ", keyword="OphthalmicEnFaceVolumeDescriptorSequence",
            meaning="Type 1, one item or two: the bounds of the slab",
        ),
        NewerAttribute(
            tag=0x00221629, vr="CS", keyword="OphthalmicEnFaceVolumeDescriptorScope",
            meaning="Type 1: ENTIRE in the only item; otherwise ANTERIOR and POSTERIOR",
        ),
        NewerAttribute(
            tag=0x0008114C, vr="SQ", keyword="ReferencedSegmentationSequence",
            meaning="Type 1C: the instance with the surface, the number of its segment and its "
            "property type; absent at an edge of the volume",
        ),
        NewerAttribute(
            tag=0x00660005, vr="FL", keyword="SurfaceOffset",
            meaning="Type 1: in pixels, positive towards the bottom of the frames; from their top "
            "where no surface is referenced",
        ),
    )
}  # fmt: skip


def write_older(
    ds: Dataset, sides: Sequence[SlabSide], grid: Grid, localizer: Localizer | None
) -> None:
    """The profile 2024c: each bound is a surface of a mesh, and whole pixels below it.

    Raises
    ------
    MissingFact
        No bound has a surface, or a bound lies above its surface or by a part of a pixel below.
    """
    _locate(ds, grid, localizer)
    items = []
    for side in sides:
        if side.surface is None:
            continue
        if side.offset_px < 0 or side.offset_px % 1:
            raise MissingFact(
                "the en face profile 2024c states whole pixels below a surface, not "
                f"{side.offset_px:g}",
                missing="offset",
            )
        item = Dataset()
        item.ReferencedSOPInstanceUID = side.surface.instance.sop_instance
        item.ReferencedSurfaceNumber = side.surface.number
        item.SegmentedPropertyTypeCodeSequence = [side.surface.code]
        item.SurfaceMeshZPixelOffset = int(side.offset_px)
        items.append(item)
    if not items:
        raise MissingFact(NEEDS_SURFACE, missing="surface")
    ds.ReferencedSurfaceMeshIdentificationSequence = items


def write_newer(
    ds: Dataset, sides: Sequence[SlabSide], grid: Grid, localizer: Localizer | None
) -> None:
    """The profile 2024d: each bound is a segment and a signed offset."""
    _locate(ds, grid, localizer)
    items = []
    whole = [(None, 0.0), (None, float(grid.shape[1]))]
    if [(side.surface, side.offset_px) for side in sides] == whole:
        items.append(_descriptor("ENTIRE", None, 0.0))
    else:
        for side in sides:
            scope = "ANTERIOR" if side.is_upper else "POSTERIOR"
            items.append(_descriptor(scope, side.surface, side.offset_px))
    _add(ds, "OphthalmicEnFaceVolumeDescriptorSequence", items)


def _descriptor(scope: str, surface: SegmentedSurface | None, offset_px: float) -> Dataset:
    item = Dataset()
    _add(item, "OphthalmicEnFaceVolumeDescriptorScope", scope)
    if surface is not None:
        segment = surface.instance.item()
        segment.ReferencedSegmentNumber = surface.number
        segment.SegmentedPropertyTypeCodeSequence = [surface.code]
        _add(item, "ReferencedSegmentationSequence", [segment])
    _add(item, "SurfaceOffset", offset_px)
    return item


def _locate(ds: Dataset, grid: Grid, localizer: Localizer | None) -> None:
    """Where the image lies: Type 1 in current editions, an extension of 2020b."""
    _add(ds, "ImageOrientationPatient", [format_number_as_ds(v) for v in grid.enface_orientation])
    place = Dataset()
    image = localizer.image if localizer else None
    place.ReferencedSOPClassUID = image.sop_class if image else ds.SOPClassUID
    place.ReferencedSOPInstanceUID = image.sop_instance if image else ds.SOPInstanceUID
    place.PurposeOfReferenceCodeSequence = [coded(*LOCALIZER)]
    # Corner to corner, row before column (PS3.3 C.8.17.10).
    own = (0.0, 0.0, float(ds.Rows), float(ds.Columns))
    place.ReferenceCoordinates = list((localizer and localizer.corners) or own)
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


Writer = Callable[[Dataset, Sequence[SlabSide], Grid, Localizer | None], None]
WRITERS: dict[EnfaceProfile, Writer] = {"2024c": write_older, "2024d": write_newer}
