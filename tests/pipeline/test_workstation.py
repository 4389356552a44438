"""What a workstation adds to stored instances, and its errors."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pydicom
import pytest

from octome.errors import (
    InstancesDisagree,
    InstanceUnreadable,
    MissingFact,
    SurfaceMissing,
    UnknownName,
)
from octome.instances.enface_image import read_enface_image
from octome.instances.surface_segmentation import read_surface_segmentation
from octome.instances.tomography_image import read_tomography_image
from octome.instances.uid import new_uid
from octome.pipeline.enface_spec import enface_spec
from octome.pipeline.study import Study
from octome.pipeline.study_tree import as_lines, study_tree
from octome.pipeline.workstation import derive_enface, segment_again


@pytest.fixture
def study(made_chain, tmp_path: Path) -> Path:
    """A copy without the raw data, as a workstation gets it."""
    folder = shutil.copytree(made_chain.folder, tmp_path / "study")
    (folder / "raw.dcm").unlink()
    return folder


@pytest.mark.parametrize("of", ["flow", "structure"])
@pytest.mark.parametrize("slab", ["superficial", "deep", "choriocapillaris", "retina"])
def test_an_image_derived_later_equals_that_of_the_chain_to_the_bit(
    made_chain, study: Path, of: str, slab: str
) -> None:
    found = derive_enface(Study(study), enface_spec(of, slab), study)
    ours = pydicom.dcmread(found.results[-1].path)
    theirs = pydicom.dcmread(made_chain.file(f"enface/{slab}-{of}"))
    assert ours.PixelData == theirs.PixelData
    assert ours.RealWorldValueMappingSequence == theirs.RealWorldValueMappingSequence
    assert (ours.WindowCenter, ours.WindowWidth) == (theirs.WindowCenter, theirs.WindowWidth)


def test_it_is_a_new_instance_in_a_new_series_of_the_study(study: Path) -> None:
    before = {path: path.read_bytes() for path in study.rglob("*.dcm")}
    old = [pydicom.dcmread(path) for path in before]
    for _ in range(2):
        spec = enface_spec("flow", "ILM..IPL+10um", "max")
        found = derive_enface(Study(study), spec, study)
        ds = pydicom.dcmread(found.results[-1].path)
        assert ds.SeriesInstanceUID not in {each.SeriesInstanceUID for each in old}
        assert ds.SeriesNumber not in {each.SeriesNumber for each in old}
        assert ds.StudyInstanceUID == old[0].StudyInstanceUID
        assert ds.FrameOfReferenceUID == old[0].FrameOfReferenceUID
        old.append(ds)
    assert all(path.read_bytes() == content for path, content in before.items())


def test_the_maximum_is_that_of_the_stored_flow(study: Path) -> None:
    opened = Study(study)
    found = derive_enface(opened, enface_spec("structure", "top..bottom", "max"), study)
    image = read_enface_image(found.results[-1].path)
    expected = np.nanmax(opened.structure_values, axis=1)
    step = expected.max() / 65534
    np.testing.assert_allclose(image.values(), expected, atol=step)


def test_the_older_profile_has_a_surface_for_each_offset(study: Path) -> None:
    spec = enface_spec("flow", "ILM+5um..IPL+10um")
    bounds, image = derive_enface(Study(study), spec, study, enface_profile="2024c").results
    ds = pydicom.dcmread(image.path)
    items = ds.ReferencedSurfaceMeshIdentificationSequence
    assert [item.SurfaceMeshZPixelOffset for item in items] == [0, 0]
    assert {item.ReferencedSOPInstanceUID for item in items} == {bounds.sop_instance}
    assert read_enface_image(image.path).slab == "ILM+5um..IPL+10um"


def test_offsets_are_in_pixels_with_their_sign(study: Path) -> None:
    found = derive_enface(Study(study), enface_spec("flow", "superficial"), study)
    assert len(found.results) == 1
    ds = pydicom.dcmread(found.results[0].path)
    assert "ReferencedSurfaceMeshIdentificationSequence" not in ds
    items = ds[0x00221627].value
    axial_um = read_tomography_image(study / "structure.dcm").grid.geometry.axial_um
    assert [item[0x00221629].value for item in items] == ["ANTERIOR", "POSTERIOR"]
    assert [item[0x00660005].value for item in items] == pytest.approx([0.0, -10 / axial_um])
    assert ds[0x00220031].value[0].ReferenceCoordinates == [0.0, 0.0, 40.0, 64.0]
    leaf = next(leaf for leaf in study_tree(study) if leaf.sop_instance == ds.SOPInstanceUID)
    assert "bound of the slab" in {link.purpose for link in leaf.links}


def test_it_is_located_on_the_localizer_of_the_chain(made_chain, study: Path) -> None:
    def localizer_of(path: Path) -> str:
        return pydicom.dcmread(path).OphthalmicFrameLocationSequence[0].ReferencedSOPInstanceUID

    spec = enface_spec("flow", "superficial")
    found = derive_enface(Study(study), spec, study)
    theirs = pydicom.dcmread(made_chain.file("enface/retina-structure")).SOPInstanceUID
    assert localizer_of(found.results[-1].path) == theirs
    for path in study.glob("enface/*.dcm"):
        path.unlink()
    found.results[-1].path.unlink(missing_ok=True)
    alone = derive_enface(Study(study), spec, study).results[-1]
    assert localizer_of(alone.path) == alone.sop_instance


def test_surfaces_found_again_are_kept_next_to_the_others(made_chain, study: Path) -> None:
    results = segment_again(Study(study), study, with_height_map=True)
    assert [each.path.name for each in results] == ["surfaces-2.dcm", "height-map-2.dcm"]
    grid = read_tomography_image(study / "structure.dcm").grid
    new = read_surface_segmentation(results[0].path)
    old = read_surface_segmentation(made_chain.file("surfaces"))
    assert new.header.SeriesInstanceUID != old.header.SeriesInstanceUID
    for name, rows in old.maps(grid).rows.items():
        np.testing.assert_array_equal(new.maps(grid)[name], rows)
    # From now on they are the newest, so images are derived from them.
    assert Study(study).surfaces_path == results[0].path
    chosen = Study(study, surfaces=study / "surfaces.dcm")
    assert chosen.surfaces.header.SOPInstanceUID == old.header.SOPInstanceUID


def test_height_maps_serve_as_well_as_meshes(study: Path) -> None:
    mesh = derive_enface(Study(study), enface_spec("flow", "retina"), study)
    (study / "surfaces.dcm").unlink()
    of_map = derive_enface(Study(study), enface_spec("flow", "retina"), study)
    assert of_map.surfaces.name == "height-map.dcm"
    first, second = (read_enface_image(each.results[-1].path).values() for each in (mesh, of_map))
    np.testing.assert_allclose(second, first, rtol=1e-3, atol=1e-4 * float(np.nanmax(first)))


# Errors: one clear sentence, and nothing is written.


def changed(path: Path, **values: object) -> None:
    ds = pydicom.dcmread(path)
    for keyword, value in values.items():
        setattr(ds, keyword, value)
    ds.save_as(path)


def refused(study: Path, error: type[Exception], why: str, slab: str = "retina") -> None:
    before = sorted(study.rglob("*"))
    with pytest.raises(error, match=why) as caught:
        derive_enface(Study(study), enface_spec("flow", slab), study)
    assert "\n" not in str(caught.value)
    assert sorted(study.rglob("*")) == before


def test_a_flow_volume_of_another_frame_of_reference(study: Path) -> None:
    changed(study / "flow-omag.dcm", FrameOfReferenceUID=new_uid())
    refused(study, InstancesDisagree, "flow-omag.dcm belong to different frames of reference")


def test_surfaces_of_another_frame_of_reference(study: Path) -> None:
    changed(study / "surfaces.dcm", FrameOfReferenceUID=new_uid())
    refused(study, InstancesDisagree, "have another frame of reference")


def test_a_flow_volume_of_another_structure(study: Path) -> None:
    changed(study / "structure.dcm", SOPInstanceUID=new_uid())
    refused(study, InstancesDisagree, "derived from another structural volume")


def test_surfaces_that_cross(study: Path) -> None:
    refused(study, InstancesDisagree, "cross: in 100% of the A-scans BM lies", "BM..ILM")


def test_a_surface_that_was_not_found(study: Path) -> None:
    refused(study, SurfaceMissing, "bounded by the surface CSI, which was not found", "BM..CSI")


def test_a_slab_without_a_surface_in_the_older_profile(study: Path) -> None:
    with pytest.raises(MissingFact, match="needs --enface-profile 2024d"):
        derive_enface(
            Study(study), enface_spec("flow", "top..bottom"), study, enface_profile="2024c"
        )


def test_of_several_scans_one_must_be_chosen(made_chain, study: Path) -> None:
    other = shutil.copytree(made_chain.folder, study / "other-eye")
    frame = new_uid()
    for path in other.rglob("*.dcm"):
        changed(path, FrameOfReferenceUID=frame, SOPInstanceUID=new_uid())
    refused(study, InstancesDisagree, "holds several scans: .*; choose one: --structure FILE")
    chosen = Study(study, structure=study / "structure.dcm")
    found = derive_enface(chosen, enface_spec("flow", "retina"), study)
    assert found.surfaces == study / "surfaces.dcm"
    assert found.volume == study / "flow-omag.dcm"


def test_a_folder_without_needed_instances(study: Path) -> None:
    (study / "flow-omag.dcm").unlink()
    refused(study, InstanceUnreadable, "holds no flow volume")
    (study / "structure.dcm").unlink()
    refused(study, InstanceUnreadable, "holds no Ophthalmic Tomography Image")
    with pytest.raises(InstanceUnreadable, match="there is no such folder"):
        Study(study / "nowhere")


def test_an_unknown_slab() -> None:
    with pytest.raises(UnknownName, match="no slab 'deeper'"):
        enface_spec("flow", "deeper")
    with pytest.raises(UnknownName, match="no surface 'XYZ'"):
        enface_spec("flow", "ILM..XYZ")


def test_the_tree_shows_each_instance_and_what_it_refers_to(study: Path) -> None:
    lines = list(as_lines(study_tree(study)))
    assert "  series 3  OPTBSV  OCT-A flow volume" in lines
    at = next(n for n, line in enumerate(lines) if "flow-omag.dcm" in line)
    assert lines[at].strip().startswith("C  flow-omag.dcm  40 B-scans of 512 x 64")
    purpose = "Structural image for image processing"
    assert lines[at + 1].strip() == f"-> structure.dcm  ({purpose})"
