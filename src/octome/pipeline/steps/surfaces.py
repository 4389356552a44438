"""The steps that write surfaces (D): found or the device's, as a height map, as bounds of slabs."""

from __future__ import annotations

from dataclasses import dataclass, replace

from octome.errors import NothingThere, SurfaceMissing
from octome.formats.reading_options import ReadingOptions
from octome.instances.composite import Reference, reference_to
from octome.instances.enface_profile import EnfaceProfile
from octome.instances.file import write_instance
from octome.instances.height_map import height_map
from octome.instances.slab_bounds import slab_bounds_segmentation
from octome.instances.surface_rating import write_rating
from octome.instances.surface_segmentation import surface_segmentation
from octome.octa.segmentation.scan_contrast import SURFACES as CONTRAST_SURFACES
from octome.octa.segmentation.scan_contrast import scan_contrast_db
from octome.octa.segmentation.scan_verdict import drawn_verdict
from octome.octa.slab import Bound, bound_rows
from octome.octa.surface import SurfaceMaps
from octome.pipeline.own_surfaces import surfaces_in
from octome.pipeline.source import read_volume
from octome.pipeline.step import InstanceJob, Progress
from octome.pipeline.stored_layers import read_surfaces, stored_layers, structural_volume

Method = tuple[str, dict[str, str]]
"""Name and parameters of the algorithm that found the surfaces."""
OWN_SEGMENTATION: Method = ("octome layers", {"search": "graph"})
DEVICE_SEGMENTATION: Method = ("the device's own layers", {})
OCTEXPLORER_SEGMENTATION: Method = ("OCTExplorer (Iowa Reference Algorithms)", {})
UNKNOWN_VERSION = "unknown"  # Algorithm Version must have a value
OCTEXPLORER = ("Iowa Institute for Biomedical Imaging", UNKNOWN_VERSION)


@dataclass(frozen=True, kw_only=True)
class SurfacesParameters:
    """What D depends on in addition to the volume."""

    method: Method
    enface_profile: EnfaceProfile
    """Some surfaces have another code since 2024d."""


@dataclass(frozen=True, kw_only=True)
class DeviceSurfacesParameters(SurfacesParameters):
    """The same for surfaces that come with a device's volume."""

    options: ReadingOptions


@dataclass(frozen=True)
class BoundsParameters:
    """The bounds that become separate surfaces."""

    names: tuple[str, ...]
    """Bounds whose surface was not found are left out: the images that need them are an error."""


def found_surfaces(job: InstanceJob[SurfacesParameters], progress: Progress) -> Reference:
    """D, found in the structural volume `structure`.

    Raises
    ------
    SurfaceMissing
        None was found, and why.
    """
    found = surfaces_in(job.inputs["structure"], progress)
    if found.is_empty:
        raise SurfaceMissing(
            f"no surface was found in {job.inputs['structure']}: segmentation {found.verdict}"
        )
    return _write_mesh(job, found)


def device_surfaces(job: InstanceJob[DeviceSurfacesParameters], _progress: Progress) -> Reference:
    """D, as the device or OCTExplorer found it.

    Raises
    ------
    NothingThere
        The file holds no surfaces.
    """
    volume = read_volume(job.inputs, job.parameters.options)
    if volume.surfaces is None:
        raise NothingThere(f"{job.inputs['source']} holds no surfaces")
    owner = OCTEXPLORER
    if job.parameters.method == DEVICE_SEGMENTATION:
        scanner = job.exam.scanner
        owner = scanner.manufacturer, ", ".join(scanner.software_versions) or UNKNOWN_VERSION
    structure = structural_volume(job.inputs["structure"])
    rows, contrast_db = volume.surfaces.rows, None
    if structure.stored.scale.is_amplitude and rows.keys() >= CONTRAST_SURFACES:
        contrast_db = scan_contrast_db(structure.values, rows, volume.geometry.axial_um)
    rated = replace(volume.surfaces, verdict=drawn_verdict(rows, contrast_db))
    return _write_mesh(job, rated, owner=owner)


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
    write_rating(instance, layers.maps, is_own=job.parameters.method == OWN_SEGMENTATION)
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
    instance = slab_bounds_segmentation(
        {
            name: bound_rows(bound, rows, grid.geometry.axial_mm, grid.shape)
            for name, bound in bounds.items()
        },
        grid,
        job.exam,
        job.series,
        source=read_surfaces(job.inputs["surfaces"]),
    )
    write_instance(job.output, instance)
    return reference_to(instance)


def _write_mesh(
    job: InstanceJob[SurfacesParameters] | InstanceJob[DeviceSurfacesParameters],
    found: SurfaceMaps,
    *,
    owner: tuple[str, str] | None = None,
) -> Reference:
    structure = structural_volume(job.inputs["structure"]).stored
    instance = surface_segmentation(
        found.rows,
        structure.placement,
        job.exam,
        job.series,
        structure=structure.reference,
        method=job.parameters.method,
        owner=owner,
        profile=job.parameters.enface_profile,
    )
    write_rating(instance, found, is_own=job.parameters.method == OWN_SEGMENTATION)
    write_instance(job.output, instance)
    return reference_to(instance)
