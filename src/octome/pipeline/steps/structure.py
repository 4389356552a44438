"""The step that writes the structural volume (B), from any source of a chain."""

from __future__ import annotations

from dataclasses import dataclass

from octome.instances.code import ScanCentre
from octome.instances.composite import Reference, reference_to
from octome.instances.device import DeviceProfile
from octome.instances.file import copied_instance, read_instance, write_instance
from octome.instances.grid import Grid
from octome.instances.multiframe import Timing
from octome.instances.scale import decibel_scale
from octome.instances.tomography_image import tomography_image
from octome.instances.transfer_syntax import CompressionName
from octome.octa.acquisition import Float32, ScanGeometry
from octome.pipeline.scan_file import read_scan
from octome.pipeline.source import read_volume
from octome.pipeline.step import InstanceJob, Progress


@dataclass(frozen=True)
class NoParameters:
    """The result depends on the inputs alone."""


@dataclass(frozen=True, kw_only=True)
class StructureParameters:
    """What B depends on in addition to the values."""

    profile: DeviceProfile
    timing: Timing | None
    centred_on: ScanCentre | None
    compression: CompressionName | None


@dataclass(frozen=True, kw_only=True)
class DeviceStructureParameters(StructureParameters):
    """The same for a device's volume."""

    spacing: ScanGeometry | None


def structure_of_scan(job: InstanceJob[StructureParameters], _progress: Progress) -> Reference:
    """B, of the intermediate file `scan`; it refers to the Raw Data `raw`, if there is any."""
    volumes = read_scan(job.inputs["scan"])
    raw = job.references.get("raw")
    reference = reference_to(read_instance(raw).header) if raw else None
    return _write(job, volumes.structure, volumes.geometry, raw=reference)


def structure_of_device(
    job: InstanceJob[DeviceStructureParameters], _progress: Progress
) -> Reference:
    """B, of a device's volume."""
    volume = read_volume(job.inputs, job.parameters.spacing)
    return _write(job, volume.structure, volume.geometry, raw=None)


def structure_unchanged(job: InstanceJob[NoParameters], _progress: Progress) -> Reference:
    """B of another system: its image, byte for byte."""
    return reference_to(copied_instance(job.inputs["source"], job.output))


def _write(
    job: InstanceJob[StructureParameters] | InstanceJob[DeviceStructureParameters],
    structure: Float32,
    geometry: ScanGeometry,
    *,
    raw: Reference | None,
) -> Reference:
    bscans, depth, ascans = structure.shape
    grid = Grid.nominal((bscans, depth, ascans), geometry)
    scale = decibel_scale(structure, label="OCT", meaning="linear amplitude, in dB")
    stored = scale.stored(structure)
    parameters = job.parameters
    instance = tomography_image(
        stored,
        scale,
        grid,
        job.exam,
        parameters.profile,
        job.series,
        timing=parameters.timing,
        raw=raw,
        centred_on=parameters.centred_on,
    )
    if job.sop_instance is not None:
        instance.SOPInstanceUID = job.sop_instance
    write_instance(job.output, instance, stored, compression=parameters.compression)
    return reference_to(instance)
