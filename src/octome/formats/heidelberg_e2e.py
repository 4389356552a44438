"""Heidelberg's exchange file (.e2e), read with eyepy: its first series of B-scans.

No real file was available: it is tested with files written by its published layout. The
samples are decoded here, because eyepy 0.21 and oct-converter 0.7 take the bits of the mantissa in
reverse, which turns neighbouring values into values up to a factor of two apart; RETIMAT takes them
in order. Flow of OCT-A scans is in an undocumented part of the file.
"""

from __future__ import annotations

import math
import struct
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from octome.errors import DeviceFileUnreadable
from octome.formats.eye import side
from octome.formats.grey import POWER_SCALE, amplitude_of_power
from octome.formats.layers import HEIDELBERG, surface_maps
from octome.formats.spacing import bscan_pitch, scan_geometry
from octome.octa.acquisition import Float32, ScanGeometry
from octome.octa.device_volume import DeviceVolume, ScanPattern
from octome.octa.laterality import Laterality
from octome.octa.surface import SurfaceMaps

MAGIC = (b"CMDb",)
# Of the file, of a directory, of one of its entries, and of what an entry points to.
_FILE_BYTES, _DIRECTORY_BYTES, _ENTRY_BYTES, _CONTAINER_BYTES = 88, 52, 44, 60
# Before the samples of a picture: its bytes, kind, count, height and width.
_PICTURE = struct.Struct("<5I")
_BSCAN_KIND = 35652097
# The largest number marks missing values.
_EMPTY = 0xFFFF
_CIRCLE = 2
_PARALLEL = math.sin(math.radians(2))


def read(path: Path, spacing: ScanGeometry | None) -> DeviceVolume:
    """The first series of B-scans in a .e2e file.

    Positions are stored as angles. They become mm by eyepy's figure for an eye of medium length,
    unless the caller gives the spacing; `metadata["lateral_scale"]` states which.

    Raises
    ------
    DeviceFileUnreadable
        It holds no B-scans.
    SpacingUnknown
        It holds no positions and no spacing is given.
    """
    from eyepy.io.he.e2e_reader import HeE2eReader

    _check_directories(path)
    with HeE2eReader(path) as reader:
        found = [series for series in reader.series if _slices(series)]
        if not found:
            raise DeviceFileUnreadable(f"{path.name} holds no B-scans", path=str(path))
        return volume_of_series(found[0], spacing, series_count=len(found))


def volume_of_series(
    series: Any, spacing: ScanGeometry | None, *, series_count: int = 1
) -> DeviceVolume:
    """One series of eyepy's reader, which must be open, as a volume.

    Parameters
    ----------
    series : eyepy.io.he.e2e_reader.E2ESeriesStructure
    spacing : ScanGeometry or None
        The caller's; it takes precedence.
    series_count : int
        Series of B-scans in the file, for the metadata.
    """
    from eyepy.io.he.e2e_reader import MEDIUM_EYE_LENGTH_UM_PER_DEG

    slices = _slices(series)
    metas = [piece.get_meta() for piece in slices]
    pattern = _pattern(metas)
    power = np.stack([_power(piece) for piece in slices])
    mm_per_degree = MEDIUM_EYE_LENGTH_UM_PER_DEG / 1000
    pitch = bscan_pitch([m["start_pos"] for m in metas], [m["end_pos"] for m in metas])
    return DeviceVolume(
        structure=amplitude_of_power(power),
        geometry=scan_geometry(
            spacing,
            axial_mm=metas[0]["scale_y"],
            ascan_mm=_length_degrees(metas[0], pattern) / power.shape[2] * mm_per_degree,
            bscan_mm=pitch * mm_per_degree if pitch is not None else None,
            pattern=pattern,
        ),
        pattern=pattern,
        surfaces=_surfaces(slices, power.shape[2]),
        laterality=_laterality(series),
        acquired=datetime.fromisoformat(metas[0]["acquisitionTime"]),
        metadata={
            "manufacturer": "Heidelberg Engineering",
            "grey_scale": POWER_SCALE,
            "lateral_scale": (
                "given by the caller"
                if spacing is not None
                else f"{mm_per_degree:.4f} mm a degree, an eye of medium length; not measured"
            ),
            "series_in_file": float(series_count),
        },
    )


def _check_directories(path: Path) -> None:
    """Raise for circular directories, which eyepy would follow forever."""
    size = path.stat().st_size
    position, visited = _FILE_BYTES, set[int]()
    with path.open("rb") as file:
        while position + _DIRECTORY_BYTES <= size:
            if position in visited:
                raise DeviceFileUnreadable(
                    f"{path.name} is damaged: its directories lead back to byte {position}",
                    path=str(path),
                )
            visited.add(position)
            file.seek(position)
            directory = file.read(_DIRECTORY_BYTES)
            (entries,) = struct.unpack_from("<I", directory, 36)
            last = position + _DIRECTORY_BYTES + (entries - 1) * _ENTRY_BYTES
            # Like eyepy, stop at the first bytes that are not a directory.
            if entries < 1 or last + _ENTRY_BYTES > size or not directory[:12].isascii():
                return
            file.seek(last)
            _, start, length = struct.unpack("<3I", file.read(12))
            position = start + length + _CONTAINER_BYTES


def _pattern(metas: list[Any]) -> ScanPattern:
    """The scan pattern, from positions: the meaning of the stored number is uncertain."""
    if len(metas) == 1:
        return "circle" if metas[0]["scan_pattern"] == _CIRCLE else "line"
    along = np.array([np.subtract(m["end_pos"], m["start_pos"]) for m in metas], float)
    turned = np.abs(along[:, 0] * along[0, 1] - along[:, 1] * along[0, 0])
    length = np.hypot(*along.T)
    return "raster" if np.all(turned <= _PARALLEL * length * length[0]) else "radial"


def _slices(series: Any) -> list[Any]:
    """The slices of a series that hold a B-scan, in the order they were scanned."""
    from eyepy.io.he.e2e_format import TypesEnum

    needed = (TypesEnum.bscanmeta, TypesEnum.image)
    slices = [piece for piece in series.slices.values() if all(n in piece.folders for n in needed)]
    return sorted(slices, key=lambda piece: (piece.get_meta()["aktImage"], piece.id))


def _power(piece: Any) -> Float32:
    """The reflectivity in one slice, `(Z, X)`; infinite where nothing was recorded.

    Stored as 16 bits: 10 of mantissa below 6 of exponent, without a sign.
    """
    from eyepy.io.he.e2e_format import TypesEnum

    for folder in piece.folders[TypesEnum.image]:
        content = folder.get_bytes()
        _, kind, count, height, width = _PICTURE.unpack_from(content)
        if kind == _BSCAN_KIND:
            code = np.frombuffer(content, "<u2", count, _PICTURE.size).reshape(height, width)
            mantissa = 1 + (code & 0x3FF).astype(np.float32) / 1024
            power = np.ldexp(mantissa, (code >> 10).astype(np.int32) - 63)
            return np.where(code == _EMPTY, np.inf, power).astype(np.float32)
    raise DeviceFileUnreadable("a slice of the file holds no B-scan")


def _length_degrees(meta: Any, pattern: ScanPattern) -> float:
    """How long a B-scan is, as an angle at the eye; 0 for a circle, whose ends are undocumented."""
    (left, top), (right, bottom) = meta["start_pos"], meta["end_pos"]
    return 0.0 if pattern == "circle" else math.hypot(right - left, bottom - top)


def _surfaces(slices: list[Any], ascans: int) -> SurfaceMaps | None:
    """The lines of all slices by name."""
    from eyepy.io.he.e2e_format import TypesEnum
    from eyepy.io.he.vol_reader import SEG_MAPPING

    lines = {name: np.full((len(slices), ascans), np.nan, np.float32) for name in HEIDELBERG}
    for index, piece in enumerate(slices):
        layers = piece.get_layers() if TypesEnum.layer_annotation in piece.folders else {}
        for name, line in lines.items():
            if SEG_MAPPING[name] in layers:
                line[index] = layers[SEG_MAPPING[name]]
    return surface_maps(lines, HEIDELBERG)


def _laterality(series: Any) -> Laterality | None:
    """The eye of a series, by the name of eyepy's enumeration; None if it is not stated."""
    from eyepy.io.he.e2e_format import TypesEnum

    folders = series.folders.get(TypesEnum.laterality)
    return side(folders[0].data.laterality.name) if folders else None
