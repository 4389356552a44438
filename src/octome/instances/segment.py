"""Segments that are surfaces: what both D1 and D2 state about each."""

from __future__ import annotations

from collections.abc import Mapping

from highdicom.color import CIELabColor
from highdicom.sr import CodedConcept
from pydicom.dataset import Dataset

from octome.errors import UnknownName
from octome.instances.code import ANATOMICAL_STRUCTURE, SPATIAL_CONCEPT, coded
from octome.instances.enface_profile import EnfaceProfile
from octome.octa.picture import SURFACE_COLOURS
from octome.octa.slab import Bound
from octome.octa.surface import SURFACES, Surface

# Of editions up to 2024c: the line between inner and outer segments.
OLDER_CODES = {"EZ": "128295"}
_BY_CODE = {(surface.scheme, surface.code): surface.name for surface in SURFACES} | {
    ("DCM", code): name for name, code in OLDER_CODES.items()
}
# Of octome: a surface that was moved is not the layer's any more, and has no code elsewhere.
SLAB_BOUND = ("99OCTOME", "SLAB-BOUND")
_BY_NAME = {surface.name: surface for surface in SURFACES}


def segment(number: int, name: str, profile: EnfaceProfile = "2024d") -> Dataset:
    """An item of Segment Sequence: the part that D1 and D2 share.

    Parameters
    ----------
    number : int
        From 1.
    name : str
        A surface, or a bound of a slab as `IPL-10um`.
    profile : EnfaceProfile
        Whether codes are those of editions up to 2024c, or since.

    Raises
    ------
    UnknownName
        Not a surface with a code in context group 4273.
    """
    bound = Bound.parse(name)
    if bound.surface not in _BY_NAME:
        raise UnknownName(f"{name} is not a surface that has a code", found=name)
    surface = _BY_NAME[bound.surface]
    item = Dataset()
    item.SegmentNumber, item.SegmentLabel = number, name
    item.SegmentDescription = surface.meaning if not bound.offset_um else f"bound of a slab: {name}"
    item.SegmentAlgorithmType = "AUTOMATIC"
    category, code = ANATOMICAL_STRUCTURE, coded(surface.scheme, _code(surface, profile))
    if bound.offset_um:
        scheme, value = SLAB_BOUND
        category, code = SPATIAL_CONCEPT, CodedConcept(value, scheme, "Bound of an en face slab")
    item.SegmentedPropertyCategoryCodeSequence = [coded(*category)]
    item.SegmentedPropertyTypeCodeSequence = [code]
    return item


def _code(surface: Surface, profile: EnfaceProfile) -> str:
    return OLDER_CODES.get(surface.name, surface.code) if profile == "2024c" else surface.code


def display_colour(name: str) -> list[int]:
    """Recommended Display CIELab Value of a surface."""
    return list(CIELabColor.from_rgb(*SURFACE_COLOURS[Bound.parse(name).surface]).value)


def surface_name(item: Dataset) -> str:
    """Which surface a segment is, by its code; a bound of a slab by its label.

    A code that only older or only newer editions have is as good as the other.

    A surface unknown to octome is named by its code, as `DCM 128294`.
    """
    codes = item.get("SegmentedPropertyTypeCodeSequence") or [Dataset()]
    scheme, value = str(codes[0].get("CodingSchemeDesignator")), str(codes[0].get("CodeValue"))
    name = _BY_CODE.get((scheme, value), f"{scheme} {value}")
    try:
        bound = Bound.parse(str(item.get("SegmentLabel") or ""))
    except UnknownName:
        return name
    # octome once gave the surface's own code to a bound.
    return str(bound) if (scheme, value) == SLAB_BOUND or bound.surface == name else name


def segments_by_name(header: Dataset) -> dict[str, Dataset]:
    """The items of Segment Sequence by the name of their surface."""
    return {surface_name(item): item for item in header.SegmentSequence}


def names_in_order(surfaces: Mapping[str, object]) -> list[str]:
    """Names from the vitreous downwards, then the rest."""
    order = {name: at for at, name in enumerate(_BY_NAME)}
    return sorted(surfaces, key=lambda name: (order.get(Bound.parse(name).surface, 99), name))
