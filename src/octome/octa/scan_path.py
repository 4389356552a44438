"""Where the A-scans of a scan lay on the retina, in the plane of a picture of the fundus.

The two axes are those of such a picture as devices show it: to the patient's left (columns, for
either eye) and to the feet (rows).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from octome.errors import ShapeMismatch
from octome.octa.laterality import Laterality

Float64 = NDArray[np.float64]
Point = tuple[float, float]
PARALLEL = 0.035  # sine of 2 degrees: how far the B-scans of a raster may be turned to each other
MULTIPLE = 0.15  # of the usual distance of B-scans: how far others may be from a multiple of it
SAME_PLACE_MM = 1e-4  # below this a distance is a rounding error
STRAIGHT = 0.01  # of its length: how far a straight B-scan may bend


@dataclass(frozen=True)
class ScanPath:
    """The place of each A-scan.

    Raises
    ------
    ShapeMismatch
        It is not (B, X, 2), or a number is infinite or not a number.
    """

    points: Float64
    """(B, X, 2): mm to the patient's left and to the feet. The origin is the upper left corner of
    the fundus picture if the file has one."""

    def __post_init__(self) -> None:
        shape = self.points.shape
        if len(shape) != 3 or shape[2] != 2 or min(shape) < 1 or not np.isfinite(self.points).all():
            raise ShapeMismatch(
                f"the places of A-scans are (B, X, 2), all of them numbers; found {shape}",
                found=shape,
            )

    @classmethod
    def lines(cls, starts: Sequence[Point], ends: Sequence[Point], ascans: int) -> ScanPath:
        """Straight B-scans from one edge of the first A-scan to the other edge of the last.

        >>> ScanPath.lines([(0, 5)], [(4, 5)], 4).points[0].tolist()
        [[0.5, 5.0], [1.5, 5.0], [2.5, 5.0], [3.5, 5.0]]
        """
        first, last = np.array(starts, float)[:, None], np.array(ends, float)[:, None]
        share = ((np.arange(ascans) + 0.5) / ascans)[None, :, None]
        return cls(first + share * (last - first))

    @classmethod
    def circle(cls, start: Point, centre: Point, ascans: int, laterality: Laterality) -> ScanPath:
        """One B-scan around a centre, which begins at the edge of the first A-scan.

        It is clockwise in the picture of a right eye and counter-clockwise in that of a left one:
        temporal, superior, nasal, inferior where it begins on the temporal side.
        """
        middle = np.array(centre, float)
        along = np.array(start, float) - middle
        turn = (np.arange(ascans) + 0.5) / ascans * 2 * np.pi
        # Rows count downwards: a growing angle is clockwise.
        turn = turn if laterality == "R" else -turn
        x = along[0] * np.cos(turn) - along[1] * np.sin(turn)
        y = along[0] * np.sin(turn) + along[1] * np.cos(turn)
        return cls(middle + np.stack([x, y], axis=-1)[None])

    def scaled(self, factor: float) -> ScanPath:
        """The same in an eye that is so many times larger."""
        return ScanPath(self.points * factor)

    @property
    def centre(self) -> Float64:
        """The mean place, (2,): the middle of a raster, a line or a circle."""
        return np.asarray(self.points.mean(axis=(0, 1)))

    @property
    def is_straight(self) -> bool:
        """Whether every B-scan is a straight line."""
        first, last = self.points[:, :1], self.points[:, -1:]
        share = np.linspace(0, 1, self.points.shape[1])[None, :, None]
        bend = np.hypot(*np.moveaxis(self.points - first - share * (last - first), -1, 0))
        return bool(np.all(bend.max(axis=1) <= STRAIGHT * self._steps_mm.sum(axis=1)))

    @property
    def is_closed(self) -> bool:
        """Whether the last A-scan of each B-scan is a neighbour of its first, as in a circle."""
        if self.points.shape[1] < 3:
            return False
        gap = np.hypot(*(self.points[:, 0] - self.points[:, -1]).T)
        return bool(np.all(gap <= 1.5 * self._steps_mm.max(axis=1)))

    @property
    def is_parallel(self) -> bool:
        """Whether all B-scans are straight and have nearly the same direction."""
        along = self.points[:, -1] - self.points[:, 0]
        length = np.hypot(*along.T)
        turned = np.abs(along[:, 0] * along[0, 1] - along[:, 1] * along[0, 0])
        is_along = np.all(turned <= PARALLEL * length * length[0]) and np.all(along @ along[0] > 0)
        return bool(is_along) and self.is_straight

    @property
    def is_raster(self) -> bool:
        """Whether several parallel B-scans lie one after another, at any distances."""
        if len(self.points) < 2 or not self.is_parallel:
            return False
        steps = np.diff(self.offsets_mm)
        return bool(np.all(steps > SAME_PLACE_MM) or np.all(steps < -SAME_PLACE_MM))

    @property
    def missing_bscans(self) -> list[tuple[int, int]]:
        """Of a raster that lacks B-scans: after which, counted from 0, and how many.

        Empty unless each distance is a multiple of the usual one.
        """
        if not self.is_raster:
            return []
        steps = np.abs(np.diff(self.offsets_mm))
        times = steps / np.quantile(steps, 0.5, method="lower")
        whole = np.rint(times)
        if whole.min() < 1 or np.abs(times - whole).max() > MULTIPLE:
            return []
        return [(b, int(n) - 1) for b, n in enumerate(whole) if n > 1]

    @property
    def offsets_mm(self) -> Float64:
        """How far each B-scan of a raster lies from the first, at right angles to them, (B,)."""
        along = (self.points[:, -1] - self.points[:, 0]).mean(axis=0)
        across = np.array([-along[1], along[0]]) / max(float(np.hypot(*along)), SAME_PLACE_MM)
        middles = self.points.mean(axis=1)
        return np.asarray((middles - middles[0]) @ across)

    @property
    def _steps_mm(self) -> Float64:
        """Between neighbouring A-scans, (B, X - 1)."""
        return np.asarray(np.hypot(*np.moveaxis(np.diff(self.points, axis=1), -1, 0)))
