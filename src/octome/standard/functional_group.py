"""Functional groups of multi-frame CIODs: their macros, and where each may stand."""

from __future__ import annotations

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


def placement(group_tag: str) -> str:
    """Where a functional group may stand, by the tag of its sequence.

    Examples
    --------
    >>> placement("00209111"), placement("00289110")
    ('per frame', 'shared or per frame')
    """
    if group_tag in ONLY_PER_FRAME:
        return "per frame"
    return "shared" if group_tag in ONLY_SHARED else "shared or per frame"
