"""Zeiss Cirrus .img: only grey values; everything else is in the file's name.

No real file was available. Three independent readers agree that B-scans follow one another, upside
down and mirrored, and octome follows them; oct-converter 0.7 lays out the same bytes differently,
and is not used. They are 1024 rows deep unless the caller gives another size. The name holds the
patient's number, which is not read.
"""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import numpy as np

from octome.errors import DeviceFileUnreadable
from octome.formats.eye import side_in_name
from octome.formats.grey import amplitude_of_grey, grey_scale
from octome.formats.pattern import scan_pattern
from octome.formats.reading_options import ReadingOptions
from octome.formats.spacing import scan_geometry
from octome.octa.device_volume import DeviceVolume

_DEPTH = 1024
_WHITE = 255.0


def read(path: Path, options: ReadingOptions) -> DeviceVolume:
    """The volume of a Cirrus cube. The caller must give the spacing: the file has none.

    Raises
    ------
    DeviceFileUnreadable
        Neither the name (such as 512x128) nor the caller states the size of the cube, or the file
        has another size.
    SpacingUnknown
        No spacing is given.
    """
    depth, ascans, bscans = options.size or _size_in_name(path)
    needed, found = bscans * depth * ascans, path.stat().st_size
    if needed != found or not needed:
        raise DeviceFileUnreadable(
            f"a cube of {bscans} B-scans of {depth} x {ascans} has {needed} bytes, {path.name} "
            f"has {found}: it is damaged, incomplete or of another size, which --size gives",
            path=str(path),
            needed=needed,
            found=found,
        )
    pattern = scan_pattern(None, bscans)
    geometry = scan_geometry(
        options.spacing, axial_mm=None, ascan_mm=None, bscan_mm=None, pattern=pattern
    )
    stored = np.fromfile(path, np.uint8).reshape(bscans, depth, ascans)
    upright = np.ascontiguousarray(stored[:, ::-1, ::-1])
    return DeviceVolume(
        structure=amplitude_of_grey(upright, _WHITE, options.grey_span_db),
        geometry=geometry,
        pattern=pattern,
        laterality=side_in_name(path.name),
        acquired=_acquired(path.name),
        metadata={
            "manufacturer": "Carl Zeiss Meditec",
            "grey_scale": grey_scale(_WHITE, options.grey_span_db),
        },
    )


def _size_in_name(path: Path) -> tuple[int, int, int]:
    """Rows, A-scans and B-scans, by the size in the name: A-scans x B-scans."""
    size = re.search(r"(?<!\d)(\d{2,4})x(\d{1,4})(?!\d)", path.name)
    if size is None:
        raise DeviceFileUnreadable(
            f"the size of a .img file is only in its name, such as 512x128, and {path.name} has "
            "none: give it with --size rows,A-scans,B-scans, such as 1024,512,128",
            path=str(path),
        )
    return _DEPTH, int(size[1]), int(size[2])


def _acquired(name: str) -> datetime | None:
    """The time in the name: month-day-year_hour-minute-second."""
    stamp = re.search(r"\d{1,2}-\d{1,2}-\d{4}_\d{1,2}-\d{1,2}-\d{1,2}", name)
    return datetime.strptime(stamp[0], "%m-%d-%Y_%H-%M-%S") if stamp else None
