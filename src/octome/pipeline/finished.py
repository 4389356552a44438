"""The finished steps of a chain, read back: a later step sees what is stored and nothing else."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from octome.instances.bscan_volume_analysis import read_bscan_volume_analysis
from octome.instances.composite import Reference, reference_to
from octome.instances.file import read_instance
from octome.instances.height_map import read_height_map
from octome.instances.stored_volume import StoredVolume
from octome.instances.surface_segmentation import read_surface_segmentation
from octome.instances.tomography_image import read_tomography_image
from octome.octa.acquisition import Float32
from octome.octa.surface import SurfaceMaps
from octome.pipeline.enface import Numbered, numbered, scan_signal_db


class Finished:
    """Instances by the name of the step that made them."""

    def __init__(self) -> None:
        self.paths: dict[str, Path] = {}

    def reference(self, name: str) -> Reference | None:
        """What points at the instance of a step; None where there is no such step."""
        path = self.paths.get(name)
        return reference_to(read_instance(path).header) if path else None

    @cached_property
    def structure(self) -> StoredVolume:
        """B."""
        return read_tomography_image(self.paths["structure"])

    @cached_property
    def flow(self) -> StoredVolume:
        """C."""
        return read_bscan_volume_analysis(self.paths["flow"])

    @cached_property
    def maps(self) -> SurfaceMaps:
        """D on the grid of B."""
        return read_surface_segmentation(self.paths["surfaces"]).maps(self.structure.grid)

    @cached_property
    def structure_values(self) -> Float32:
        """B's amplitudes."""
        return self.structure.values()

    @cached_property
    def flow_values(self) -> Float32:
        """C's flow."""
        return self.flow.values()

    @cached_property
    def signal_db(self) -> float | None:
        """Signal over noise of the scan; None where its retina was not found."""
        return scan_signal_db(self)

    def numbered(self, form: str) -> Numbered:
        """The stored surfaces that slabs are bounded by: in the newer form of a height map."""
        found: Numbered = {}
        for name in ("surfaces", "slab-bounds"):
            if name in self.paths:
                stored = read_surface_segmentation(self.paths[name])
                found |= numbered(stored.reference, stored.numbers)
        if form == "current" and "height-map" in self.paths:
            heights = read_height_map(self.paths["height-map"])
            found |= numbered(heights.reference, heights.numbers)
        return found
