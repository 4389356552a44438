"""The steps that write surfaces (D): found or the device's, as a height map, as bounds of slabs."""

from __future__ import annotations

from dataclasses import dataclass

from octome.errors import NothingThere, SurfaceMissing
from octome.instances.composite import Reference, reference_to
from octome.instances.file import write_instance
from octome.instances.height_map import height_map
from octome.instances.surface_segmentation import BOUNDS_LABEL, surface_segmentation
from octome.octa.acquisition import ScanGeometry
from octome.octa.segmentation.layers import segmented
from octome.octa.slab import Bound, bound_rows
from octome.octa.surface import SurfaceMaps
from octome.pipeline.source import read_volume
from octome.pipeline.step import InstanceJob, Progress
from octome.pipeline.stored_layers import stored_layers, structural_volume

Method = tuple[str, dict[str, str]]
"""Name and parameters of the algorithm that found the surfaces."""
OWN_SEGMENTATION: Method = ("octome layers", {"search": "graph"})
DEVICE_SEGMENTATION: Method = ("the device's own layers", {})
OCTEXPLORER_SEGMENTATION: Method = ("OCTExplorer (Iowa Reference Algorithms)", {})
MOVED_SURFACE: Method = ("surface moved along depth", {})


@dataclass(frozen=True)
class SurfacesParameters:
    """What D depends on in addition to the volume."""

    method: Method


@dataclass(frozen=True)
class DeviceSurfacesParameters(SurfacesParameters):
    """The same for surfaces that come with a device's volume."""

    spacing: ScanGeometry | None


@dataclass(frozen=True)
class BoundsParameters:
    """The bounds that become separate surfaces."""

    names: tuple[str, ...]
    """Bounds whose surface was not found are left out: the images that need them are an error."""


def found_surfaces(job: InstanceJob[SurfacesParameters], progress: Progress) -> Reference:
    """D, found in the structural volume `structure`."""
    volume = structural_volume(job.inputs["structure"])
    found = segmented(
        volume.values,
        volume.stored.grid.geometry,
        progress=lambda done, count: progress("surfaces", done / count),
    )
    return _write_mesh(job, found)


def device_surfaces(job: InstanceJob[DeviceSurfacesParameters], _progress: Progress) -> Reference:
    """D, as the device or OCTExplorer found it.

    Raises
    ------
    NothingThere
        The file holds no surfaces.
    """
    volume = read_volume(job.inputs, job.parameters.spacing)
    if volume.surfaces is None:
        raise NothingThere(f"{job.inputs['source']} holds no surfaces")
    return _write_mesh(job, volume.surfaces)


def surfaces_as_height_map(job: InstanceJob[SurfacesParameters], _progress: Progress) -> Reference:
    """The surfaces `surfaces` as a height map."""
    layers = stored_layers(job.inputs["structure"], job.inputs["surfaces"])
    instance = height_map(
        layers.maps.rows,
        layers.structure.stored.grid,
        job.exam,
        job.series,
        structure=layers.structure.stored.reference,
        method=job.parameters.method,
    )
    write_instance(job.output, instance)
    return reference_to(instance)


def slab_bounds(job: InstanceJob[BoundsParameters], _progress: Progress) -> Reference:
    """Surfaces that only bound slabs.

    Raises
    ------
    SurfaceMissing
        None of their surfaces was found.
    """
    layers = stored_layers(job.inputs["structure"], job.inputs["surfaces"])
    grid, rows = layers.structure.stored.grid, layers.maps.rows
    bounds = {name: Bound.parse(name) for name in job.parameters.names}
    bounds = {name: bound for name, bound in bounds.items() if bound.surface in rows}
    if not bounds:
        raise SurfaceMissing(
            f"no surface of the bounds {', '.join(job.parameters.names)} was found"
        )
    instance = surface_segmentation(
        {
            name: bound_rows(bound, rows, grid.geometry.axial_mm, grid.shape)
            for name, bound in bounds.items()
        },
        grid,
        job.exam,
        job.series,
        structure=layers.structure.stored.reference,
        method=MOVED_SURFACE,
        label=BOUNDS_LABEL,
    )
    write_instance(job.output, instance)
    return reference_to(instance)


def _write_mesh(
    job: InstanceJob[SurfacesParameters] | InstanceJob[DeviceSurfacesParameters],
    found: SurfaceMaps,
) -> Reference:
    structure = structural_volume(job.inputs["structure"]).stored
    instance = surface_segmentation(
        found.rows,
        structure.grid,
        job.exam,
        job.series,
        structure=structure.reference,
        method=job.parameters.method,
    )
    write_instance(job.output, instance)
    return reference_to(instance)
