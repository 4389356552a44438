"""Heidelberg's .e2e, written byte by byte in its published layout, to test its reader."""

from __future__ import annotations

import struct
from dataclasses import dataclass

import numpy as np

IMAGE, BSCAN_META, LAYER, LATERALITY, SLO_META = 1073741824, 10004, 10019, 11, 10025
BSCAN_KIND, LOCALIZER_KIND = 35652097, 33620481
# 2020-02-03 04:05:06, in 100 ns since 1601-01-01.
TIME = 132251763060000000


def sample(power: np.ndarray) -> np.ndarray:
    """Power as unsigned 16-bit floats: mantissa of 10 bits below an exponent of 6."""
    mantissa, exponent = np.frexp(power.astype(np.float64))
    return ((exponent + 62) << 10 | np.round((2 * mantissa - 1) * 1024).astype(int)).astype("<u2")


def picture(codes: np.ndarray) -> bytes:
    height, width = codes.shape
    return struct.pack("<5I", codes.nbytes, BSCAN_KIND, codes.size, height, width) + codes.tobytes()


def localizer(pixels: np.ndarray) -> bytes:
    height, width = pixels.shape
    head = struct.pack("<5I", pixels.nbytes, LOCALIZER_KIND, pixels.size, height, width)
    return head + pixels.tobytes()


def slo_meta(*transform: float) -> bytes:
    """The affine transformation of a localizer."""
    return bytes(32) + struct.pack("<6f", *transform) + bytes(44)


def bscan_meta(
    index: int,
    shape: tuple[int, int, int],
    pattern: int = 3,
    ends: tuple[float, float, float, float] | None = None,
    centre: tuple[float, float] | None = None,
) -> bytes:
    """10 degrees long, one degree after another, from the top of the picture downwards."""
    count, depth, width = shape
    ends = ends or (-5.0, float(index), 5.0, float(index))
    content = struct.pack("<3I4f", 20, depth, width, *ends)
    content += struct.pack("<If2fI2fI", 0, 0.0, 0.0039, 0.0, 0, 0.0, 0.0, 0)
    content += struct.pack(
        "<4I2fIQ", width, count, index, pattern, *(centre or (0.0, float(index))), 0, TIME
    )
    return content.ljust(200, b"\0")


def layer(number: int, rows: np.ndarray) -> bytes:
    return struct.pack("<5I", 0, number, 0, rows.size, 0) + rows.astype("<f4").tobytes()


@dataclass
class Folder:
    """One piece of data and its slice; -1 for the whole series."""

    slice_id: int
    kind: int
    content: bytes
    series: int = 3


def e2e_bytes(folders: list[Folder]) -> bytes:
    """A file of one patient and one study."""
    directory = struct.pack("<12sI20s4I", b"MDbDir", 256, b"", len(folders), 0, 0, 0)
    start = 36 + 52 + 52 + 44 * len(folders)
    headers, data = b"", b""
    for folder in folders:
        size = len(folder.content)
        owner = struct.pack("<4i2HI", 1, 2, folder.series, folder.slice_id, 1, 0, folder.kind)
        headers += struct.pack("<4I", 0, start + len(data), size, 0) + owner + bytes(4)
        data += struct.pack("<12s5I", b"MDbData", 0, 0, 0, size, 0) + owner + bytes(4)
        data += folder.content
    version = struct.pack("<12sI20s", b"CMDb", 256, b"")
    main = struct.pack("<12sI20s4I", b"MDbMDir", 256, b"", 0, 0, 0, 0)
    return version + main + directory + headers + data
