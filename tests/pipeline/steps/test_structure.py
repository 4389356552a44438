"""The step that writes B: linear amplitude stored in dB, another system's image unchanged."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import numpy as np
import pydicom
import pytest
from pydicom.uid import UID
from vol_file import VolFile, ramp_bscans

from octome.errors import SpacingReplaced
from octome.formats.reading_options import ReadingOptions
from octome.instances.composite import Series
from octome.instances.device import DeviceProfile, Equipment, Optics
from octome.instances.exam import exam_of
from octome.instances.multiframe import Timing
from octome.instances.surface_rating import stated_verdict
from octome.instances.tomography_image import read_tomography_image
from octome.octa.acquisition import ScanGeometry
from octome.octa.angiography import ScanVolumes
from octome.octa.flow.methods import flow_method
from octome.octa.verdict import Verdict
from octome.pipeline.scan_file import write_scan
from octome.pipeline.step import InstanceJob
from octome.pipeline.steps.structure import (
    DeviceStructureParameters,
    NoParameters,
    StructureParameters,
    structure_of_device,
    structure_of_scan,
    structure_unchanged,
)

PROFILE = DeviceProfile(
    Equipment("Example", "One", "1", ("1.0",)),
    "CMOS",
    Optics(
        illumination_wavelength_nm=840,
        illumination_power_uw=700,
        illumination_bandwidth_nm=50,
        depth_resolution_um=6,
        depth_distortion_percent=1,
        along_scan_resolution_um=15,
        along_scan_distortion_percent=2,
        across_scan_resolution_um=15,
        across_scan_distortion_percent=2,
    ),
)
GEOMETRY = ScanGeometry(axial_mm=0.004, ascan_mm=0.01, bscan_mm=0.02)
STATED: dict[str, Any] = {
    "profile": PROFILE,
    "timing": Timing(2, 3.5),
    "centred_on": "macula",
    "compression": None,
    "is_segmented": False,
}


@pytest.fixture
def job_of(made_chain, tmp_path: Path) -> Callable[..., InstanceJob[Any]]:
    """A job of the examination of the chain."""
    exam = exam_of(pydicom.dcmread(made_chain.file("structure"), stop_before_pixels=True))

    def job(parameters: object, **fields: Any) -> InstanceJob[Any]:
        return InstanceJob(
            output=tmp_path / "structure.dcm",
            parameters=parameters,
            exam=exam,
            series=Series(number=2, uid=UID("1.2.3")),
            **fields,
        )

    return job


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """The intermediate file of a scan whose amplitude is 1 to 24."""
    structure = np.arange(1, 25, dtype=np.float32).reshape(2, 3, 4)
    volumes = ScanVolumes(
        structure=structure,
        flow=np.zeros_like(structure),
        geometry=GEOMETRY,
        method=flow_method("ratio"),
        noise_floor=0.5,
    )
    write_scan(tmp_path / "scan", volumes)
    return tmp_path / "scan"


def ignored(_label: str, _share: float) -> None:
    """Progress that is ignored."""


def test_the_structure_of_a_scan_is_stored_in_db(
    job_of: Callable[..., InstanceJob[Any]], scan: Path
) -> None:
    job = job_of(StructureParameters(**STATED), inputs={"scan": scan})
    reference = structure_of_scan(job, ignored)
    found = read_tomography_image(job.output)
    assert reference.sop_instance == found.header.SOPInstanceUID
    assert found.grid.geometry.axial_mm == pytest.approx(0.004)
    assert found.header.IlluminationPower == 700
    decibels = 20 * np.log10(found.values().ravel() / np.arange(1, 25))
    # 100 dB in 65534 steps.
    assert np.abs(decibels).max() <= 100 / 65534 / 2 + 1e-5


def test_a_volume_without_surfaces_states_why(
    job_of: Callable[..., InstanceJob[Any]], scan: Path
) -> None:
    job = job_of(StructureParameters(**(STATED | {"is_segmented": True})), inputs={"scan": scan})
    structure_of_scan(job, ignored)
    found = read_tomography_image(job.output).header
    assert found.ImageComments == "Surfaces failed: 12 um of depth, needs 400"
    assert stated_verdict(found) == Verdict("failed", ("12 um of depth, needs 400",))


def test_it_refers_to_the_raw_data_if_there_is_any(
    job_of: Callable[..., InstanceJob[Any]], scan: Path, made_chain
) -> None:
    def references(**fields: Any) -> set[str]:
        job = job_of(StructureParameters(**STATED), inputs={"scan": scan}, **fields)
        structure_of_scan(job, ignored)
        ds = pydicom.dcmread(job.output)
        job.output.unlink()
        return {e.value for e in ds.iterall() if e.keyword == "ReferencedSOPInstanceUID"}

    raw = pydicom.dcmread(made_chain.file("raw"), specific_tags=["SOPInstanceUID"])
    assert references(references={"raw": made_chain.file("raw")}) == {raw.SOPInstanceUID}
    assert references() == set()


def test_the_structure_of_a_device_has_its_spacing(
    job_of: Callable[..., InstanceJob[Any]], tmp_path: Path
) -> None:
    path = tmp_path / "scan.vol"
    path.write_bytes(VolFile(ramp_bscans()).bytes)
    replaced = pytest.warns(SpacingReplaced, match="axial 0.004 mm")
    for spacing, axial_mm, warned in ((None, 0.0039, nullcontext()), (GEOMETRY, 0.004, replaced)):
        parameters = DeviceStructureParameters(options=ReadingOptions(spacing=spacing), **STATED)
        job = job_of(parameters, inputs={"source": path})
        with warned:
            structure_of_device(job, ignored)
        found = read_tomography_image(job.output)
        job.output.unlink()
        assert found.grid.shape == (3, 4, 5)
        assert found.grid.geometry.axial_mm == pytest.approx(axial_mm)


def test_the_image_of_another_system_is_kept_byte_for_byte(
    job_of: Callable[..., InstanceJob[Any]], made_chain
) -> None:
    image = made_chain.file("structure")
    job = job_of(NoParameters(), inputs={"source": image})
    reference = structure_unchanged(job, ignored)
    assert job.output.read_bytes() == image.read_bytes()
    assert reference.sop_instance == pydicom.dcmread(image).SOPInstanceUID
