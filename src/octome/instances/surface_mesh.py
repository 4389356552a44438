"""The points of a surface and how they are connected: triangles of a sheet, or lines."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from octome.instances.grid import Grid
from octome.instances.scan_track import ScanTrack
from octome.octa.acquisition import Float32


@dataclass(frozen=True)
class ConnectedPoints:
    """The points of one surface; their numbers begin at 1."""

    points: NDArray[np.float32]
    """(N, 3), mm."""
    triangles: NDArray[np.uint32]
    """(T, 3): numbers of points."""
    lines: list[NDArray[np.uint32]]
    """The numbers of the points of each line."""


class SurfaceMesh:
    """How the A-scans of a scan are connected, seen from the vitreous.

    Neighbouring B-scans of a raster span triangles; other B-scans are lines.
    """

    def __init__(self, placement: Grid | ScanTrack) -> None:
        self.placement = placement
        self.is_sheet = isinstance(placement, Grid) or placement.is_sheet
        self._triangles = _triangles(placement) if self.is_sheet else np.empty((0, 3), np.uint32)

    def of(self, rows: Float32) -> ConnectedPoints:
        """Points where there is a surface, (B, X), and how they are connected."""
        is_there = np.isfinite(rows)
        there = is_there.reshape(-1)
        number = np.cumsum(there, dtype=np.uint32)
        whole = there[self._triangles].all(axis=1)
        lines = []
        if isinstance(self.placement, ScanTrack) and not self.is_sheet:
            lines = [number[run].astype("<u4") for run in self.placement.runs(is_there)]
        return ConnectedPoints(
            points=self.placement.points(rows).reshape(-1, 3)[there].astype("<f4"),
            triangles=number[self._triangles[whole]].astype("<u4"),
            lines=lines,
        )


def _triangles(placement: Grid | ScanTrack) -> NDArray[np.uint32]:
    """The triangles between neighbouring A-scans, (T, 3): numbers of A-scans from 0."""
    bscans, _, ascans = placement.shape
    at = np.arange(bscans * ascans, dtype=np.uint32).reshape(bscans, ascans)
    here, right = at[:-1, :-1], at[:-1, 1:]
    below, across = at[1:, :-1], at[1:, 1:]
    first, second = (here, below, right), (right, below, across)
    # Counter-clockwise from outside (PS3.3 C.27.1.1.4): outside is where the vitreous is.
    corner = placement.points(np.zeros((bscans, ascans), np.float32))
    along, right_hand = corner[-1, 0] - corner[0, 0], corner[0, -1] - corner[0, 0]
    if np.dot(np.cross(along, right_hand), placement.down) > 0:
        first, second = first[::-1], second[::-1]
    return np.stack([np.stack(first, -1), np.stack(second, -1)], 2).reshape(-1, 3)
