"""Heidelberg's exchange file (.e2e), read with eyepy: one series of its B-scans.

No real file was available: it is tested with files written by its published layout. The
samples are decoded here, because eyepy 0.21 and oct-converter 0.7 take the bits of the mantissa in
reverse, which turns neighbouring values into values up to a factor of two apart; RETIMAT takes them
in order. Flow of OCT-A scans is in an undocumented part of the file.
"""

from __future__ import annotations

import struct
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from octome.errors import DeviceFileUnreadable, SeriesUnknown
from octome.formats.eye import side
from octome.formats.grey import POWER_SCALE, amplitude_of_power
from octome.formats.heidelberg_e2e_place import PICTURE, ends_deg, fundus_of_series, located
from octome.formats.layers import HEIDELBERG, surface_maps
from octome.formats.reading_options import ReadingOptions
from octome.formats.spacing import bscan_pitch, scan_geometry
from octome.octa.acquisition import Float32
from octome.octa.device_volume import DeviceVolume
from octome.octa.laterality import Laterality
from octome.octa.scan_path import ScanPath
from octome.octa.surface import SurfaceMaps

MAGIC = (b"CMDb",)
# Of the file, of a directory, of one of its entries, and of what an entry points to.
_FILE_BYTES, _DIRECTORY_BYTES, _ENTRY_BYTES, _CONTAINER_BYTES = 88, 52, 44, 60
_BSCAN_KIND = 35652097
# The largest number marks missing values.
_EMPTY = 0xFFFF


def read(path: Path, options: ReadingOptions) -> DeviceVolume:
    """One series of B-scans in a .e2e file: the only one, or that which the caller chose.

    Positions are stored as angles. They become mm by eyepy's figure for an eye of medium length,
    unless the caller gives the spacing; `metadata["lateral_scale"]` states which.

    Raises
    ------
    DeviceFileUnreadable
        It holds no B-scans.
    SeriesUnknown
        It holds several series and none is chosen, or has none of that number.
    SpacingUnknown
        It holds no positions and no spacing is given.
    """
    from eyepy.io.he.e2e_reader import HeE2eReader

    _check_directories(path)
    with HeE2eReader(path) as reader:
        found = [series for series in reader.series if _slices(series)]
        if not found:
            raise DeviceFileUnreadable(f"{path.name} holds no B-scans", path=str(path))
        chosen = _chosen(path, found, options.series)
        return volume_of_series(chosen, options, series_count=len(found))


def _chosen(path: Path, found: list[Any], number: int | None) -> Any:
    """The series that the caller chose; the only one if there is no choice."""
    if number is None and len(found) == 1:
        return found[0]
    if number is not None and 1 <= number <= len(found):
        return found[number - 1]
    listed = [f"{at} ({_described(series)})" for at, series in enumerate(found, 1)]
    raise SeriesUnknown(
        f"{path.name} holds {len(found)} scans{'' if number is None else f', none is {number}'}; "
        f"choose one with --series: {', '.join(listed)}",
        path=str(path),
        series=listed,
    )


def _described(series: Any) -> str:
    """The eye, the pattern, the size and the time of a series."""
    slices, laterality = _slices(series), _laterality(series)
    meta = slices[0].get_meta()
    eye = {"R": "right eye", "L": "left eye", None: "eye not stated"}[laterality]
    count = "1 B-scan" if len(slices) == 1 else f"{len(slices)} B-scans"
    when = meta["acquisitionTime"][:16].replace("T", " ")
    pattern = located(slices, meta["size_x"], laterality).pattern
    return f"{eye}, {pattern} of {count} x {meta['size_x']} A-scans, {when}"


def volume_of_series(
    series: Any, options: ReadingOptions, *, series_count: int = 1
) -> DeviceVolume:
    """One series of eyepy's reader, which must be open, as a volume.

    Parameters
    ----------
    series : eyepy.io.he.e2e_reader.E2ESeriesStructure
    options : ReadingOptions
    series_count : int
        Series of B-scans in the file, for the metadata.
    """
    from eyepy.io.he.e2e_reader import MEDIUM_EYE_LENGTH_UM_PER_DEG

    slices = _slices(series)
    metas = [piece.get_meta() for piece in slices]
    power = np.stack([_power(piece) for piece in slices])
    times = tuple(datetime.fromisoformat(meta["acquisitionTime"]) for meta in metas)
    laterality = _laterality(series)
    place = located(slices, power.shape[2], laterality)
    pitch = bscan_pitch(*ends_deg(metas))
    mm_per_degree = MEDIUM_EYE_LENGTH_UM_PER_DEG / 1000
    geometry = scan_geometry(
        options.spacing,
        axial_mm=metas[0]["scale_y"],
        # Angles: what they are in mm is an assumption, which the caller may replace.
        ascan_mm=None if options.spacing else place.ascan_deg * mm_per_degree,
        bscan_mm=None if options.spacing or pitch is None else pitch * mm_per_degree,
        pattern=place.pattern,
    )
    if place.ascan_deg:
        mm_per_degree = geometry.ascan_mm / place.ascan_deg
    angles = place.path
    fundus, corner_deg = fundus_of_series(series, slices, angles, mm_per_degree)
    path = None if angles is None else ScanPath(angles.points - corner_deg).scaled(mm_per_degree)
    return DeviceVolume(
        structure=amplitude_of_power(power),
        geometry=geometry,
        pattern=place.pattern,
        path=path,
        fundus=fundus,
        surfaces=_surfaces(slices, power.shape[2]),
        laterality=laterality,
        acquired=times[0],
        bscan_times=times,
        metadata={
            "manufacturer": "Heidelberg Engineering",
            "grey_scale": POWER_SCALE,
            "lateral_scale": (
                "given by the caller"
                if options.spacing is not None
                else f"{mm_per_degree:.4f} mm a degree, an eye of medium length; not measured"
            ),
            "series_in_file": float(series_count),
            **({"centred_on": "disc"} if _structure(series) == "ONH" else {}),
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
        _, kind, count, height, width = PICTURE.unpack_from(content)
        if kind == _BSCAN_KIND:
            code = np.frombuffer(content, "<u2", count, PICTURE.size).reshape(height, width)
            mantissa = 1 + (code & 0x3FF).astype(np.float32) / 1024
            power = np.ldexp(mantissa, (code >> 10).astype(np.int32) - 63)
            return np.where(code == _EMPTY, np.inf, power).astype(np.float32)
    raise DeviceFileUnreadable("a slice of the file holds no B-scan")


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


def _structure(series: Any) -> str | None:
    """The examined structure by its name in the file."""
    from eyepy.io.he.e2e_format import TypesEnum

    folders = series.folders.get(TypesEnum.examined_structure)
    return str(folders[0].data.text[0]).strip(" \0") if folders else None
