"""A folder of instances: found under any name, sorted by time, the newest matching ones."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pydicom
import pytest
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian

from octome.errors import InstancesDisagree, InstanceUnreadable
from octome.instances.instance_kind import BOUNDS_LABEL, FLOW, RAW
from octome.instances.uid import new_uid
from octome.pipeline.enface_spec import enface_spec
from octome.pipeline.study import Entry, Study, entries
from octome.pipeline.workstation import derive_enface


def stored(path: Path, **values: object) -> Path:
    """A small instance."""
    ds = Dataset()
    ds.SOPClassUID, ds.SOPInstanceUID = RAW.sop_class, new_uid()
    for keyword, value in values.items():
        setattr(ds, keyword, value)
    ds.file_meta = FileMetaDataset()
    ds.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    path.parent.mkdir(exist_ok=True)
    ds.save_as(path, enforce_file_format=True)
    return path


def test_instances_are_sorted_by_time_and_other_files_left_out(tmp_path: Path) -> None:
    stored(tmp_path / "a", ContentDate="20260131", ContentTime="120000")
    stored(tmp_path / "b.dcm", ContentDate="20250131", ContentTime="130000")
    stored(tmp_path / "below" / "c.dcm", ContentDate="20260131", ContentTime="110000")
    stored(tmp_path / "d.dcm")
    (tmp_path / "octome.json").write_text("{}")
    found = [entry.path.name for entry in entries(tmp_path)]
    assert found == ["d.dcm", "b.dcm", "c.dcm", "a"]


def test_a_series_without_a_number_has_0(tmp_path: Path) -> None:
    stored(tmp_path / "a", ContentTime="010000", SeriesNumber=None)
    stored(tmp_path / "b", ContentTime="020000", SeriesNumber=7)
    assert [entry.series_number for entry in entries(tmp_path)] == [0, 7]
    assert Study(tmp_path).next_series_number() == 11
    stored(tmp_path / "c", SeriesNumber=20)
    assert Study(tmp_path).next_series_number() == 21


def test_a_sequence_in_place_of_a_frame_of_reference_is_ignored(tmp_path: Path) -> None:
    path = stored(tmp_path / "a", FrameOfReferenceUID="1.2.3")
    stored(tmp_path / "b", FrameOfReferenceUID="1.2.3", ContentDate="20260131")
    ds = Dataset()
    ds.add_new("FrameOfReferenceUID", "SQ", [])
    assert Entry(path, ds).frame_of_reference == ""
    assert [entry.frame_of_reference for entry in entries(tmp_path)] == ["1.2.3", "1.2.3"]


def test_a_folder_without_instances_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("text")
    for path, why in (
        (tmp_path, "holds no DICOM instance"),
        (tmp_path / "file", "it is a file"),
        (tmp_path / "none", "there is no such folder"),
    ):
        with pytest.raises(InstanceUnreadable, match=why):
            entries(path)


@pytest.fixture
def folder(made_chain, tmp_path: Path) -> Path:
    """A copy of the volumes and surfaces of the chain."""
    for name in ("structure", "flow-omag", "surfaces", "height-map"):
        shutil.copy(made_chain.file(name), tmp_path)
    return tmp_path


def changed(path: Path, copy: Path, **values: object) -> Path:
    ds = pydicom.dcmread(path)
    for keyword, value in values.items():
        setattr(ds, keyword, value)
    ds.save_as(copy)
    return copy


def test_surfaces_that_only_bound_slabs_are_not_the_study_s(folder: Path) -> None:
    spec = enface_spec("structure", "superficial")
    bounds, image = derive_enface(Study(folder), spec, folder, enface_profile="2024c").results
    image.path.unlink()
    assert pydicom.dcmread(bounds.path).ContentLabel == BOUNDS_LABEL
    assert Study(folder).surfaces_path.name == "surfaces.dcm"
    (folder / "surfaces.dcm").unlink()
    assert Study(folder).surfaces_path.name == "height-map.dcm"
    (folder / "height-map.dcm").unlink()
    with pytest.raises(InstanceUnreadable, match="holds no surfaces"):
        _ = Study(folder).surfaces_path


def test_of_several_flow_volumes_one_has_to_be_chosen(folder: Path) -> None:
    flow = folder / "flow-omag.dcm"
    shutil.copy(flow, folder / "copy.dcm")
    assert Study(folder).flow.header.SOPInstanceUID == pydicom.dcmread(flow).SOPInstanceUID
    (folder / "copy.dcm").unlink()
    newer = changed(flow, folder / "a.dcm", SOPInstanceUID=new_uid(), ContentDate="20990101")
    with pytest.raises(
        InstancesDisagree, match=r"several flow volumes: a\.dcm, flow-omag\.dcm; .*--flow FILE"
    ):
        _ = Study(folder).flow
    study = Study(folder, flow=newer)
    assert study.has_flow
    assert study.flow.file.path == newer
    assert study.flow_values.shape == study.structure_values.shape == (40, 512, 64)


def test_a_flow_volume_of_another_structure_is_not_guessed(folder: Path) -> None:
    other = changed(folder / "structure.dcm", folder / "b.dcm", SOPInstanceUID=new_uid())
    with pytest.raises(InstancesDisagree, match="derived from another structural volume"):
        _ = Study(folder, structure=other).flow
    flow = folder / "flow-omag.dcm"
    with pytest.raises(InstancesDisagree, match="derived from another structural volume"):
        _ = Study(folder, structure=other, flow=flow).flow


def test_volumes_and_surfaces_of_one_time_have_to_be_chosen(folder: Path) -> None:
    for name, attribute, option in (
        ("structure", "structure", "--structure"),
        ("surfaces", "surfaces_path", "--surfaces"),
    ):
        again = changed(folder / f"{name}.dcm", folder / "again.dcm", SOPInstanceUID=new_uid())
        with pytest.raises(InstancesDisagree, match=f"again.dcm, {name}.dcm; .*{option} FILE"):
            getattr(Study(folder), attribute)
        changed(again, again, ContentDate="20990101")
        getattr(Study(folder), attribute)
        again.unlink()


def test_a_study_without_flow_has_none(folder: Path) -> None:
    (folder / "flow-omag.dcm").unlink()
    study = Study(folder)
    assert not study.has_flow
    with pytest.raises(InstanceUnreadable, match="holds no flow volume"):
        _ = study.flow
    assert FLOW.sop_class not in {entry.header.SOPClassUID for entry in study.entries}


def test_surfaces_lie_on_the_grid_of_the_structure(folder: Path) -> None:
    study = Study(folder)
    assert study.maps["ILM"].shape == (40, 64)
    assert study.maps is study.maps
    np.testing.assert_array_equal(
        study.maps["ILM"], study.surfaces.maps(study.structure.grid)["ILM"]
    )


def test_the_structure_of_two_scans_has_to_be_chosen(folder: Path) -> None:
    other = changed(
        folder / "structure.dcm",
        folder / "other.dcm",
        SOPInstanceUID=new_uid(),
        FrameOfReferenceUID=new_uid(),
    )
    with pytest.raises(InstancesDisagree, match=r"several scans: .*other\.dcm"):
        _ = Study(folder).structure
    assert Study(folder, structure=other).structure.file.path == other


def test_new_instances_belong_into_the_folder_of_their_scan(made_chain, tmp_path: Path) -> None:
    patient, right = tmp_path / "patient", tmp_path / "patient" / "study" / "right"
    right.mkdir(parents=True)
    for name in ("structure", "surfaces"):
        shutil.copy(made_chain.file(name), right)
    assert Study(patient).scan_folder == right
    # A study whose kinds of instances lie apart.
    (right / "surfaces.dcm").rename(patient / "study" / "surfaces.dcm")
    assert Study(patient).scan_folder == patient / "study"


def test_a_study_knows_if_it_has_surfaces(made_chain, tmp_path: Path) -> None:
    shutil.copy(made_chain.file("structure"), tmp_path)
    assert not Study(tmp_path).has_surfaces
    shutil.copy(made_chain.file("height-map"), tmp_path)
    assert Study(tmp_path).has_surfaces
