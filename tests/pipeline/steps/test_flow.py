"""The steps that write C: the flow of a scan or of a device, and how it was computed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pydicom.uid import UID
from vol_file import VolFile, ramp_bscans

from octome.errors import NothingThere
from octome.formats.reading_options import ReadingOptions
from octome.instances.bscan_volume_analysis import read_bscan_volume_analysis, structure_of
from octome.instances.composite import Series
from octome.instances.multiframe import Timing
from octome.instances.tomography_image import read_tomography_image
from octome.octa.angiography import ScanVolumes, retinal_flow
from octome.octa.flow.methods import flow_method
from octome.pipeline.scan_file import write_scan
from octome.pipeline.step import InstanceJob
from octome.pipeline.steps.flow import (
    DeviceFlowParameters,
    FlowParameters,
    flow_of_device,
    flow_of_scan,
)
from octome.pipeline.stored_layers import stored_layers

TIMING = Timing(2, 3.5)


@pytest.fixture
def job_of(made_chain, tmp_path: Path) -> Callable[..., InstanceJob[Any]]:
    """A job on the structure and the surfaces of the chain."""
    structure = made_chain.file("structure")
    exam = read_tomography_image(structure).exam

    def job(parameters: object, **inputs: Path) -> InstanceJob[Any]:
        return InstanceJob(
            inputs={"structure": structure, "surfaces": made_chain.file("surfaces"), **inputs},
            output=tmp_path / "flow.dcm",
            parameters=parameters,
            exam=exam,
            series=Series(number=3, uid=UID("1.2.3"), sop_instance=UID("1.2.9")),
        )

    return job


def ignored(_label: str, _share: float) -> None:
    """Progress that is ignored."""


def test_the_flow_of_a_scan_is_stored_without_projections(
    job_of: Callable[..., InstanceJob[Any]], tmp_path: Path
) -> None:
    parameters = FlowParameters(timing=TIMING, compression=None)
    job = job_of(parameters, scan=tmp_path / "scan")
    layers = stored_layers(job.inputs["structure"], job.inputs["surfaces"])
    stored = layers.structure.stored
    volumes = ScanVolumes(
        structure=layers.structure.values,
        flow=np.random.default_rng(0).random(stored.grid.shape, np.float32),
        geometry=stored.grid.geometry,
        method=flow_method("decorrelation"),
        noise_floor=0.1,
    )
    write_scan(job.inputs["scan"], volumes)
    reference = flow_of_scan(job, ignored)
    found = read_bscan_volume_analysis(job.output)
    assert reference.sop_instance == found.header.SOPInstanceUID == "1.2.9"
    assert structure_of(found) == stored.header.SOPInstanceUID
    expected = retinal_flow(volumes, layers.maps)
    step = np.nanmax(expected) / 32766
    np.testing.assert_allclose(found.values(), expected, atol=0.51 * step)
    # Decorrelation is a ratio: its unit is 1.
    assert found.scale.unit == "1"
    (method,) = found.header.AcquisitionMethodAlgorithmSequence
    assert method.AlgorithmName == flow_method("decorrelation").meaning
    assert method.AlgorithmFamilyCodeSequence[0].CodeValue == flow_method("decorrelation").code
    assert "projections=removed" in method.AlgorithmParameters
    timing = found.header.OCTBscanAnalysisAcquisitionParametersSequence[0]
    assert timing.NumberOfBscansPerFrame == 2


def test_a_device_s_file_without_flow_is_an_error(
    job_of: Callable[..., InstanceJob[Any]], tmp_path: Path
) -> None:
    path = tmp_path / "scan.vol"
    path.write_bytes(VolFile(ramp_bscans()).bytes)
    parameters = DeviceFlowParameters(timing=TIMING, compression=None, options=ReadingOptions())
    job = job_of(parameters, source=path)
    with pytest.raises(NothingThere, match=r"scan\.vol holds no flow"):
        flow_of_device(job, ignored)
    assert not job.output.exists()


def test_a_device_s_flow_is_stored_unchanged(
    job_of: Callable[..., InstanceJob[Any]], tmp_path: Path
) -> None:
    shape = (40, 512, 64)
    path, angio = tmp_path / "scan.vol", tmp_path / "scanAngio.vol"
    flow = np.random.default_rng(1).random(shape, np.float32)
    path.write_bytes(VolFile(np.ones(shape, np.float32)).bytes)
    angio.write_bytes(VolFile(flow).bytes)
    parameters = DeviceFlowParameters(timing=TIMING, compression=None, options=ReadingOptions())
    job = job_of(parameters, source=path, **{"flow file": angio})
    flow_of_device(job, ignored)
    found = read_bscan_volume_analysis(job.output)
    np.testing.assert_allclose(found.values(), flow, atol=0.51 / 32766)
    assert found.scale.unit == "[arb'U]"
    (method,) = found.header.AcquisitionMethodAlgorithmSequence
    assert method.AlgorithmName == "the device's own flow"
