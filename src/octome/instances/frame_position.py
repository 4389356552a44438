"""Where the frames of a stored volume lie, read back from its functional groups.

A frame states its plane (Plane Position and Orientation), or, if it is not a plane as that of a
circle, the place of its columns on a picture of the fundus (Ophthalmic Frame Location).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from pydicom.dataset import Dataset
from pydicom.multival import MultiValue

from octome.errors import InstanceUnreadable
from octome.instances.grid import DOWN, Float64, Grid
from octome.instances.scan_track import ScanTrack, placed_tops
from octome.octa.acquisition import ScanGeometry
from octome.octa.scan_path import ScanPath

NEAREST_MM, FARTHEST_MM = 1e-6, 1e3  # between samples: a nanometre, a metre
MIN_CORNERED = 2  # B-scans of an image with two corners
PARALLEL = 0.01  # of the shorter side of an image
SQUARE = 1e-3  # tolerance of the directions of a B-scan


def stored_placement(header: Dataset, shape: tuple[int, int, int]) -> Grid | ScanTrack:
    """Where the voxels of a stored volume lie.

    Raises
    ------
    InstanceUnreadable
        It does not state it, or directions or distances are impossible.
    """
    frames = _Frames(header, shape[0])
    down_mm, across_mm = frames.numbers(0, "PixelMeasuresSequence", "PixelSpacing", 2)
    if not all(NEAREST_MM <= each <= FARTHEST_MM for each in (down_mm, across_mm)):
        raise InstanceUnreadable(
            f"its samples are {(down_mm, across_mm)} mm apart, which is impossible"
        )
    geometry = ScanGeometry(down_mm, across_mm, across_mm)
    if frames.has("PlanePositionSequence", "ImagePositionPatient"):
        tops, down = _planes(frames, shape, across_mm)
    elif frames.has("OphthalmicFrameLocationSequence", "ReferenceCoordinates"):
        tops, down = _on_fundus(frames, shape, across_mm), np.array(DOWN)
    else:
        raise InstanceUnreadable(
            "it states neither Plane Position nor Ophthalmic Frame Location, so its position is "
            "unknown"
        )
    return placed_tops(tops, down, shape, geometry)


@dataclass(frozen=True)
class FramePlaces:
    """Where B-scans lie on a picture of the fundus."""

    photograph: str | None
    """SOP Instance UID of the picture; None if the volume refers to none."""
    places: list[Float64]
    """For each B-scan: row and column of its two ends, or of every column, (N, 2)."""

    def corners(self, bscans: int) -> tuple[float, float, float, float] | None:
        """Row and column of the first and the last corner of an en face image on the picture.

        None where two corners are not enough: the sides of the image are not parallel to those of
        the picture, or the places of some B-scans are not straight lines or not stated.
        """
        if bscans < MIN_CORNERED or [len(place) for place in self.places] != [2] * bscans:
            return None
        ends = np.stack(self.places)  # (B, 2 ends, row and column)
        pitch = (ends[-1] - ends[0]) / (bscans - 1)
        first, last = ends[0, 0] - pitch[0] / 2, ends[-1, 1] + pitch[1] / 2
        along, across = last[1] - first[1], last[0] - first[0]
        weights = np.arange(bscans)[:, None, None]
        even = np.abs(ends - (ends[:1] + weights * pitch)).max()
        slant = max(
            np.abs(ends[:, 1, 0] - ends[:, 0, 0]).max(), np.abs(np.ptp(ends[:, :, 1], 0)).max()
        )
        if max(slant, even) > PARALLEL * min(abs(along), abs(across)):
            return None
        return (float(first[0]), float(first[1]), float(last[0]), float(last[1]))


def frame_places(header: Dataset) -> FramePlaces:
    """What a volume states about its place on a picture of the fundus.

    Raises
    ------
    InstanceUnreadable
        The places are not pairs of numbers.
    """
    frames = header.get("PerFrameFunctionalGroupsSequence") or []
    items = [first_item(frame, "OphthalmicFrameLocationSequence") for frame in frames]
    found = [item for item in items if item is not None]
    places = []
    for item in found:
        pairs = np.array(item.get("ReferenceCoordinates") or [], np.float64)
        if pairs.size < 4 or pairs.size % 2 or not np.isfinite(pairs).all():
            raise InstanceUnreadable("its ReferenceCoordinates are not pairs of numbers")
        places.append(pairs.reshape(-1, 2))
    photograph = found[0].get("ReferencedSOPInstanceUID") if found else None
    return FramePlaces(None if photograph is None else str(photograph), places)


class _Frames:
    """The functional groups of the frames; the shared ones apply to each."""

    def __init__(self, header: Dataset, count: int) -> None:
        self.shared = first_item(header, "SharedFunctionalGroupsSequence") or Dataset()
        self.frames = list(header.get("PerFrameFunctionalGroupsSequence") or [])
        if len(self.frames) != count:
            raise InstanceUnreadable(
                f"it has {count} frames and functional groups for {len(self.frames)}"
            )

    def has(self, macro: str, keyword: str) -> bool:
        """Whether the first frame has a value."""
        return self._item(0, macro).get(keyword) is not None

    def _item(self, frame: int, macro: str) -> Dataset:
        """A functional group of one frame; empty if it has none."""
        return first_item(self.frames[frame], macro) or first_item(self.shared, macro) or Dataset()

    def value(self, frame: int, macro: str, keyword: str) -> Any:
        """A value of one frame."""
        found = self._item(frame, macro).get(keyword)
        if found is None:
            raise InstanceUnreadable(
                f"it does not state its {keyword} ({macro}), so its position is unknown"
            )
        return found

    def numbers(self, frame: int, macro: str, keyword: str, count: int) -> list[float]:
        """The same of an attribute that has this many finite numbers."""
        value = self.value(frame, macro, keyword)
        found = [float(each) for each in value] if isinstance(value, MultiValue | list) else []
        if len(found) != count or not np.isfinite(found).all():
            raise InstanceUnreadable(f"its {keyword} is not {count} numbers")
        return found


def _planes(
    frames: _Frames, shape: tuple[int, int, int], across_mm: float
) -> tuple[Float64, Float64]:
    """The first voxel of each A-scan, and the direction of depth."""
    every = range(shape[0])
    positions = np.array(
        [frames.numbers(f, "PlanePositionSequence", "ImagePositionPatient", 3) for f in every]
    )
    turns = np.array(
        [frames.numbers(f, "PlaneOrientationSequence", "ImageOrientationPatient", 6) for f in every]
    ).reshape(-1, 2, 3)
    if np.abs(positions).max() > FARTHEST_MM or np.abs(turns).max() > 2:
        raise InstanceUnreadable("its position is more than a metre away")
    if np.abs(turns @ turns.transpose(0, 2, 1) - np.eye(2)).max() > SQUARE:
        raise InstanceUnreadable(
            "the directions of its rows and columns are not two unit vectors at a right angle"
        )
    across, down = turns[:, 0], turns[:, 1]
    if np.abs(down - down[0]).max() > SQUARE:
        raise InstanceUnreadable("its frames have different directions of depth")
    columns = np.arange(shape[2])[None, :, None] * across_mm
    return positions[:, None] + columns * across[:, None], down[0]


def _on_fundus(frames: _Frames, shape: tuple[int, int, int], across_mm: float) -> Float64:
    """The same from places on a picture of the fundus, whose middle becomes the origin.

    The distance of the columns gives the size of the picture's pixels.
    """
    macro = "OphthalmicFrameLocationSequence"
    places = []
    for frame in range(shape[0]):
        kind = str(frames.value(frame, macro, "OphthalmicImageOrientation"))
        count = {"LINEAR": 2, "NONLINEAR": shape[2]}.get(kind)
        if count is None:
            raise InstanceUnreadable(f"its Ophthalmic Image Orientation is {kind}, not a line")
        found = frames.numbers(frame, macro, "ReferenceCoordinates", 2 * count)
        pairs = np.array(found).reshape(count, 2)
        if kind == "LINEAR":
            share = ((np.arange(shape[2]) + 0.5) / shape[2])[:, None]
            pairs = pairs[0] + share * (pairs[1] - pairs[0])
        places.append(pairs)
    rows, columns = np.moveaxis(np.stack(places), -1, 0)
    step = np.median(np.hypot(np.diff(rows, axis=1), np.diff(columns, axis=1)))
    if not step > 0:
        raise InstanceUnreadable("its columns lie at one place of the fundus")
    if ScanPath(np.stack([columns, rows], axis=-1)).is_closed:
        # Columns are spaced along the circle, and the places are on its chords.
        turn = np.pi / shape[2]
        step *= turn / np.sin(turn)
    scale = across_mm / step
    left, head = (columns - columns.mean()) * scale, (rows.mean() - rows) * scale
    return np.stack([left, np.zeros_like(left), head], axis=-1)


def first_item(ds: Dataset, keyword: str) -> Dataset | None:
    """The first item of a sequence; None if there is none."""
    found = ds.get(keyword)
    return found[0] if found else None
