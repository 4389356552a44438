"""The steps that read a recording: Raw Data (A), and its structure and flow for the next steps."""

from __future__ import annotations

from dataclasses import dataclass

from octome.instances.composite import Reference, reference_to
from octome.instances.raw_data import write_raw_data
from octome.octa.angiography import scan
from octome.octa.flow.methods import FlowAlgorithm
from octome.pipeline.scan_file import write_scan
from octome.pipeline.source import opened_recording
from octome.pipeline.step import InstanceJob, Job, Progress


@dataclass(frozen=True)
class RawDataParameters:
    """What Raw Data depends on in addition to the recording."""

    volumes: tuple[Reference, ...] = ()
    """The volumes of later steps: Raw Data refers to them."""


def raw_data(job: InstanceJob[RawDataParameters], progress: Progress) -> Reference:
    """A, of the recording `source`."""
    with opened_recording(job.inputs["source"]) as acquisition:
        instance = write_raw_data(
            job.output,
            acquisition,
            job.exam,
            job.series,
            volumes=job.parameters.volumes,
            progress=lambda done, count: progress("raw data", done / count),
        )
    return reference_to(instance)


@dataclass(frozen=True)
class ScanParameters:
    """What the volumes of a scan depend on in addition to the recording."""

    algorithm: FlowAlgorithm | None
    """None without repeats: then there is structure alone."""


def scan_volumes(job: Job[ScanParameters], progress: Progress) -> None:
    """Structure and flow of the recording `source`, from one reading, as an intermediate file."""
    with opened_recording(job.inputs["source"]) as acquisition:
        write_scan(
            job.output, scan(acquisition, method=job.parameters.algorithm, progress=progress)
        )
