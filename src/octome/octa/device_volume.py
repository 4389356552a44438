"""A volume that a device finished itself, with the layers and the flow that it found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, get_args

from octome.errors import ShapeMismatch
from octome.octa.acquisition import Float32, ScanGeometry
from octome.octa.fundus_picture import FundusPicture
from octome.octa.laterality import LATERALITIES, Laterality
from octome.octa.scan_path import ScanPath
from octome.octa.surface import SURFACE_NAMES, SurfaceMaps

ScanPattern = Literal["raster", "line", "radial", "circle"]
"""How the B-scans lie on the retina. Only a raster fills a rectangle with a grid."""
PATTERNS: tuple[ScanPattern, ...] = get_args(ScanPattern)


@dataclass(frozen=True, kw_only=True)
class DeviceVolume:
    """A volume as its device finished it. It never holds who the patient was.

    Raises
    ------
    ShapeMismatch
        The shapes of the arrays differ, or a pattern or a laterality is unknown.
    """

    structure: Float32
    """float32, `(B, Z, X)`: linear amplitude, NaN where the device recorded nothing."""
    geometry: ScanGeometry
    """Between samples. Only neighbouring B-scans of a raster lie `bscan_mm` apart, on average: for
    the other patterns it repeats `ascan_mm` and means nothing."""
    pattern: ScanPattern
    path: ScanPath | None = None
    """Where its A-scans lay; None where the file does not state it."""
    fundus: FundusPicture | None = None
    """The picture of the fundus that was taken with it."""
    flow: Float32 | None = None
    """float32, `(B, Z, X)`: the device's own flow signal, in its own unit, 0 where nothing moved;
    NaN where it is unknown."""
    surfaces: SurfaceMaps | None = None
    """The device's own layers, for surfaces that octome knows."""
    laterality: Laterality | None = None
    """None where the file does not state it."""
    acquired: datetime | None = None
    """By the device's clock; without a time zone, since the files state none."""
    bscan_times: tuple[datetime, ...] = ()
    """When each B-scan was taken, by the same clock; empty where the file does not state it."""
    metadata: Mapping[str, str | float] = field(default_factory=dict)
    """What else the file states about the device and the scan. `grey_scale` describes how stored
    grey values became amplitude."""

    def __post_init__(self) -> None:
        shape = self.structure.shape
        if len(shape) != 3 or min(shape) < 1:
            raise ShapeMismatch(f"a volume has the axes (B, Z, X); found {shape}", found=shape)
        if self.flow is not None and self.flow.shape != shape:
            raise ShapeMismatch(
                f"flow and structure are one volume each, of one shape; found {self.flow.shape} "
                f"and {shape}",
                found=self.flow.shape,
                needed=shape,
            )
        for name, rows in (self.surfaces.rows if self.surfaces is not None else {}).items():
            if name not in SURFACE_NAMES or rows.shape != (shape[0], shape[2]):
                raise ShapeMismatch(
                    f"the surface {name} has the shape {rows.shape}; the surfaces of this volume "
                    f"are (B, X) = {(shape[0], shape[2])}, named {', '.join(SURFACE_NAMES)}",
                    found=rows.shape,
                    needed=(shape[0], shape[2]),
                )
        if len(self.bscan_times) not in (0, shape[0]):
            raise ShapeMismatch(
                f"{shape[0]} B-scans have a time each or none; found {len(self.bscan_times)} times",
                found=len(self.bscan_times),
                needed=shape[0],
            )
        if self.path is not None and self.path.points.shape[:2] != (shape[0], shape[2]):
            raise ShapeMismatch(
                f"a scan of {shape[0]} B-scans of {shape[2]} A-scans has a place for each; found "
                f"{self.path.points.shape[:2]}",
                found=self.path.points.shape[:2],
                needed=(shape[0], shape[2]),
            )
        if self.pattern not in PATTERNS:
            raise ShapeMismatch(f"a scan is one of {', '.join(PATTERNS)}; found {self.pattern!r}")
        if self.laterality not in (None, *LATERALITIES):
            raise ShapeMismatch(f"an eye is R or L; found {self.laterality!r}")
