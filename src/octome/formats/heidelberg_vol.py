"""Heidelberg's raw export (.vol): reflectivity as floats, read with eyepy's layout of the file.

Tried on two real circular scans and on a raster that eyepy wrote. OCT-A exports hold flow instead
of reflectivity, in the same layout; none was available.
"""

from __future__ import annotations

import struct
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from octome.errors import DeviceFileUnreadable
from octome.formats.eye import side
from octome.formats.grey import POWER_SCALE, amplitude_of_power
from octome.formats.layers import HEIDELBERG, surface_maps
from octome.formats.pattern import scan_pattern
from octome.formats.spacing import bscan_pitch, scan_geometry
from octome.octa.acquisition import Float32, ScanGeometry
from octome.octa.device_volume import DeviceVolume, ScanPattern
from octome.octa.surface import SurfaceMaps

# Export 5.x as HEYEX documents it; eyepy writes its own name instead of the version.
MAGIC = (b"HSF-OCT", b"ep-v")
_HEADER_BYTES = 2048
_BSCAN_HEADER_BYTES = 256
_PATTERNS: dict[int, ScanPattern] = {1: "line", 2: "circle", 3: "raster", 4: "raster", 5: "radial"}
# Series, patient, birth date, visit; and the progression: everything that identifies the patient.
_IDENTITY = ((104, 208), (224, 258))


def read(path: Path, spacing: ScanGeometry | None) -> DeviceVolume:
    """The volume of a .vol file: its scan, its layers and which eye it is.

    Raises
    ------
    DeviceFileUnreadable
        It is not a .vol file, or is shorter than its header claims.
    SpacingUnknown
        The header holds no spacing and none is given.
    """
    content = _content(path)
    bscans = content.bscans
    pattern = scan_pattern(_PATTERNS.get(content.scan_pattern), len(bscans))
    pitch = bscan_pitch(
        [(bscan.start_x, bscan.start_y) for bscan in bscans],
        [(bscan.end_x, bscan.end_y) for bscan in bscans],
    )
    return DeviceVolume(
        structure=amplitude_of_power(_samples(content)),
        geometry=scan_geometry(
            spacing,
            axial_mm=content.scale_y,
            ascan_mm=content.scale_x,
            bscan_mm=pitch or content.distance,
            pattern=pattern,
        ),
        pattern=pattern,
        surfaces=_surfaces(content),
        laterality=side(content.scan_position),
        acquired=datetime.fromisoformat(content.exam_time),
        metadata={
            "manufacturer": "Heidelberg Engineering",
            "file_version": content.version.strip(),
            "grey_scale": POWER_SCALE,
            "focus_dpt": float(content.scan_focus),
            "quality_db": float(np.mean([bscan.quality for bscan in bscans])),
        },
    )


def read_flow(path: Path) -> Float32:
    """The flow of an OCT-A export (`...Angio.vol`), float32, `(B, Z, X)`.

    Its values are the device's own, 0 to 1; NaN where it has none.
    """
    flow = _samples(_content(path))
    # Safe to change in place: `_samples` stacked a copy.
    flow[~((flow >= 0) & (flow <= 1))] = np.nan
    return flow


def _content(path: Path) -> Any:
    """The file by eyepy's layout, identity blanked before anything of it is decoded."""
    from eyepy.io.he.vol_reader import vol_format

    raw = bytearray(path.read_bytes())
    _check_size(path, raw)
    for start, stop in _IDENTITY:
        raw[start:stop] = bytes(stop - start)
    return vol_format.parse(bytes(raw))


def _check_size(path: Path, raw: bytearray) -> None:
    """Raise if the header claims more samples than fit in the file."""
    if len(raw) < _HEADER_BYTES or not raw.startswith(MAGIC):
        raise DeviceFileUnreadable(f"{path.name} is not a Heidelberg .vol file", path=str(path))
    ascans, bscans, depth = struct.unpack_from("<3I", raw, 12)
    slo = struct.unpack_from("<2I", raw, 48)
    needed = _HEADER_BYTES + slo[0] * slo[1]
    needed += bscans * (_BSCAN_HEADER_BYTES + 4 * ascans * depth)
    if min(ascans, bscans, depth) < 1 or needed > len(raw):
        raise DeviceFileUnreadable(
            f"{path.name} claims {bscans} B-scans of {depth} x {ascans}, at least {needed} bytes, "
            f"and has {len(raw)}: it is damaged or incomplete",
            path=str(path),
            needed=needed,
            found=len(raw),
        )


def _samples(content: Any) -> Float32:
    """The stored samples of the B-scans: float32, `(B, Z, X)`."""
    return np.stack([bscan.data for bscan in content.bscans]).astype(np.float32, copy=False)


def _surfaces(content: Any) -> SurfaceMaps | None:
    """The lines of all B-scans by name; a B-scan may lack some of them."""
    from eyepy.io.he.vol_reader import SEG_MAPPING

    shape = (len(content.bscans), content.size_x)
    lines = {name: np.full(shape, np.nan, np.float32) for name in HEIDELBERG}
    for index, bscan in enumerate(content.bscans):
        for name, line in lines.items():
            if SEG_MAPPING[name] < bscan.num_seg:
                line[index] = bscan.layer_segmentations[SEG_MAPPING[name]]
    return surface_maps(lines, HEIDELBERG)
