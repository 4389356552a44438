"""Segments that are surfaces: what both D1 and D2 state about each."""

from __future__ import annotations

from collections.abc import Mapping

from highdicom.color import CIELabColor
from pydicom.dataset import Dataset

from octome.errors import UnknownName
from octome.instances.code import ANATOMICAL_STRUCTURE, coded
from octome.octa.picture import SURFACE_COLOURS
from octome.octa.slab import Bound
from octome.octa.surface import SURFACES

_BY_CODE = {(surface.scheme, surface.code): surface.name for surface in SURFACES}
_BY_NAME = {surface.name: surface for surface in SURFACES}


def segment(number: int, name: str) -> Dataset:
    """An item of Segment Sequence: the part that D1 and D2 share.

    Parameters
    ----------
    number : int
        From 1.
    name : str
        A surface, or a bound of a slab as `IPL-10um`.

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
    item.SegmentedPropertyCategoryCodeSequence = [coded(*ANATOMICAL_STRUCTURE)]
    item.SegmentedPropertyTypeCodeSequence = [coded(surface.scheme, surface.code)]
    return item


def display_colour(name: str) -> list[int]:
    """Recommended Display CIELab Value of a surface."""
    return list(CIELabColor.from_rgb(*SURFACE_COLOURS[Bound.parse(name).surface]).value)


def surface_name(item: Dataset) -> str:
    """Which surface a segment is, by its code; a bound of a slab by its label.

    A surface unknown to octome is named by its code, as `DCM 128294`.
    """
    codes = item.get("SegmentedPropertyTypeCodeSequence") or [Dataset()]
    scheme, value = str(codes[0].get("CodingSchemeDesignator")), str(codes[0].get("CodeValue"))
    name = _BY_CODE.get((scheme, value))
    if name is None:
        return f"{scheme} {value}"
    try:
        bound = Bound.parse(str(item.get("SegmentLabel") or ""))
    except UnknownName:
        return name
    return str(bound) if bound.surface == name else name


def names_in_order(surfaces: Mapping[str, object]) -> list[str]:
    """Names from the vitreous downwards, then the rest."""
    order = {name: at for at, name in enumerate(_BY_NAME)}
    return sorted(surfaces, key=lambda name: (order.get(Bound.parse(name).surface, 99), name))
