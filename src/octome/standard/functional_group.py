"""Functional groups of multi-frame CIODs: their macros, and where each is allowed."""

from __future__ import annotations

from typing import Literal

Placement = Literal["shared", "per frame", "shared or per frame"]

SHARED = "52009229"
PER_FRAME = "52009230"

# Any functional group may be shared or per frame, except these. Source: PS3.3 C.7.6.16.2.2
# (Frame Content) and C.7.6.16.2.25 (converted attributes).
ONLY_PER_FRAME = {
    "00209111": "Frame Content",
    "00209171": "Unassigned Per-Frame Converted Attributes",
    "00209172": "Image Frame Conversion Source",
}
ONLY_SHARED = {"00209170": "Unassigned Shared Converted Attributes"}
# Each frame of a B-scan volume analysis names its own frames of the volume. Source: PS3.3
# A.84.3.2.1.1.
ONLY_PER_FRAME_OF = {("ophthalmic-optical-coherence-tomography-b-scan-volume-analysis", "00089124")}


def placement(group_tag: str, ciod: str) -> Placement:
    """Where a functional group may be in a CIOD, by the tag of its sequence and the CIOD's id.

    Examples
    --------
    >>> placement("00209111", "enhanced-mr-image"), placement("00289110", "enhanced-mr-image")
    ('per frame', 'shared or per frame')
    """
    if group_tag in ONLY_PER_FRAME or (ciod, group_tag) in ONLY_PER_FRAME_OF:
        return "per frame"
    return "shared" if group_tag in ONLY_SHARED else "shared or per frame"
