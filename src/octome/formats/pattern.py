"""The pattern of a file's B-scans on the retina, by octome's names."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from octome.octa.device_volume import ScanPattern
from octome.octa.scan_path import Point, ScanPath

# Of the length: how far the stated spacing of A-scans may be from the stated ends of B-scans.
AGREES = 0.02


def scan_pattern(
    stated: ScanPattern | None, bscans: int, path: ScanPath | None = None
) -> ScanPattern:
    """The pattern that a file states, unless the number or the places of its B-scans contradict it.

    One B-scan is a line unless it is a circle; several are a raster unless the file states another
    pattern or they lie otherwise.

    >>> scan_pattern("raster", 1), scan_pattern(None, 9), scan_pattern("circle", 1)
    ('line', 'raster', 'circle')
    """
    if bscans == 1:
        return "circle" if stated == "circle" else "line"
    if path is None:
        return stated or "raster"
    if path.is_raster:
        return "raster"
    # Several at one place are one line, scanned again and again.
    return "line" if path.is_parallel else "radial"


def straight_path(
    starts: Sequence[Point], ends: Sequence[Point], ascans: int, ascan_mm: float | None
) -> ScanPath | None:
    """Where straight B-scans lay, from where each begins and ends in mm.

    None if a place is not stated, or contradicts the spacing of the A-scans.
    """
    lengths = [
        math.hypot(x1 - x0, y1 - y0) for (x0, y0), (x1, y1) in zip(starts, ends, strict=True)
    ]
    if not lengths or not all(_agrees(length, ascans, ascan_mm) for length in lengths):
        return None
    return ScanPath.lines(starts, ends, ascans)


def circular_path(
    start: Point, centre: Point, ascans: int, ascan_mm: float | None, laterality: str | None
) -> ScanPath | None:
    """Where a circular B-scan lay, from where it begins and its centre in mm.

    None if they contradict the spacing of the A-scans; or without the eye, which gives the
    direction.
    """
    around = 2 * math.pi * math.hypot(start[0] - centre[0], start[1] - centre[1])
    if not _agrees(around, ascans, ascan_mm):
        return None
    match laterality:
        case "R" | "L" as eye:
            return ScanPath.circle(start, centre, ascans, eye)
        case _:
            return None


def _agrees(length_mm: float, ascans: int, ascan_mm: float | None) -> bool:
    if ascan_mm is None or not np.isfinite([length_mm, ascan_mm]).all() or not ascan_mm > 0:
        return False
    expected = ascans * ascan_mm
    return length_mm > 0 and abs(length_mm - expected) <= AGREES * expected
