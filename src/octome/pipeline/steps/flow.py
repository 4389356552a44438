"""The steps that write the flow volume (C): of a scan, or a device's own."""

from __future__ import annotations

from dataclasses import dataclass

from highdicom.sr import CodedConcept

from octome.errors import NothingThere
from octome.formats.reading_options import ReadingOptions
from octome.instances.bscan_volume_analysis import bscan_volume_analysis
from octome.instances.code import coded
from octome.instances.composite import Reference, reference_to
from octome.instances.file import write_instance
from octome.instances.multiframe import Timing
from octome.instances.scale import INT16_TOP, linear_scale
from octome.instances.transfer_syntax import CompressionName
from octome.octa.acquisition import Float32
from octome.octa.angiography import retinal_flow
from octome.pipeline.scan_file import read_scan
from octome.pipeline.source import read_volume
from octome.pipeline.step import InstanceJob, Progress
from octome.pipeline.stored_layers import stored_layers, structural_volume

DEVICE_FAMILY = ("DCM", "128252")  # amplitude decorrelation: devices do not state their own
ARBITRARY_UNIT = "[arb'U]"


@dataclass(frozen=True, kw_only=True)
class FlowParameters:
    """What C depends on in addition to the values."""

    timing: Timing
    compression: CompressionName | None


@dataclass(frozen=True, kw_only=True)
class DeviceFlowParameters(FlowParameters):
    """The same for a device's volume."""

    options: ReadingOptions


@dataclass(frozen=True)
class FlowAlgorithmUsed:
    """How a flow volume was computed, as its instance states it."""

    name: str
    family: CodedConcept
    parameters: dict[str, str]
    unit: str


def flow_of_scan(job: InstanceJob[FlowParameters], _progress: Progress) -> Reference:
    """C, of the intermediate file `scan`, without the projections of vessels above."""
    volumes = read_scan(job.inputs["scan"])
    layers = stored_layers(job.inputs["structure"], job.inputs["surfaces"])
    flow = retinal_flow(volumes, layers.maps)
    method = volumes.method
    assert method is not None  # noqa: S101  (there is flow)
    used = FlowAlgorithmUsed(
        name=method.meaning,
        family=coded("DCM", method.code),
        parameters={"method": method.name, "projections": "removed"},
        unit=ARBITRARY_UNIT if method.amplitude_power else "1",
    )
    return _write(job, flow, used)


def flow_of_device(job: InstanceJob[DeviceFlowParameters], _progress: Progress) -> Reference:
    """C, as the device computed it.

    Raises
    ------
    NothingThere
        The file holds no flow.
    """
    volume = read_volume(job.inputs, job.parameters.options)
    if volume.flow is None:
        raise NothingThere(f"{job.inputs['source']} holds no flow")
    used = FlowAlgorithmUsed("the device's own flow", coded(*DEVICE_FAMILY), {}, ARBITRARY_UNIT)
    return _write(job, volume.flow, used)


def _write(
    job: InstanceJob[FlowParameters] | InstanceJob[DeviceFlowParameters],
    flow: Float32,
    used: FlowAlgorithmUsed,
) -> Reference:
    structure = structural_volume(job.inputs["structure"]).stored
    scale = linear_scale(
        flow,
        top=INT16_TOP,
        unit=used.unit,
        label="FLOW",
        meaning=f"OCT-A flow signal: {used.name}"[:64],
    )
    stored = scale.stored(flow)
    instance = bscan_volume_analysis(
        stored,
        scale,
        structure.grid,
        job.exam,
        job.series,
        structure=structure,
        timing=job.parameters.timing,
        method=(used.name, used.family, used.parameters),
    )
    write_instance(job.output, instance, stored, compression=job.parameters.compression)
    return reference_to(instance)
