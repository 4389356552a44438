"""Values that identify nobody and follow their value representation (PS3.5 6.2)."""

from __future__ import annotations

import struct

from octome.dicom.data_set import NUMBERS

DUMMIES = {
    "AE": "REMOVED", "AS": "000Y", "CS": "REMOVED", "DA": "19000101", "DS": "0",
    "DT": "19000101000000", "IS": "0", "LO": "REMOVED", "LT": "REMOVED", "PN": "Removed",
    "SH": "REMOVED", "ST": "REMOVED", "TM": "000000", "UC": "REMOVED", "UR": "urn:removed",
    "UT": "REMOVED",
}  # fmt: skip


def dummy(vr: str, length: int) -> bytes:
    r"""A value for an attribute; of numbers and bytes as many as there were, up to a thousand.

    Examples
    --------
    >>> dummy("DA", 8), dummy("US", 4)
    (b'19000101', b'\x00\x00\x00\x00')
    """
    if vr in DUMMIES:
        return DUMMIES[vr].encode()
    size = struct.calcsize(NUMBERS[vr]) if vr in NUMBERS else 8
    return bytes(max(size, min(length, 1000 * size) // size * size)) if length else b""
