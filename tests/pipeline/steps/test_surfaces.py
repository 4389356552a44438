"""The steps that write D: a mesh, its height map, and surfaces that only bound slabs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pydicom.uid import UID
from vol_file import VolFile, ramp_bscans

from octome.errors import NothingThere, SurfaceMissing
from octome.formats.reading_options import ReadingOptions
from octome.instances.composite import Series
from octome.instances.height_map import read_height_map
from octome.instances.instance_kind import BOUNDS_LABEL
from octome.instances.segment import segments_by_name
from octome.instances.surface_segmentation import read_surface_segmentation
from octome.instances.tomography_image import read_tomography_image
from octome.pipeline.step import InstanceJob
from octome.pipeline.steps.surfaces import (
    DEVICE_SEGMENTATION,
    OWN_SEGMENTATION,
    BoundsParameters,
    DeviceSurfacesParameters,
    SurfacesParameters,
    device_surfaces,
    found_surfaces,
    slab_bounds,
    surfaces_as_height_map,
)
from octome.pipeline.stored_layers import stored_layers

JobOf = Callable[..., InstanceJob[Any]]


@pytest.fixture
def job_of(made_chain, tmp_path: Path) -> JobOf:
    """A job on the structure and the surfaces of the chain."""
    structure = made_chain.file("structure")
    exam = read_tomography_image(structure).exam

    def job(parameters: object, **inputs: Path) -> InstanceJob[Any]:
        return InstanceJob(
            inputs={"structure": structure, "surfaces": made_chain.file("surfaces"), **inputs},
            output=tmp_path / "new.dcm",
            parameters=parameters,
            exam=exam,
            series=Series(number=4, uid=UID("1.2.3")),
        )

    return job


def ignored(_label: str, _share: float) -> None:
    """Progress that is ignored."""


OWN = SurfacesParameters(method=OWN_SEGMENTATION, enface_profile="2024d")
DEVICE = DeviceSurfacesParameters(
    method=DEVICE_SEGMENTATION, enface_profile="2024d", options=ReadingOptions()
)


def test_surfaces_found_in_the_same_volume_are_the_same(job_of: JobOf, made_chain) -> None:
    shares: list[float] = []
    job = job_of(OWN)
    reference = found_surfaces(job, lambda _label, share: shares.append(share))
    found, chain = (
        read_surface_segmentation(path) for path in (job.output, made_chain.file("surfaces"))
    )
    assert reference.sop_instance == found.header.SOPInstanceUID != chain.header.SOPInstanceUID
    grid = read_tomography_image(job.inputs["structure"]).grid
    for name, rows in chain.maps(grid).rows.items():
        np.testing.assert_array_equal(found.maps(grid)[name], rows)
    assert shares == sorted(shares)
    assert shares[-1] == 1


def test_a_height_map_holds_the_rows_of_the_mesh(job_of: JobOf) -> None:
    job = job_of(OWN)
    surfaces_as_height_map(job, ignored)
    layers = stored_layers(job.inputs["structure"], job.inputs["surfaces"])
    found = read_height_map(job.output).maps(layers.structure.stored.grid)
    assert list(found.rows) == list(layers.maps.rows)
    for name, rows in layers.maps.rows.items():
        np.testing.assert_allclose(found[name], rows, atol=1e-3)


def test_bounds_are_surfaces_moved_along_depth(job_of: JobOf) -> None:
    # CSI was not found in this volume, so the images that it would bound are an error later.
    job = job_of(BoundsParameters(("CSI-5um", "IPL-10um")))
    slab_bounds(job, ignored)
    found = read_surface_segmentation(job.output)
    assert list(found.numbers) == ["IPL-10um"]
    assert found.header.ContentLabel == BOUNDS_LABEL
    layers = stored_layers(job.inputs["structure"], job.inputs["surfaces"])
    grid = layers.structure.stored.grid
    expected = layers.maps["IPL"] - np.float32(10 / grid.geometry.axial_um)
    np.testing.assert_allclose(found.maps(grid)["IPL-10um"], expected, atol=1e-3)


def test_surfaces_have_the_codes_of_their_edition(job_of: JobOf) -> None:
    job = job_of(SurfacesParameters(method=OWN_SEGMENTATION, enface_profile="2024c"))
    found_surfaces(job, ignored)
    older, newer = (
        segments_by_name(read_surface_segmentation(path).header)["EZ"]
        for path in (job.output, job.inputs["surfaces"])
    )
    codes = [item.SegmentedPropertyTypeCodeSequence[0].CodeValue for item in (older, newer)]
    assert codes == ["128295", "128321"]


def test_bounds_without_any_surface_are_an_error(job_of: JobOf) -> None:
    job = job_of(BoundsParameters(("CSI-5um",)))
    with pytest.raises(SurfaceMissing, match="CSI-5um"):
        slab_bounds(job, ignored)
    assert not job.output.exists()


def test_a_device_s_surfaces_are_stored_under_its_own_method(job_of: JobOf, tmp_path: Path) -> None:
    ilm = np.full((40, 64), 100.5, np.float32)
    path = tmp_path / "scan.vol"
    path.write_bytes(VolFile(np.ones((40, 512, 64), np.float32), [ilm]).bytes)
    job = job_of(DEVICE, source=path)
    device_surfaces(job, ignored)
    found = read_surface_segmentation(job.output)
    grid = read_tomography_image(job.inputs["structure"]).grid
    np.testing.assert_allclose(found.maps(grid)["ILM"], ilm, atol=1e-3)
    (surface,) = found.header.SegmentSequence[0].ReferencedSurfaceSequence
    (method,) = surface.SegmentSurfaceGenerationAlgorithmIdentificationSequence
    assert method.AlgorithmName == "the device's own layers"


def test_a_device_s_file_without_surfaces_is_an_error(job_of: JobOf, tmp_path: Path) -> None:
    path = tmp_path / "scan.vol"
    path.write_bytes(VolFile(ramp_bscans()).bytes)
    job = job_of(DEVICE, source=path)
    with pytest.raises(NothingThere, match="holds no surfaces"):
        device_surfaces(job, ignored)
