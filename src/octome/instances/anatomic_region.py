"""The part of the eye that an instance shows: Anatomic Region Sequence (context group 4211)."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy

from pydicom.dataset import Dataset

from octome.instances.code import EYE, OPTIC_NERVE_HEAD, RETINA, ScanCentre, coded

REGION_OF: dict[ScanCentre, tuple[str, str]] = {
    "macula": RETINA,
    "disc": OPTIC_NERVE_HEAD,
    "disc-macula": RETINA,
}


def region_of_centre(centre: ScanCentre | None) -> Dataset:
    """The region of a scan that is centred on a structure; the eye if that is unknown."""
    return coded(*(REGION_OF[centre] if centre else EYE))


def stated_region(header: Dataset) -> Dataset:
    """The region that an instance states, for those derived from it; the eye if it states none."""
    items: Sequence[Dataset] = header.get("AnatomicRegionSequence") or ()
    return deepcopy(items[0]) if items else coded(*EYE)
