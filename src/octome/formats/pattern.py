"""The pattern of a file's B-scans on the retina, by octome's names."""

from __future__ import annotations

from octome.octa.device_volume import ScanPattern


def scan_pattern(stated: ScanPattern | None, bscans: int) -> ScanPattern:
    """The pattern that a file states, unless the number of its B-scans contradicts it.

    One B-scan is a line unless it is a circle; several are a raster unless the file states another
    pattern.

    >>> scan_pattern("raster", 1), scan_pattern(None, 9), scan_pattern("circle", 1)
    ('line', 'raster', 'circle')
    """
    if bscans == 1:
        return "circle" if stated == "circle" else "line"
    return stated or "raster"
