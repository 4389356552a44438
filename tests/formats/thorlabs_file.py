"""ThorImageOCT's .oct as Thorlabs' functions for Matlab read it, to test its reader."""

from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np

ITEM = (
    '<DataFile Type="{kind}" BytesPerPixel="{width}" SizeZ="{z}" SizeX="{x}" SizeY="{y}" '
    'RangeZ="{rz}" RangeX="{rx}" RangeY="{ry}">data\\{name}.data</DataFile>'
)


def write_thorlabs(
    path: Path,
    decibels: np.ndarray,
    *,
    ranges: tuple[float, float, float] = (2.0, 6.0, 3.0),
    with_volume: bool = True,
    separator: str = "/",
) -> Path:
    """A file of dB as (B, Z, X); `ranges` are those of Z, X and Y in mm."""
    b, z, x = decibels.shape
    rz, rx, ry = ranges
    sizes = {"z": z, "x": x, "y": b, "rz": rz, "rx": rx, "ry": ry}
    items = ITEM.format(kind="Raw", width=2, name="Spectral0", **sizes)
    if with_volume:
        items += ITEM.format(kind="Real", width=4, name="Intensity", **sizes)
    # Depth fastest, then A-scans, then B-scans.
    stored = decibels.transpose(0, 2, 1).astype("<f4").tobytes()
    with zipfile.ZipFile(path, "w") as parts:
        parts.writestr("Header.xml", f"<Ocity><DataFiles>{items}</DataFiles></Ocity>")
        if with_volume:
            parts.writestr(f"data{separator}Intensity.data", stored)
    return path
