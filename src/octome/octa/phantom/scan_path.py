"""Where a scan's A-scans lie on the retina: rasters, lines, circles, stars; eyes that move."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from octome.octa.acquisition import ScanGeometry
from octome.octa.phantom.anatomy import Field

Pattern = Literal["raster", "circle", "star"]


@dataclass(frozen=True, kw_only=True)
class ScanPath:
    """Positions of A-scans, mm from the fovea, and how far apart they are.

    The fovea of a right eye lies to the left of its disc: X grows towards the disc.
    """

    pattern: Pattern
    geometry: ScanGeometry
    y: Field
    """(B, X)."""
    x: Field
    """(B, X)."""

    def moved(self, y: Field, x: Field) -> ScanPath:
        """The path of an eye that looked elsewhere in each B-scan: `y` and `x` are mm, (B,)."""
        return ScanPath(
            pattern=self.pattern,
            geometry=self.geometry,
            y=self.y + y[:, None],
            x=self.x + x[:, None],
        )


def raster(
    shape: tuple[int, int],
    geometry: ScanGeometry,
    *,
    centre: tuple[float, float] = (0.0, 0.0),
    angle: float = 0.0,
) -> ScanPath:
    """B-scans side by side about `centre` (Y, X), turned by `angle`; one B-scan is a line.

    >>> raster((1, 3), ScanGeometry(0.004, 0.5, 0.1)).x.tolist()
    [[-0.5, 0.0, 0.5]]
    """
    slow, fast = (
        (np.arange(count) - (count - 1) / 2) * step
        for count, step in zip(shape, (geometry.bscan_mm, geometry.ascan_mm), strict=True)
    )
    down, along = np.meshgrid(slow, fast, indexing="ij")
    return ScanPath(
        pattern="raster",
        geometry=geometry,
        y=centre[0] + along * np.sin(angle) + down * np.cos(angle),
        x=centre[1] + along * np.cos(angle) - down * np.sin(angle),
    )


def circle(
    ascans: int, axial_mm: float, *, centre: tuple[float, float], radius_mm: float, start: float
) -> ScanPath:
    """One B-scan around `centre` (Y, X), from the angle `start`."""
    angle = start + 2 * np.pi * np.arange(ascans)[None] / ascans
    pitch = 2 * np.pi * radius_mm / ascans
    return ScanPath(
        pattern="circle",
        geometry=ScanGeometry(axial_mm, pitch, 0.24),
        y=centre[0] + radius_mm * np.sin(angle),
        x=centre[1] + radius_mm * np.cos(angle),
    )


def star(
    shape: tuple[int, int], geometry: ScanGeometry, *, centre: tuple[float, float]
) -> ScanPath:
    """B-scans through `centre` (Y, X), turned evenly over half a circle."""
    bscans, ascans = shape
    along = (np.arange(ascans) - (ascans - 1) / 2) * geometry.ascan_mm
    angle = np.linspace(0, np.pi, bscans, endpoint=False)[:, None]
    return ScanPath(
        pattern="star",
        geometry=geometry,
        y=np.asarray(centre[0] + along * np.sin(angle)),
        x=np.asarray(centre[1] + along * np.cos(angle)),
    )
