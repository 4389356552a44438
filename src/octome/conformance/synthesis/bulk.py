"""Bulk data that is neither pixels nor samples: points, triangles, spectra.

PS3.3 C.27.1 and C.27.2 (surface mesh, points), C.8.33.2 (tracks), C.37.1.2 (annotations),
C.8.14.4 (spectroscopy data).
"""

from __future__ import annotations

import struct

from pydicom.dataset import Dataset

TRIANGLE = (0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0)
POINTS = len(TRIANGLE) // 3
COORDINATES = struct.pack(f"<{len(TRIANGLE)}f", *TRIANGLE)
DOUBLE_COORDINATES = struct.pack(f"<{len(TRIANGLE)}d", *TRIANGLE)
OF_POINTS = bytes(4 * POINTS)  # a value for each point
# Points are counted from 1.
INDEX_LIST = struct.pack("<3H", 1, 2, 3)
LONG_INDEX_LIST = struct.pack("<3I", 1, 2, 3)
LONG_EDGE = struct.pack("<2I", 1, 2)
FLAT_POINT = struct.pack("<2f", 1, 1)
MAP_POINT = struct.pack("<5f", 1, 1, 0, 0, 1)  # PS3.3 C.8.17.12.2: on the image, then in space
COMPLEX = 2  # numbers for one sample


def arrange_spectra(ds: Dataset) -> None:
    """Make the length of spectroscopy data fit its samples."""
    if "SpectroscopyData" not in ds:
        return
    sizes = ("Rows", "Columns", "NumberOfFrames", "DataPointRows", "DataPointColumns")
    count = COMPLEX if ds.get("DataRepresentation", "COMPLEX") == "COMPLEX" else 1
    for size in sizes:
        count *= int(ds.get(size) or 1)
    ds.SpectroscopyData = bytes(4 * count)
