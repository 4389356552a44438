"""The step that writes the structural volume (B), from any source of a chain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from octome.formats.grey import POWER_SCALE
from octome.formats.reading_options import ReadingOptions
from octome.instances.code import ScanCentre
from octome.instances.composite import Reference, reference_to
from octome.instances.device import DeviceProfile
from octome.instances.file import copied_instance, read_instance, write_instance
from octome.instances.fundus_photograph import OnFundus, on_fundus
from octome.instances.grid import Grid
from octome.instances.multiframe import Timing
from octome.instances.scale import AMPLITUDE, GREY, decibel_scale
from octome.instances.scan_track import ScanTrack
from octome.instances.surface_rating import write_failure
from octome.instances.tomography_image import tomography_image
from octome.instances.transfer_syntax import CompressionName
from octome.octa.acquisition import Float32
from octome.octa.device_volume import ScanPattern
from octome.pipeline.own_surfaces import surfaces_in
from octome.pipeline.scan_file import read_scan
from octome.pipeline.source import device_placement, read_volume
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
    is_segmented: bool
    """Whether octome finds surfaces in it: where there are none, the volume states why."""


@dataclass(frozen=True, kw_only=True)
class DeviceStructureParameters(StructureParameters):
    """The same for a device's volume."""

    options: ReadingOptions


def structure_of_scan(job: InstanceJob[StructureParameters], progress: Progress) -> Reference:
    """B, of the intermediate file `scan`; it refers to the Raw Data `raw`, if there is any."""
    volumes = read_scan(job.inputs["scan"])
    raw = job.references.get("raw")
    reference = reference_to(read_instance(raw).header) if raw else None
    bscans, depth, ascans = volumes.structure.shape
    grid = Grid.nominal((bscans, depth, ascans), volumes.geometry)
    return _write(job, volumes.structure, grid, progress, raw=reference)


def structure_of_device(
    job: InstanceJob[DeviceStructureParameters], progress: Progress
) -> Reference:
    """B, of a device's volume; it refers to the picture of the fundus `fundus`, if there is any."""
    volume = read_volume(job.inputs, job.parameters.options)
    fundus = job.references.get("fundus")
    return _write(
        job,
        volume.structure,
        device_placement(volume, job.inputs["source"]),
        progress,
        meaning=AMPLITUDE if volume.metadata.get("grey_scale") == POWER_SCALE else GREY,
        pattern=volume.pattern,
        fundus=on_fundus(read_instance(fundus).header, volume.path) if fundus else None,
        # Another time that the caller gives is by another clock.
        bscan_times=volume.bscan_times if volume.acquired == job.exam.acquired else (),
    )


def structure_unchanged(job: InstanceJob[NoParameters], _progress: Progress) -> Reference:
    """B of another system: its image, byte for byte."""
    return reference_to(copied_instance(job.inputs["source"], job.output))


def _write(
    job: InstanceJob[StructureParameters] | InstanceJob[DeviceStructureParameters],
    structure: Float32,
    placement: Grid | ScanTrack,
    progress: Progress,
    *,
    meaning: str = AMPLITUDE,
    raw: Reference | None = None,
    pattern: ScanPattern = "raster",
    fundus: OnFundus | None = None,
    bscan_times: Sequence[datetime] = (),
) -> Reference:
    scale = decibel_scale(structure, label="OCT", meaning=meaning)
    stored = scale.stored(structure)
    parameters = job.parameters
    instance = tomography_image(
        stored,
        scale,
        placement,
        job.exam,
        parameters.profile,
        job.series,
        timing=parameters.timing,
        raw=raw,
        centred_on=parameters.centred_on,
        pattern=pattern,
        fundus=fundus,
        bscan_times=bscan_times,
    )
    write_instance(job.output, instance, stored, compression=parameters.compression)
    if parameters.is_segmented:
        found = surfaces_in(job.output, progress)
        if found.is_empty and found.verdict is not None:
            # No surfaces will carry the verdict, so the volume does.
            write_failure(instance, found.verdict)
            job.output.unlink()
            write_instance(job.output, instance, stored, compression=parameters.compression)
    return reference_to(instance)
