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
from octome.formats.pattern import circular_path, scan_pattern, straight_path
from octome.formats.reading_options import ReadingOptions
from octome.formats.spacing import bscan_pitch, scan_geometry, spacing_mm
from octome.octa.acquisition import Float32
from octome.octa.device_volume import DeviceVolume, ScanPattern
from octome.octa.fundus_picture import FundusPicture
from octome.octa.surface import SurfaceMaps

# Export 5.x as HEYEX documents it; eyepy writes its own name instead of the version.
MAGIC = (b"HSF-OCT", b"ep-v")
_HEADER_BYTES = 2048
_BSCAN_HEADER_BYTES = 256
_PATTERNS: dict[int, ScanPattern] = {1: "line", 2: "circle", 3: "raster", 4: "raster", 5: "radial"}
# Series, patient, birth date, visit; and the progression: everything that identifies the patient.
_IDENTITY = ((104, 208), (224, 258))


def read(path: Path, options: ReadingOptions) -> DeviceVolume:
    """The volume of a .vol file: its scan, its layers and which eye it is.

    Raises
    ------
    DeviceFileUnreadable
        It is not a .vol file, or is shorter than its header claims.
    SpacingUnknown
        The header holds no spacing and none is given.
    """
    content = _content(path)
    stated, laterality = _PATTERNS.get(content.scan_pattern), side(content.scan_position)
    starts = [(bscan.start_x, bscan.start_y) for bscan in content.bscans]
    ends = [(bscan.end_x, bscan.end_y) for bscan in content.bscans]
    ascans, ascan_mm = content.size_x, content.scale_x
    # Of a circle, the "end" is the centre.
    way = (
        circular_path(starts[0], ends[0], ascans, ascan_mm, laterality)
        if stated == "circle"
        else straight_path(starts, ends, ascans, ascan_mm)
    )
    pattern = scan_pattern(stated, len(starts), way)
    geometry = scan_geometry(
        options.spacing,
        axial_mm=content.scale_y,
        ascan_mm=ascan_mm,
        bscan_mm=bscan_pitch(starts, ends) or content.distance,
        pattern=pattern,
    )
    larger = geometry.ascan_mm / ascan_mm if ascan_mm > 0 else None
    return DeviceVolume(
        structure=amplitude_of_power(_samples(content)),
        geometry=geometry,
        pattern=pattern,
        path=way.scaled(larger) if way is not None and larger is not None else None,
        fundus=_fundus(content, larger),
        surfaces=_surfaces(content),
        laterality=laterality,
        acquired=datetime.fromisoformat(content.exam_time),
        metadata={
            "manufacturer": "Heidelberg Engineering",
            "file_version": content.version.strip(),
            "grey_scale": POWER_SCALE,
            "focus_dpt": float(content.scan_focus),
            "quality_db": float(np.mean([bscan.quality for bscan in content.bscans])),
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


def _fundus(content: Any, larger: float | None) -> FundusPicture | None:
    """The localizer, if there is one; `larger` is the eye compared with the file's assumption."""
    pixels = np.array(content.localizer, np.uint8)
    if not pixels.size:
        return None
    spacing = (content.scale_y_slo, content.scale_x_slo)
    return FundusPicture(
        pixels=pixels,
        spacing_mm=None if larger is None else spacing_mm(spacing, larger),
        light="infrared",
        angle_deg=float(content.field_size_slo) or None,
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
