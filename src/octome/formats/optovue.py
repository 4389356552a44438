"""Optovue's .oct: floats, described by a text file of the same name (.txt).

No real file was available: it is tested with files written as oct-converter reads them. The
description states the size of the camera's picture of the eye but not the spacing of the scan: the
caller must give it. These files have no flow.
"""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import numpy as np

from octome.errors import DeviceFileUnreadable
from octome.formats.eye import side
from octome.formats.grey import amplitude_of_grey, grey_scale
from octome.formats.pattern import scan_pattern
from octome.formats.reading_options import ReadingOptions
from octome.formats.spacing import scan_geometry
from octome.octa.device_volume import DeviceVolume
from octome.octa.laterality import Laterality

# In the order of the axes (B, Z, X).
_SIZES = ("Scan Usage", "Window Height", "Scan Length")


def read(path: Path, options: ReadingOptions) -> DeviceVolume:
    """The first scan of an Optovue file; its brightest value is taken as white.

    Raises
    ------
    DeviceFileUnreadable
        The description is missing or lacks a size, or the file is shorter than it states.
    SpacingUnknown
        No spacing is given.
    """
    words = _description(path)
    bscans, depth, ascans = (_size(words, label, path) for label in _SIZES)
    count = bscans * depth * ascans
    if not 0 < 4 * count <= path.stat().st_size:
        raise DeviceFileUnreadable(
            f"{path.name} should hold {bscans} B-scans of {depth} x {ascans}, {4 * count} bytes, "
            f"and has {path.stat().st_size}: it is damaged or incomplete",
            path=str(path),
            needed=4 * count,
            found=path.stat().st_size,
        )
    # A-scan after A-scan, each from the bottom to the top.
    stored = np.fromfile(path, "<f4", count).reshape(bscans, ascans, depth)
    grey = np.ascontiguousarray(stored.transpose(0, 2, 1)[:, ::-1])
    white = float(grey.max())
    if not 0 < white < np.inf:
        raise DeviceFileUnreadable(f"{path.name} holds no grey values", path=str(path))
    pattern = scan_pattern(None, bscans)
    return DeviceVolume(
        structure=amplitude_of_grey(grey, white, options.grey_span_db),
        geometry=scan_geometry(
            options.spacing, axial_mm=None, ascan_mm=None, bscan_mm=None, pattern=pattern
        ),
        pattern=pattern,
        laterality=_eye(words),
        acquired=_acquired(path.name),
        metadata={"manufacturer": "Optovue", "grey_scale": grey_scale(white, options.grey_span_db)},
    )


def _description(path: Path) -> str:
    """The text that Optovue writes next to the file."""
    description = path.with_suffix(".txt")
    if not description.is_file():
        raise DeviceFileUnreadable(
            f"{path.name} needs the description that Optovue writes with it, {description.name}, "
            "next to it",
            path=str(description),
        )
    return description.read_text("iso-8859-1")


def _size(words: str, label: str, path: Path) -> int:
    """The first whole number in the first line with a label."""
    found = re.search(rf"{label}[^\n]*?(?<!\S)(\d{{1,6}})(?!\S)", words)
    if found is None:
        raise DeviceFileUnreadable(
            f"the description of {path.name} has no number for {label!r}", path=str(path)
        )
    return int(found[1])


def _eye(words: str) -> Laterality | None:
    """The eye that the description names."""
    found = re.search(r"Eye Scanned[^\n]*\b(OD|OS)\b", words)
    return side(found[1]) if found else None


def _acquired(name: str) -> datetime | None:
    """The time in the name: year-month-day_hour.minute.second; any separator instead of a dot."""
    stamp = re.search(r"(\d{4})-(\d{1,2})-(\d{1,2})_(\d{1,2}).(\d{1,2}).(\d{1,2})", name)
    return datetime(*map(int, stamp.groups())) if stamp else None  # type: ignore[arg-type]
