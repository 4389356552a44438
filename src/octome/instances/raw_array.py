"""The array of a Raw Data instance: private elements after the pixels.

`raw_data.py` has the table of the layout.
"""

from __future__ import annotations

import hashlib
import math
import struct
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from octome.errors import InstanceUnreadable
from octome.instances.file import InstanceFile
from octome.octa.acquisition import ArrayLike
from octome.octa.kernel import blocks

CREATOR = "OCTOME RAW OCT"
ARRAY_GROUP = 0x7FE1
DIGEST = 0xFF
DTYPES = {"UINT16": "<u2", "FLOAT32": "<f4", "COMPLEX64": "<c8"}
PART_BYTES = 2**31  # of one element
BSCANS_AT_ONCE = 16

Progress = Callable[[int, int], object]


def array_digest(array: ArrayLike) -> str:
    """SHA-256 of an array's numbers, little endian, as Raw Data keeps it."""
    digest = hashlib.sha256()
    for piece in _pieces(array, None):
        digest.update(piece)
    return digest.hexdigest()


def type_name(dtype: np.dtype[Any]) -> str:
    """The layout's name for a type of number.

    Raises
    ------
    InstanceUnreadable
        The layout has no name for it.
    """
    for name, known in DTYPES.items():
        if np.dtype(known) == dtype.newbyteorder("<"):
            return name
    raise InstanceUnreadable(f"an array of {dtype} is not one of {', '.join(DTYPES)}")


def encoded_array(array: ArrayLike, progress: Progress | None) -> Iterator[bytes | memoryview]:
    """The elements of group 7FE1, in pieces of a few B-scans."""
    creator = CREATOR.encode()
    yield _short(0x0010, creator)
    digest = hashlib.sha256()
    for number, part in enumerate(_part_slices(array.shape, array.dtype.itemsize), 1):
        count = part.stop - part.start
        length = count * int(np.prod(array.shape[1:])) * array.dtype.itemsize
        yield struct.pack("<HH2sHL", ARRAY_GROUP, 0x1000 | number, b"OB", 0, length + length % 2)
        for piece in _pieces(array, progress, part):
            digest.update(piece)
            yield piece
        yield b"\0" * (length % 2)
    yield _short(0x1000 | DIGEST, digest.hexdigest().encode())


def _short(element: int, value: bytes) -> bytes:
    value += b" " * (len(value) % 2)
    return struct.pack("<HH2sH", ARRAY_GROUP, element, b"LO", len(value)) + value


def _part_slices(shape: tuple[int, ...], itemsize: int) -> Iterator[slice]:
    """The B-scan positions of each element."""
    position = math.prod(shape[1:]) * itemsize
    if position > PART_BYTES:
        raise InstanceUnreadable(f"one B-scan position has {position} bytes, more than 2 GB")
    return blocks(shape[0], max(1, PART_BYTES // position))


def _pieces(
    array: ArrayLike, progress: Progress | None, part: slice | None = None
) -> Iterator[memoryview]:
    """The array's bytes, a few B-scans at a time."""
    part = part or slice(0, array.shape[0])
    for block in blocks(part.stop - part.start, BSCANS_AT_ONCE):
        here = slice(part.start + block.start, part.start + block.stop)
        piece = np.asarray(array[here])
        piece = np.ascontiguousarray(piece, piece.dtype.newbyteorder("<"))
        yield piece.reshape(-1).view(np.uint8).data
        if progress is not None:
            progress(here.stop, array.shape[0])


def array_parts(file: InstanceFile) -> tuple[list[tuple[int, int]], str]:
    """Offset and length of each element of the array, and the digest.

    Raises
    ------
    InstanceUnreadable
        They are missing or incomplete.
    """
    found = file.bulk_data_set(ARRAY_GROUP)
    held = [element for element in found if element.tag & 0xFFFF > 0xFF]
    parts = [(each.offset, each.length) for each in held if each.tag & 0xFF != DIGEST]
    digests = [found.raw(each.tag) for each in held if each.tag & 0xFF == DIGEST]
    digest = digests[0].decode("ascii", "replace").strip(" \0") if digests else ""
    if not parts or not digest:
        raise InstanceUnreadable("its array is missing or incomplete: the file was cut short")
    return parts, digest


def array_in_file(
    file: InstanceFile,
    parts: list[tuple[int, int]],
    shape: tuple[int, ...],
    dtype: np.dtype[Any],
) -> ArrayLike:
    """The array that these elements hold, mapped from the file.

    Raises
    ------
    InstanceUnreadable
        They hold too little data, or their number differs from the layout.
    """
    needed = math.prod(shape) * dtype.itemsize
    if min(shape) < 1 or needed > sum(length for _, length in parts):
        raise InstanceUnreadable(
            f"it states {needed} bytes of array: none, or more than the file has"
        )
    slices = list(_part_slices(shape, dtype.itemsize))
    if len(slices) != len(parts):
        raise InstanceUnreadable(f"its array is in {len(parts)} parts, not {len(slices)}")
    arrays = []
    for part, (offset, length) in zip(slices, parts, strict=True):
        here = (part.stop - part.start, *shape[1:])
        if math.prod(here) * dtype.itemsize > length:
            raise InstanceUnreadable(f"its array of {shape} {dtype} is longer than the file")
        arrays.append(np.memmap(file.path, dtype, "r", offset, here))
    return arrays[0] if len(arrays) == 1 else _InParts(arrays)


class _InParts:
    """Several arrays, one after the other along the first axis, as if they were one."""

    def __init__(self, arrays: list[np.memmap[Any, np.dtype[Any]]]) -> None:
        self._arrays = arrays
        self._starts = np.cumsum([0, *(len(array) for array in arrays)])
        self.shape: tuple[int, ...] = (int(self._starts[-1]), *arrays[0].shape[1:])
        self.dtype: np.dtype[Any] = arrays[0].dtype

    def __getitem__(self, key: Any) -> Any:
        first, *rest = key if isinstance(key, tuple) else (key,)
        selected = np.arange(self.shape[0])[first]
        found = np.stack([self._position(at) for at in np.atleast_1d(selected)])
        found = found[0] if np.ndim(selected) == 0 else found
        return found[tuple(rest) if np.ndim(selected) == 0 else (slice(None), *rest)]

    def _position(self, at: int) -> Any:
        part = int(np.searchsorted(self._starts, at, "right")) - 1
        return self._arrays[part][at - self._starts[part]]
