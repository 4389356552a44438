"""Lists of indices that refer to points, as meshes and tracks have them."""

from __future__ import annotations

import sys
from array import array

from octome.dicom.data_set import DataSet

BYTES_OF_AN_INDEX = 4


def point_indices(ds: DataSet, tag: int) -> array[int]:
    """All indices of a list; none where it is missing or has no whole number of them."""
    element = ds.get(tag)
    if element is None or element.items is not None or element.length % BYTES_OF_AN_INDEX:
        return array("I")
    found = array("I", bytes(ds.buffer[element.offset : element.offset + element.length]))
    if ds.is_little_endian != (sys.byteorder == "little"):
        found.byteswap()
    return found


def outside(indices: array[int], points: int) -> int | None:
    """An index that refers to none of the points, which are numbered from 1; None if all do."""
    if not indices:
        return None
    least, most = min(indices), max(indices)
    return least if least < 1 else most if most > points else None
