"""Where a series of a .e2e file was scanned: lines, circles, and the localizer they lie on.

Angles are those at the eye, from the middle of the localizer: to the right and downwards in it.
"""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from octome.formats.pattern import scan_pattern
from octome.octa.device_volume import ScanPattern
from octome.octa.fundus_picture import FundusPicture
from octome.octa.laterality import Laterality
from octome.octa.scan_path import Point, ScanPath

# Before the samples of a picture: its bytes, kind, count, height and width.
PICTURE = struct.Struct("<5I")
_CIRCLE = 2
_NASAL_START_AT = 0xE4  # in the metadata of a B-scan
_LOCALIZER_KIND = 33620481
_ANGLES = {384: 15.0, 512: 20.0, 1024: 20.0, 1536: 30.0}
_AMBIGUOUS_SIZE = 768
# Of the localizer, in its own metadata: an affine transformation.
_TRANSFORM_AT, _NOT_MOVED = 32, (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)


def ends_deg(metas: list[Any]) -> tuple[list[Point], list[Point]]:
    """Where each B-scan begins and ends, as angles at the eye."""
    return [m["start_pos"] for m in metas], [m["end_pos"] for m in metas]


@dataclass(frozen=True)
class Located:
    """How a series was scanned, in angles at the eye, from the middle of the localizer."""

    pattern: ScanPattern
    path: ScanPath | None
    """In degrees: to the right and downwards in the picture. None if it is not known."""
    ascan_deg: float
    """Between A-scans along a B-scan; 0 if it is not known."""


def located(slices: list[Any], ascans: int, laterality: Laterality | None) -> Located:
    """The scan pattern and the places of a series.

    Each B-scan states whether it is a line or a circle (2). A circle has a start and a centre; one
    that begins on the nasal side, and several in one series, are not placed.
    """
    metas = [piece.get_meta() for piece in slices]
    starts, ends = ends_deg(metas)
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
        return Located(pattern, path, length / ascans if circles == len(metas) == 1 else 0.0)
    if not all(math.dist(start, end) > 0 for start, end in zip(starts, ends, strict=True)):
        return Located(scan_pattern(None, len(metas)), None, 0.0)
    path = ScanPath.lines(starts, ends, ascans)
    length = math.dist(starts[0], ends[0])
    return Located(scan_pattern(None, len(metas), path), path, length / ascans)


def _is_nasal(piece: Any) -> bool:
    """Whether a circle begins on the nasal side, as far as the file states it."""
    from eyepy.io.he.e2e_format import TypesEnum

    content = piece.folders[TypesEnum.bscanmeta][0].get_bytes()
    return any(content[_NASAL_START_AT : _NASAL_START_AT + 4])


def fundus_of_series(
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
        _, kind, count, height, width = PICTURE.unpack_from(content)
        if kind == _LOCALIZER_KIND:
            return np.frombuffer(content, np.uint8, count, PICTURE.size).reshape(height, width)
    return None


def _is_moved(content: bytes) -> bool:
    """Whether the localizer's stored transformation is another one than none."""
    transform = struct.unpack_from("<6f", content, _TRANSFORM_AT)
    return not np.allclose(transform, _NOT_MOVED, atol=1e-4)
