"""Where the voxels of a scan lie that is not an even raster: a line, a circle, a star, uneven rows.

Each A-scan has its own place; depth is one direction for all. P(b, z, x) = tops(b, x) +
z * PixelSpacing[0] * down.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import KDTree

from octome.errors import InstancesDisagree
from octome.instances.grid import ALONG, DOWN, Float64, Grid, Vector, even_grid
from octome.octa.acquisition import Float32, ScanGeometry
from octome.octa.scan_path import ScanPath

ON_TRACK = 0.25  # of the distance of A-scans: points that are farther from one belong to none
SAME_PLACE_MM = 1e-5  # two A-scans that are nearer cross each other: float32 cannot separate them


@dataclass(frozen=True, kw_only=True)
class ScanTrack:
    """The A-scans of a scan in its frame of reference."""

    shape: tuple[int, int, int]
    """(B, Z, X)."""
    geometry: ScanGeometry
    """`bscan_mm` means nothing here."""
    tops: Float64
    """Centre of the first voxel of each A-scan, mm, (B, X, 3)."""
    down: Vector = DOWN
    """Unit vector along depth (Z)."""

    @cached_property
    def path(self) -> ScanPath:
        """Its A-scans as one sees them from the vitreous, at right angles to depth."""
        down = np.array(self.down)
        left = np.cross(np.array(ALONG), down)
        if np.linalg.norm(left) < 0.5:
            left = np.cross(np.array([1.0, 0, 0]), down)
        left /= np.linalg.norm(left)
        feet = np.cross(down, left)
        return ScanPath(np.stack([self.tops @ left, self.tops @ feet], axis=-1))

    @cached_property
    def is_sheet(self) -> bool:
        """Whether its B-scans lie one after another, so that a surface is a sheet between them."""
        return self.path.is_raster

    @property
    def orientations(self) -> Float64 | None:
        """Image Orientation (Patient) of each B-scan, (B, 6); None if one is not straight."""
        if self.shape[2] < 2 or not self.path.is_straight:
            return None
        along = self.tops[:, -1] - self.tops[:, 0]
        across = along / np.linalg.norm(along, axis=1, keepdims=True)
        return np.concatenate([across, np.broadcast_to(self.down, across.shape)], axis=1)

    def positions(self) -> Float64:
        """Centre of the first voxel of each B-scan, mm, (B, 3)."""
        return self.tops[:, 0]

    def points(self, rows: Float32) -> Float64:
        """A surface in the frame of reference: (B, X) rows to (B, X, 3) mm; NaN stays NaN."""
        depth = rows.astype(np.float64)[..., None] * self.geometry.axial_mm
        return np.asarray(self.tops + depth * np.asarray(self.down))

    def rows(self, points: Float64) -> Float32:
        """The row of a surface at each A-scan: the inverse of `points`.

        Parameters
        ----------
        points : float, (N, 3)
            mm; where A-scans cross, in the order of the A-scans.

        Returns
        -------
        rows : float32, (B, X)
            NaN at an A-scan without a point.

        Raises
        ------
        InstancesDisagree
            No point lies at an A-scan.
        """
        at, distance = self._ascans(points)
        is_on = distance <= ON_TRACK * self.geometry.ascan_mm
        if not is_on.any():
            raise InstancesDisagree("no point of the surface lies at an A-scan of the scan")
        depth = (points - self.tops.reshape(-1, 3)[at]) @ np.array(self.down)
        found = np.full(self.shape[0] * self.shape[2], np.nan, np.float32)
        found[at[is_on]] = (depth / self.geometry.axial_mm)[is_on]
        return found.reshape(self.shape[0], self.shape[2])

    def runs(self, is_there: NDArray[np.bool_]) -> list[NDArray[np.intp]]:
        """The numbers of A-scans that are connected along the B-scans, where `is_there`, (B, X).

        In a closed B-scan the last is connected to the first. A single A-scan is not a run.
        """
        found = []
        for bscan, there in enumerate(is_there):
            numbers = bscan * self.shape[2] + np.arange(self.shape[2])
            inside = np.flatnonzero(there)
            parts = np.split(inside, np.flatnonzero(np.diff(inside) > 1) + 1)
            if self.path.is_closed and there[0] and there[-1]:
                parts = (
                    [np.append(inside, 0)]
                    if len(parts) == 1
                    else [*parts[1:-1], np.concatenate([parts[-1], parts[0]])]
                )
            found += [numbers[part] for part in parts if len(part) > 1]
        return found

    def _ascans(self, points: Float64) -> tuple[NDArray[np.intp], Float64]:
        """The nearest A-scan of each point, and how far it is."""
        down = np.array(self.down)
        tops = self.tops.reshape(-1, 3)
        flat, target = (each - (each @ down)[:, None] * down for each in (tops, points))
        # B-scans of a star cross in one place.
        count = 1 if self.is_sheet else min(self.shape[0], len(tops))
        distances, numbers = KDTree(flat).query(target, k=[*range(1, count + 1)])
        nearest = np.asarray(numbers[:, 0], np.intp)
        is_near = distances <= distances[:, :1] + SAME_PLACE_MM
        for point in np.flatnonzero(is_near.sum(axis=1) > 1):
            candidates = np.sort(numbers[point][is_near[point]])
            last = nearest[point - 1] if point else -1
            after = candidates[candidates > last]
            nearest[point] = after[0] if after.size else candidates[0]
        return nearest, np.asarray(distances[:, 0])


def placed(path: ScanPath, shape: tuple[int, int, int], geometry: ScanGeometry) -> Grid | ScanTrack:
    """The voxels of a scan whose middle is the origin, its first row at depth 0.

    Parameters
    ----------
    path : ScanPath
    shape : (int, int, int)
        (B, Z, X).
    geometry : ScanGeometry

    Returns
    -------
    voxels : Grid or ScanTrack
        A grid if the A-scans form an even raster.
    """
    left, feet = np.moveaxis(path.points - path.centre, -1, 0)
    # Patient coordinates are left, posterior, head.
    tops = np.stack([left, np.zeros_like(left), -feet], axis=-1)
    return placed_tops(tops, np.array(DOWN), shape, geometry)


def placed_tops(
    tops: Float64, down: Float64, shape: tuple[int, int, int], geometry: ScanGeometry
) -> Grid | ScanTrack:
    """The voxels below the first row of each A-scan, (B, X, 3): a grid if it is an even raster."""
    x, y, z = (float(value) for value in down)
    track = ScanTrack(shape=shape, geometry=geometry, tops=tops, down=(x, y, z))
    grid = even_grid(tops, track.down, shape, geometry) if track.is_sheet else None
    return grid or track


def placed_grid(grid: Grid) -> ScanTrack:
    """The A-scans of a grid, one by one."""
    rows = np.zeros((grid.shape[0], grid.shape[2]), np.float32)
    return ScanTrack(
        shape=grid.shape, geometry=grid.geometry, tops=grid.points(rows), down=grid.down
    )
