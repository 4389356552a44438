"""The chain of a simulated eye: how its instances belong together, and what they state."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pydicom
import pytest

from octome.instances.exam import Patient
from octome.instances.surface_segmentation import read_surface_segmentation
from octome.instances.tomography_image import read_tomography_image
from octome.pipeline.chain import process
from octome.pipeline.enface_spec import enface_spec
from octome.pipeline.request import Request
from octome.pipeline.study import Study
from octome.pipeline.workstation import derive_enface


def headers(folder: Path) -> list[pydicom.Dataset]:
    return [
        pydicom.dcmread(path, stop_before_pixels=True, defer_size=1024)
        for path in sorted(folder.rglob("*.dcm"))
    ]


def test_all_are_of_one_study_and_one_frame_of_reference(made_chain) -> None:
    found = headers(made_chain.folder)
    assert len({ds.StudyInstanceUID for ds in found}) == 1
    assert len({ds.FrameOfReferenceUID for ds in found}) == 1
    assert len({ds.SOPInstanceUID for ds in found}) == len(found) == 18


def test_each_kind_has_its_own_series(made_chain) -> None:
    by_series: dict[str, set[str]] = {}
    for ds in headers(made_chain.folder):
        by_series.setdefault(ds.SeriesInstanceUID, set()).add((ds.SOPClassUID, ds.Modality))
    assert all(len(kinds) == 1 for kinds in by_series.values())
    assert len(by_series) == 7  # A, B, C, D1, D2, E and F
    numbers = {(ds.SeriesNumber, ds.SeriesInstanceUID) for ds in headers(made_chain.folder)}
    assert len({number for number, _ in numbers}) == len(numbers)
    places = [(ds.SeriesInstanceUID, ds.InstanceNumber) for ds in headers(made_chain.folder)]
    assert len(set(places)) == len(places)


def test_sources_are_referenced_with_their_purpose(made_chain) -> None:
    structure = pydicom.dcmread(made_chain.file("structure")).SOPInstanceUID
    flow = pydicom.dcmread(made_chain.file("flow-omag"))
    for name, uid, code in (
        ("enface/superficial-structure", structure, "128250"),
        ("enface/superficial-flow", flow.SOPInstanceUID, "128251"),
    ):
        (source,) = pydicom.dcmread(made_chain.file(name)).SourceImageSequence
        assert source.ReferencedSOPInstanceUID == uid
        assert source.PurposeOfReferenceCodeSequence[0].CodeValue == code
        assert source.PurposeOfReferenceCodeSequence[0].CodingSchemeDesignator == "DCM"
    for number, frame in enumerate(flow.PerFrameFunctionalGroupsSequence, 1):
        (source,) = frame.DerivationImageSequence[0].SourceImageSequence
        assert (source.ReferencedSOPInstanceUID, source.ReferencedFrameNumber) == (
            structure,
            number,
        )


def test_every_reference_is_there_and_listed(made_chain) -> None:
    found = {ds.SOPInstanceUID: ds for ds in headers(made_chain.folder)}
    for ds in found.values():
        pointed = {
            element.value
            for element in ds.iterall()
            if element.keyword == "ReferencedSOPInstanceUID"
        } - {ds.SOPInstanceUID}  # an image that no other image uses as localizer
        assert pointed <= set(found)
        listed = {
            (series.SeriesInstanceUID, item.ReferencedSOPInstanceUID)
            for series in ds.get("ReferencedSeriesSequence", [])
            for item in series.ReferencedInstanceSequence
        }
        for series, uid in listed:
            assert found[uid].SeriesInstanceUID == series
        if ds.SOPClassUID != "1.2.840.10008.5.1.4.1.1.66":  # Raw Data does not have the module
            assert {uid for _, uid in listed} == pointed


def test_the_slab_is_bounded_by_the_segments_it_names(made_chain) -> None:
    ds = pydicom.dcmread(made_chain.file("enface/superficial-flow"))
    heights = pydicom.dcmread(made_chain.file("height-map"))
    upper, lower = ds[0x00221627].value
    grid = read_tomography_image(made_chain.file("structure")).grid
    assert [item[0x00660005].value for item in (upper, lower)] == pytest.approx(
        [0.0, -10 / grid.geometry.axial_um]
    )
    numbers = {
        segment.SegmentedPropertyTypeCodeSequence[0].CodeValue: segment.SegmentNumber
        for segment in heights.SegmentSequence
    }
    for item, code in ((upper, "280677004"), (lower, "128291")):
        (segment,) = item[0x0008114C].value
        assert segment.ReferencedSOPInstanceUID == heights.SOPInstanceUID
        assert segment.SegmentedPropertyTypeCodeSequence[0].CodeValue == code
        assert segment.ReferencedSegmentNumber == numbers[code]


def test_the_older_profile_bounds_the_slab_by_exact_surfaces(made_chain, tmp_path: Path) -> None:
    request = Request(slabs=("superficial",), enface_profile="2024c", with_raw=False)
    process(made_chain.scan, tmp_path, request)
    ds = pydicom.dcmread(tmp_path / "enface" / "superficial-flow.dcm")
    upper, lower = ds.ReferencedSurfaceMeshIdentificationSequence
    surfaces = read_surface_segmentation(tmp_path / "surfaces.dcm")
    bounds = read_surface_segmentation(tmp_path / "slab-bounds.dcm")
    assert upper.ReferencedSOPInstanceUID == surfaces.header.SOPInstanceUID
    assert upper.ReferencedSurfaceNumber == surfaces.numbers["ILM"]
    assert lower.ReferencedSOPInstanceUID == bounds.header.SOPInstanceUID
    assert lower.ReferencedSurfaceNumber == bounds.numbers["IPL-10um"]
    assert lower.SegmentedPropertyTypeCodeSequence[0].CodeValue == "SLAB-BOUND"
    grid = read_tomography_image(tmp_path / "structure.dcm").grid
    moved = surfaces.maps(grid)["IPL"] - np.float32(10 / grid.geometry.axial_um)
    np.testing.assert_allclose(bounds.maps(grid)["IPL-10um"], moved, atol=1e-4)
    # Written once: other slabs, and a person's, find their bounds there.
    again = process(made_chain.scan, tmp_path, replace(request, slabs=("deep",)))
    assert [each.path.stem for each in again if each.is_new] == ["deep-structure", "deep-flow"]
    spec = enface_spec("flow", "intermediate")
    derived = derive_enface(Study(tmp_path), spec, tmp_path, enface_profile="2024c")
    assert [each.kind.letter for each in derived.results] == ["F"]


def test_nothing_is_stated_about_a_patient_unless_given(made_chain, tmp_path: Path) -> None:
    for ds in headers(made_chain.folder):
        assert not ds.PatientName
        assert not ds.PatientID
    patient = Patient("Muster^Erika", "4711", "1957-08-30", "F")
    request = Request(patient=patient, slabs=("retina",), with_raw=False)
    process(made_chain.scan, tmp_path, request)
    for ds in headers(tmp_path):
        assert ds.PatientName == "Muster^Erika"
        assert (ds.PatientID, ds.PatientBirthDate, ds.PatientSex) == ("4711", "19570830", "F")


def test_the_equipment_is_the_one_that_was_used(made_chain) -> None:
    structure = pydicom.dcmread(made_chain.file("structure"))
    assert structure.ManufacturerModelName == "simulated eye"
    assert structure.ContributingEquipmentSequence[0].ManufacturerModelName == "octome"
    assert structure.IlluminationWaveLength == 840
    surfaces = pydicom.dcmread(made_chain.file("surfaces"))
    assert surfaces.ManufacturerModelName == "octome"
    assert surfaces.ContributingEquipmentSequence[0].ManufacturerModelName == "simulated eye"
