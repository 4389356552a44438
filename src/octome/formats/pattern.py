"""How the B-scans of a file lie on the retina, in octome's words."""

from __future__ import annotations


def scan_pattern(stated: str | None, bscans: int) -> str:
    """The pattern that a file states, unless the number of its B-scans says otherwise.

    One B-scan is a line unless it is a circle; several are a raster unless the file says otherwise.

    >>> scan_pattern("raster", 1), scan_pattern(None, 9), scan_pattern("circle", 1)
    ('line', 'raster', 'circle')
    """
    if bscans == 1:
        return "circle" if stated == "circle" else "line"
    return stated or "raster"
