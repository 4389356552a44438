"""Bioptigen's .oct: a header of named fields, then frame after frame, as oct-converter lays it out.

No real file was available: it is tested with files written by that layout. Only the layout
is used: oct-converter 0.7 fills the frames that a file lacks with bytes from memory.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from octome.errors import DeviceFileUnreadable
from octome.formats.eye import side_in_name
from octome.formats.grey import amplitude_of_grey, grey_scale
from octome.formats.pattern import scan_pattern
from octome.formats.reading_options import ReadingOptions
from octome.formats.spacing import scan_geometry
from octome.octa.device_volume import DeviceVolume, ScanPattern

# After the magic number, the version and the length of this name.
KEY, KEY_AT = b"FRAMEHEADER", 10
_WHITE = 65535.0
_PATTERNS: dict[int, ScanPattern] = {0: "line", 1: "raster", 3: "radial"}


def read(path: Path, options: ReadingOptions) -> DeviceVolume:
    """The first volume of a Bioptigen file, which may hold several, one after another.

    The file does not state the eye: it is taken from the file's name, if possible.

    Raises
    ------
    DeviceFileUnreadable
        Its frames differ in number or size from the header.
    SpacingUnknown
        Its header states no spacing and none is given.
    """
    from oct_converter.readers import BOCT

    raw = path.read_bytes()
    content = BOCT.file_structure.parse(raw)
    header, frames = content.header, content.data
    pattern = _PATTERNS.get(header.scantype.value, "line")
    # If one line was scanned repeatedly, each frame is a separate scan.
    bscans = 1 if pattern == "line" else header.scans.value
    ascans, depth = header.linecount.value, header.linelength.value
    if not 0 < bscans <= len(frames) or any(f.image.columns != ascans for f in frames):
        raise DeviceFileUnreadable(
            f"{path.name} claims {bscans} B-scans of {ascans} A-scans, but its {len(frames)} "
            "frames differ: it is damaged",
            path=str(path),
        )
    pattern = scan_pattern(pattern, bscans)
    stored = [np.frombuffer(raw, "<u2", ascans * depth, f.image.offset) for f in frames[:bscans]]
    grey = np.stack([frame.reshape(ascans, depth).T for frame in stored])
    fast = header.azscanlength if pattern == "raster" else header.scanlength
    return DeviceVolume(
        structure=amplitude_of_grey(np.ascontiguousarray(grey), _WHITE, options.grey_span_db),
        geometry=scan_geometry(
            options.spacing,
            axial_mm=header.scandepth.value / depth,
            ascan_mm=fast.value / ascans,
            bscan_mm=header.elscanlength.value / bscans,
            pattern=pattern,
        ),
        pattern=pattern,
        laterality=side_in_name(path.name),
        acquired=_acquired(frames[0].header.framedatetime.value),
        metadata={
            "manufacturer": "Bioptigen",
            "grey_scale": grey_scale(_WHITE, options.grey_span_db),
            "scans_in_file": float(len(frames) // bscans),
        },
    )


def _acquired(date: Any) -> datetime:
    """When the first frame was taken."""
    return datetime(date.year, date.month, date.day, date.hour, date.minute, date.second)
