"""Where the voxels of a raster scan lie in the frame of reference.

An OCT scanner knows distances in tissue only nominally, and PS3.3 A.52.4.3.1 lets the frame of
reference be deformed with it: "same frame of reference" means the same OCT space, not the scanner
room. P(b, z, x) = IPP(b) + x * PixelSpacing[1] * IOP[0:3] + z * PixelSpacing[0] * IOP[3:6]
(PS3.3 C.7.6.2.1.1).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from octome.errors import InstanceUnreadable
from octome.octa.acquisition import Float32, ScanGeometry

Float64 = NDArray[np.float64]
Vector = tuple[float, float, float]
# Of a horizontal raster whose first B-scan is the uppermost: A-scans go to the patient's left,
# depth to the back, B-scans to the feet (patient coordinates are left, posterior, head).
ACROSS: Vector = (1.0, 0.0, 0.0)
DOWN: Vector = (0.0, 1.0, 0.0)
ALONG: Vector = (0.0, 0.0, -1.0)
NEAREST_MM, FARTHEST_MM = 1e-6, 1e3  # between samples: a nanometre, a metre
SQUARE = 1e-3  # tolerance of the directions of a B-scan
EVEN = 0.02  # of the pitch: how much the spacing of B-scans may vary in a raster


@dataclass(frozen=True, kw_only=True)
class Grid:
    """The voxels of one raster scan in its frame of reference."""

    shape: tuple[int, int, int]
    """(B, Z, X)."""
    geometry: ScanGeometry
    origin: Vector
    """Centre of the first voxel, mm."""
    across: Vector = ACROSS
    """Unit vector along A-scans (X): row direction of the B-scans."""
    down: Vector = DOWN
    """Unit vector along depth (Z): column direction of the B-scans."""
    along: Vector = ALONG
    """Unit vector along B-scans (B)."""

    @classmethod
    def nominal(cls, shape: tuple[int, int, int], geometry: ScanGeometry) -> Grid:
        """A horizontal raster whose middle is the origin, its first row at depth 0.

        >>> Grid.nominal((3, 8, 5), ScanGeometry(0.003, 0.01, 0.02)).origin
        (-0.02, 0.0, 0.02)
        """
        bscans, _, ascans = shape
        left = -(ascans - 1) / 2 * geometry.ascan_mm
        top = (bscans - 1) / 2 * geometry.bscan_mm
        return cls(shape=shape, geometry=geometry, origin=(left, 0.0, top))

    @property
    def orientation(self) -> tuple[float, ...]:
        """Image Orientation (Patient) of a B-scan."""
        return (*self.across, *self.down)

    @property
    def enface_orientation(self) -> tuple[float, ...]:
        """Image Orientation (Patient) of an en face image: rows are B-scans."""
        return (*self.across, *self.along)

    def positions(self) -> Float64:
        """Image Position (Patient) of each B-scan, mm, (B, 3)."""
        steps = np.arange(self.shape[0])[:, None] * self.geometry.bscan_mm
        return np.asarray(np.asarray(self.origin) + steps * np.asarray(self.along), np.float64)

    def points(self, rows: Float32) -> Float64:
        """A surface in the frame of reference.

        Parameters
        ----------
        rows : float32, (B, X)
            Row in px at each A-scan, 0 at the centre of the first.

        Returns
        -------
        points : float64, (B, X, 3)
            mm; NaN where the row is.
        """
        columns = np.arange(self.shape[2])[None, :, None] * self.geometry.ascan_mm
        depth = rows.astype(np.float64)[..., None] * self.geometry.axial_mm
        return np.asarray(
            self.positions()[:, None]
            + columns * np.asarray(self.across)
            + depth * np.asarray(self.down)
        )

    def indices(self, points: Float64) -> Float64:
        """Where points lie on the grid: the inverse of `points`.

        Parameters
        ----------
        points : float, (N, 3)
            mm.

        Returns
        -------
        indices : float64, (N, 3)
            B-scan, row and A-scan, each fractional.
        """
        g = self.geometry
        axes = np.array(
            [
                np.asarray(self.along) * g.bscan_mm,
                np.asarray(self.down) * g.axial_mm,
                np.asarray(self.across) * g.ascan_mm,
            ]
        )
        return np.asarray((points - np.asarray(self.origin)) @ np.linalg.inv(axes))


def grid_of(
    shape: tuple[int, int, int],
    positions: Float64,
    orientation: Float64,
    pixel_spacing: tuple[float, float],
    bscan_mm: float | None,
) -> Grid:
    """The grid that the positions of its B-scans form.

    Parameters
    ----------
    shape : (int, int, int)
        (B, Z, X).
    positions : float64, (B, 3)
        Image Position (Patient), mm.
    orientation : float64, (6,)
        Image Orientation (Patient), the same for all.
    pixel_spacing : (float, float)
        Between rows, between columns; mm.
    bscan_mm : float, optional
        Used where there is a single B-scan, which has no distance.

    Raises
    ------
    InstanceUnreadable
        The B-scans do not follow each other evenly along a line, or directions or distances
        are impossible.
    """
    across, down = orientation[:3], orientation[3:]
    turns = np.array([across, down])
    if np.abs(positions).max() > FARTHEST_MM or np.abs(turns).max() > 2:
        raise InstanceUnreadable("its position is more than a metre away")
    if np.abs(turns @ turns.T - np.eye(2)).max() > SQUARE:
        raise InstanceUnreadable(
            "the directions of its rows and columns are not two unit vectors at a right angle"
        )
    steps = np.diff(positions, axis=0)
    if len(steps):
        step = (positions[-1] - positions[0]) / len(steps)
        pitch = float(np.linalg.norm(step))
        worst = float(np.abs(steps - step).max())
        if not pitch > 0 or not worst <= EVEN * pitch:
            raise InstanceUnreadable(
                "the B-scans are not evenly spaced along a line (pitch "
                f"{pitch:.4g} mm, off by up to {worst:.2g} mm): octome reads raster scans"
            )
        along = step / pitch
    else:
        pitch, along = bscan_mm or pixel_spacing[1], np.cross(across, down)
    distances = (*pixel_spacing, pitch)
    if not all(NEAREST_MM <= each <= FARTHEST_MM for each in distances):
        raise InstanceUnreadable(f"its samples are {distances} mm apart, which is impossible")
    geometry = ScanGeometry(*distances)
    if abs(float(np.linalg.det(np.array([across, down, along])))) < 0.5:
        raise InstanceUnreadable("the directions of the scan do not span a volume")
    return Grid(
        shape=shape,
        geometry=geometry,
        origin=_vector(positions[0]),
        across=_vector(across),
        down=_vector(down),
        along=_vector(along),
    )


def _vector(values: Float64) -> Vector:
    x, y, z = (float(value) for value in values)
    return x, y, z
