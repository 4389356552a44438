"""Heidelberg's exchange file (.e2e), read with eyepy: one series of its B-scans.

No real file was available: it is tested with files written by its published layout. The
samples are decoded here, because eyepy 0.21 and oct-converter 0.7 take the bits of the mantissa in
reverse, which turns neighbouring values into values up to a factor of two apart; RETIMAT takes them
in order. Flow of OCT-A scans is in an undocumented part of the file.
"""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from octome.errors import DeviceFileUnreadable, SeriesUnknown
from octome.formats.eye import side
from octome.formats.grey import POWER_SCALE, amplitude_of_power
from octome.formats.layers import HEIDELBERG, surface_maps
from octome.formats.pattern import scan_pattern
from octome.formats.reading_options import ReadingOptions
from octome.formats.spacing import bscan_pitch, scan_geometry
from octome.octa.acquisition import Float32
from octome.octa.device_volume import DeviceVolume, ScanPattern
from octome.octa.fundus_picture import FundusPicture
from octome.octa.laterality import Laterality
from octome.octa.scan_path import Point, ScanPath
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
_NASAL_START_AT = 0xE4  # in the metadata of a B-scan
_LOCALIZER_KIND = 33620481
_ANGLES = {384: 15.0, 512: 20.0, 1024: 20.0, 1536: 30.0}
_AMBIGUOUS_SIZE = 768
# Of the localizer, in its own metadata: an affine transformation.
_TRANSFORM_AT, _NOT_MOVED = 32, (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)


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
    pattern = _located(slices, meta["size_x"], laterality).pattern
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
    located = _located(slices, power.shape[2], laterality)
    pitch = bscan_pitch(*_ends(metas))
    mm_per_degree = MEDIUM_EYE_LENGTH_UM_PER_DEG / 1000
    geometry = scan_geometry(
        options.spacing,
        axial_mm=metas[0]["scale_y"],
        ascan_mm=located.ascan_deg * mm_per_degree,
        bscan_mm=pitch * mm_per_degree if pitch is not None else None,
        pattern=located.pattern,
    )
    if located.ascan_deg:
        mm_per_degree = geometry.ascan_mm / located.ascan_deg
    angles = located.path
    fundus, corner_deg = _fundus(series, slices, angles, mm_per_degree)
    path = None if angles is None else ScanPath(angles.points - corner_deg).scaled(mm_per_degree)
    return DeviceVolume(
        structure=amplitude_of_power(power),
        geometry=geometry,
        pattern=located.pattern,
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


def _ends(metas: list[Any]) -> tuple[list[Point], list[Point]]:
    """Where each B-scan begins and ends, as angles at the eye."""
    return [m["start_pos"] for m in metas], [m["end_pos"] for m in metas]


@dataclass(frozen=True)
class _Located:
    """How a series was scanned, in angles at the eye, from the middle of the localizer."""

    pattern: ScanPattern
    path: ScanPath | None
    """In degrees: to the right and downwards in the picture. None if it is not known."""
    ascan_deg: float
    """Between A-scans along a B-scan; 0 if it is not known."""


def _located(slices: list[Any], ascans: int, laterality: Laterality | None) -> _Located:
    """The scan pattern and the places of a series.

    Each B-scan states whether it is a line or a circle (2). A circle has a start and a centre; one
    that begins on the nasal side, and several in one series, are not placed.
    """
    metas = [piece.get_meta() for piece in slices]
    starts, ends = _ends(metas)
    circles = sum(meta["scan_pattern"] == _CIRCLE for meta in metas)
    if circles:
        centre = (metas[0]["center_x"], metas[0]["center_y"])
        length = 2 * math.pi * math.dist(starts[0], centre)
        is_placed = circles == len(metas) == 1 and length > 0 and not _is_nasal(slices[0])
        path = (
            ScanPath.circle(starts[0], centre, ascans, laterality)
            if is_placed and laterality is not None
            else None
        )
        pattern: ScanPattern = "circle" if circles == len(metas) else "radial"
        return _Located(pattern, path, length / ascans if circles == len(metas) == 1 else 0.0)
    if not all(math.dist(start, end) > 0 for start, end in zip(starts, ends, strict=True)):
        return _Located(scan_pattern(None, len(metas)), None, 0.0)
    path = ScanPath.lines(starts, ends, ascans)
    length = math.dist(starts[0], ends[0])
    return _Located(scan_pattern(None, len(metas), path), path, length / ascans)


def _is_nasal(piece: Any) -> bool:
    """Whether a circle begins on the nasal side, as far as the file states it."""
    from eyepy.io.he.e2e_format import TypesEnum

    content = piece.folders[TypesEnum.bscanmeta][0].get_bytes()
    return any(content[_NASAL_START_AT : _NASAL_START_AT + 4])


def _fundus(
    series: Any, slices: list[Any], angles: ScanPath | None, mm_per_degree: float
) -> tuple[FundusPicture | None, tuple[float, float]]:
    """The localizer of a series, and where its upper left corner is, in degrees.

    Its angle is not stated; its size gives it (15 degrees: 384 px; 20: 512 or 1024; 30: 768 or
    1536). 768 px may also be 15 degrees, unless the scan is wider. The corner is 0 where the angle
    is unknown, or the localizer was moved.
    """
    from eyepy.io.he.e2e_format import TypesEnum

    owners = [series, *slices]
    pixels = next((p for owner in owners if (p := _localizer(owner)) is not None), None)
    if pixels is None:
        return None, (0.0, 0.0)
    size = pixels.shape[1]
    angle = _ANGLES.get(size)
    if size == _AMBIGUOUS_SIZE and angles is not None and np.abs(angles.points).max() > 7.5:
        angle = 30.0
    moved = series.folders.get(TypesEnum.slodata) or []
    if angle is None or angles is None or any(_is_moved(f.get_bytes()) for f in moved):
        return FundusPicture(pixels=pixels, angle_deg=angle), (0.0, 0.0)
    spacing = angle / size * mm_per_degree
    corner = (-angle / 2, -angle / 2 * pixels.shape[0] / size)
    return FundusPicture(pixels=pixels, spacing_mm=(spacing, spacing), angle_deg=angle), corner


def _localizer(owner: Any) -> NDArray[np.uint8] | None:
    """The picture of the fundus in a series or a slice."""
    from eyepy.io.he.e2e_format import TypesEnum

    for folder in owner.folders.get(TypesEnum.image) or []:
        content = folder.get_bytes()
        _, kind, count, height, width = _PICTURE.unpack_from(content)
        if kind == _LOCALIZER_KIND:
            return np.frombuffer(content, np.uint8, count, _PICTURE.size).reshape(height, width)
    return None


def _is_moved(content: bytes) -> bool:
    """Whether the localizer's stored transformation is another one than none."""
    transform = struct.unpack_from("<6f", content, _TRANSFORM_AT)
    return not np.allclose(transform, _NOT_MOVED, atol=1e-4)


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
