"""The step that writes E and F: the surfaces that bound a slab, and the projected values."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pydicom.dataset import Dataset
from pydicom.uid import UID

from octome.errors import InstancesDisagree, SurfaceMissing
from octome.instances.code import coded
from octome.instances.composite import Reference, Series
from octome.instances.enface_image import read_enface_image
from octome.instances.enface_profile import EnfaceProfile, SegmentedSurface
from octome.instances.grid import Grid
from octome.octa.acquisition import ScanGeometry
from octome.octa.enface import PROJECTIONS
from octome.octa.slab import Slab
from octome.pipeline.enface_spec import EnfaceSpec, enface_spec
from octome.pipeline.step import InstanceJob
from octome.pipeline.steps.enface_image import (
    OLDER_PROJECTION_CODES,
    PROJECTION_CODES,
    EnfaceParameters,
    bounds_apart,
    crossing_share,
    enface_of_layers,
    projected,
    slab_sides,
)
from octome.pipeline.stored_layers import StoredLayers, stored_layers

MESH = Reference(UID("1.2"), UID("1.2.1"), UID("1.3"))
BOUNDS = Reference(UID("1.2"), UID("1.2.2"), UID("1.3"))


@pytest.fixture
def layers(made_chain) -> StoredLayers:
    return stored_layers(made_chain.file("structure"), made_chain.file("surfaces"))


@pytest.mark.parametrize("codes", [PROJECTION_CODES, OLDER_PROJECTION_CODES])
def test_every_projection_except_a_deviation_has_a_dicom_code(codes: dict) -> None:  # type: ignore[type-arg]
    assert set(codes) == set(PROJECTIONS)
    assert [name for name, (scheme, _) in codes.items() if scheme != "DCM"] == ["std"]
    assert all(coded(*code).CodeMeaning for code in codes.values())


def test_a_quarter_of_the_ascans_crosses() -> None:
    grid = Grid.nominal((2, 50, 3), ScanGeometry(0.01, 0.02, 0.02))
    upper = np.array([[10, 10, 10], [10, np.nan, 30]], np.float32)
    lower = np.array([[20, 20, 20], [np.nan, 20, 20]], np.float32)
    rows = {"ILM": upper, "BM": lower}
    assert crossing_share(grid, rows, Slab.parse("ILM..BM")) == 1 / 4
    # 10 rows of 10 um: now the bounds meet, and nothing lies between them.
    assert crossing_share(grid, rows, Slab.parse("ILM+100um..BM")) == 1
    rows["BM"] = np.full((2, 3), np.nan, np.float32)
    assert crossing_share(grid, rows, Slab.parse("ILM..BM")) == 0


def test_only_the_older_profile_needs_separate_surfaces_for_offsets() -> None:
    specs = [enface_spec("flow", slab) for slab in ("ILM-5um..BM+5um", "top..IPL-10um", "retina")]
    assert bounds_apart(specs, "2024c") == ["BM+5um", "ILM-5um", "IPL-10um"]
    assert bounds_apart(specs, "2024d") == []


def test_a_slab_is_bounded_by_stored_surfaces() -> None:
    grid = Grid.nominal((2, 50, 3), ScanGeometry(0.004, 0.02, 0.02))
    places = {"ILM": (MESH, 1), "IPL": (MESH, 4), "IPL-10um": (BOUNDS, 1), "ILM+5um": (BOUNDS, 2)}
    stored = {
        name: SegmentedSurface(instance=instance, number=number, code=Dataset())
        for name, (instance, number) in places.items()
    }
    slab = Slab.parse("ILM+5um..IPL-10um")

    def sides(profile: EnfaceProfile, slab: Slab = slab) -> list[tuple[object, ...]]:
        return [
            (side.surface and (side.surface.instance, side.surface.number), side.offset_px)
            for side in slab_sides(slab, stored, profile, grid)
        ]

    assert sides("2024c") == [((BOUNDS, 2), 0.0), ((BOUNDS, 1), 0.0)]
    # Rows of 4 um.
    assert sides("2024d") == [((MESH, 1), 1.25), ((MESH, 4), -2.5)]
    assert [side.is_upper for side in slab_sides(slab, stored, "2024d", grid)] == [True, False]
    # From the top of the frames.
    assert sides("2024d", Slab.parse("top+8um..bottom")) == [(None, 2.0), (None, 50.0)]
    with pytest.raises(SurfaceMissing, match="no stored segmentation has the surface BM"):
        sides("2024d", Slab.parse("ILM..BM"))


def test_the_maximum_of_the_whole_depth_is_that_of_the_volume(layers: StoredLayers) -> None:
    image = projected(layers.structure, layers, enface_spec("structure", "top..bottom", "max"))
    np.testing.assert_array_equal(image, np.nanmax(layers.structure.values, axis=1))


def test_a_slab_whose_surfaces_cross_is_an_error(layers: StoredLayers) -> None:
    with pytest.raises(InstancesDisagree, match="cross: in 100% of the A-scans BM"):
        projected(layers.structure, layers, enface_spec("structure", "BM..ILM"))


def job_of(made_chain, output: Path, spec: EnfaceSpec) -> InstanceJob[EnfaceParameters]:
    layers = stored_layers(made_chain.file("structure"), made_chain.file("surfaces"))
    return InstanceJob(
        inputs={
            "structure": made_chain.file("structure"),
            "surfaces": made_chain.file("surfaces"),
            "flow": made_chain.file("flow-omag"),
        },
        output=output,
        parameters=EnfaceParameters(spec=spec, enface_profile="2024d", compression=None),
        exam=layers.structure.stored.exam,
        series=Series(number=6, uid=UID("1.2.3")),
    )


@pytest.mark.parametrize("volume", ["structure", "flow"])
def test_the_stored_image_is_the_projected_one(made_chain, tmp_path: Path, volume: str) -> None:
    spec = enface_spec(volume, "retina")  # type: ignore[arg-type]
    job = job_of(made_chain, tmp_path / "image.dcm", spec)
    reference = enface_of_layers(job, lambda _label, _share: None)
    chain = read_enface_image(made_chain.file(f"enface/retina-{volume}"))
    found = read_enface_image(job.output)
    np.testing.assert_array_equal(found.values(), chain.values())
    assert reference.sop_instance == found.header.SOPInstanceUID
    assert found.header.SeriesInstanceUID == "1.2.3"


def test_a_slab_without_its_surface_is_an_error(made_chain, tmp_path: Path) -> None:
    job = job_of(made_chain, tmp_path / "image.dcm", enface_spec("structure", "BM..CSI"))
    with pytest.raises(SurfaceMissing, match="CSI"):
        enface_of_layers(job, lambda _label, _share: None)
    assert not job.output.exists()
