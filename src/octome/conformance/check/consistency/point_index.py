"""Values of many points, and lists of indices that refer to points: of meshes and of tracks."""

from __future__ import annotations

import sys
from array import array

from octome.dicom.data_set import DataSet

BYTES_OF_AN_INDEX = 4


def length_of(ds: DataSet, tag: int) -> int:
    """How many bytes a value has; 0 where it is missing, cut off, or not in the file."""
    element = ds.get(tag)
    is_whole = element is not None and ds.cut_at != tag and not element.is_unread
    return element.length if element is not None and is_whole and element.items is None else 0


def point_indices(ds: DataSet, tag: int) -> array[int]:
    """All indices of a list; none where it is missing or has no whole number of them."""
    length, element = length_of(ds, tag), ds.get(tag)
    if element is None or length % BYTES_OF_AN_INDEX:
        return array("I")
    start = ds.start(element)
    found = array("I", bytes(ds.buffer[start : start + length]))
    if ds.is_little_endian != (sys.byteorder == "little"):
        found.byteswap()
    return found


def outside(indices: array[int], points: int) -> int | None:
    """An index that refers to none of the points, which are numbered from 1.

    None if all do, and if it is not known how many points there are: 0.
    """
    if not indices or not points:
        return None
    least, most = min(indices), max(indices)
    return least if least < 1 else most if most > points else None
