"""Stored volumes and surfaces, read back: a step sees only what the instances hold."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from octome.instances.bscan_volume_analysis import read_bscan_volume_analysis
from octome.instances.file import read_instance
from octome.instances.height_map import StoredHeightMap, read_height_map
from octome.instances.instance_kind import HEIGHT_MAP
from octome.instances.stored_volume import StoredVolume
from octome.instances.surface_segmentation import StoredSurfaces, read_surface_segmentation
from octome.instances.tomography_image import read_tomography_image
from octome.octa.acquisition import Float32
from octome.octa.avascular_zone import foveal_centre
from octome.octa.quality import signal_db
from octome.octa.surface import SurfaceMaps
from octome.pipeline.recent import keep_recent


@dataclass(frozen=True)
class LoadedVolume:
    """A stored volume whose values stay in memory once they have been read."""

    stored: StoredVolume

    @cached_property
    def values(self) -> Float32:
        """The values, float32, (B, Z, X); NaN where there is none."""
        return self.stored.values()


@dataclass(frozen=True)
class StoredLayers:
    """A structural volume with surfaces in it."""

    structure: LoadedVolume
    surfaces: StoredSurfaces | StoredHeightMap

    @cached_property
    def maps(self) -> SurfaceMaps:
        """The surfaces on the grid of the volume."""
        return self.surfaces.maps(self.structure.stored.placement)

    @cached_property
    def signal_db(self) -> float | None:
        """Signal over noise of the scan; None where its retina was not found."""
        rows = self.maps.rows
        if "ILM" not in rows or "BM" not in rows:
            return None
        found = signal_db(np.nan_to_num(self.structure.values), rows["ILM"], rows["BM"])
        return found if np.isfinite(found) else None

    @cached_property
    def fovea(self) -> tuple[float, float] | None:
        """Row and column of the fovea in en face images, px from the corner; None without a pit."""
        rows, g = self.maps.rows, self.structure.stored.grid.geometry
        lower = next((rows[name] for name in ("IPL", "OPL") if name in rows), None)
        if "ILM" not in rows or lower is None:
            return None
        b, x = foveal_centre(rows["ILM"], lower, bscan_mm=g.bscan_mm, ascan_mm=g.ascan_mm)
        # The centre of the first pixel is half a pixel from the corner.
        return (b + 0.5, x + 0.5) if np.isfinite(b) else None


@keep_recent(most=1)
def structural_volume(path: Path) -> LoadedVolume:
    """B."""
    return LoadedVolume(read_tomography_image(path))


@keep_recent(most=1)
def flow_volume(path: Path) -> LoadedVolume:
    """C."""
    return LoadedVolume(read_bscan_volume_analysis(path))


@keep_recent(most=1)
def stored_layers(structure: Path, surfaces: Path) -> StoredLayers:
    """B with D."""
    return StoredLayers(structural_volume(structure), read_surfaces(surfaces))


@keep_recent(most=4)
def read_surfaces(path: Path) -> StoredSurfaces | StoredHeightMap:
    """D, as a mesh or as a height map.

    Raises
    ------
    InstanceUnreadable
        Another SOP Class, or damaged.
    """
    is_map = read_instance(path).header.SOPClassUID == HEIGHT_MAP.sop_class
    return read_height_map(path) if is_map else read_surface_segmentation(path)
