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

from octome.octa.acquisition import Float32, ScanGeometry

Float64 = NDArray[np.float64]
Vector = tuple[float, float, float]
# Of a horizontal raster whose first B-scan is the uppermost: A-scans go to the patient's left,
# depth to the back, B-scans to the feet (patient coordinates are left, posterior, head).
ACROSS: Vector = (1.0, 0.0, 0.0)
DOWN: Vector = (0.0, 1.0, 0.0)
ALONG: Vector = (0.0, 0.0, -1.0)
EVEN = 0.1  # of the pitch: how far a B-scan of an even raster may lie from its place
ROUNDED_MM = 0.001  # what a file of whole micrometres may be off


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


def even_grid(
    tops: Float64, down: Vector, shape: tuple[int, int, int], geometry: ScanGeometry
) -> Grid | None:
    """The grid on which the A-scans of a raster lie; None if they do not lie on an even one.

    Parameters
    ----------
    tops : float64, (B, X, 3)
        Centre of the first voxel of each A-scan, mm, B >= 2.
    down : Vector
        Unit vector along depth.
    shape : (int, int, int)
        (B, Z, X).
    geometry : ScanGeometry
        Its distance of B-scans is replaced by the true one.

    Returns
    -------
    grid : Grid or None
        Its B-scans are at most a tenth of their distance, and half an A-scan, from their places;
        files round to micrometres, which is allowed too.
    """
    bscans, _, ascans = shape
    across = (tops[:, -1] - tops[:, 0]).mean(axis=0)
    length = float(np.linalg.norm(across))
    middle, middles = tops.mean(axis=(0, 1)), tops.mean(axis=1)
    number = np.arange(bscans) - (bscans - 1) / 2
    # Least squares: no single B-scan decides.
    step = number @ (middles - middle) / (number @ number)
    pitch = float(np.linalg.norm(step))
    if not (length > 0 and pitch > 0):
        return None
    across /= length
    column = np.arange(ascans) - (ascans - 1) / 2
    even = (
        middle + number[:, None, None] * step + column[None, :, None] * geometry.ascan_mm * across
    )
    off = tops - even
    along_off = np.abs(off @ across).max()
    slow_off = np.linalg.norm(off - (off @ across)[..., None] * across, axis=-1).max()
    if along_off > max(geometry.ascan_mm / 2, ROUNDED_MM) or slow_off > max(
        EVEN * pitch, ROUNDED_MM
    ):
        return None
    return Grid(
        shape=shape,
        geometry=ScanGeometry(geometry.axial_mm, geometry.ascan_mm, pitch),
        origin=_vector(even[0, 0]),
        across=_vector(across),
        down=down,
        along=_vector(step / pitch),
    )


def _vector(values: Float64) -> Vector:
    x, y, z = (float(value) for value in values)
    return x, y, z
