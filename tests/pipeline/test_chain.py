"""The chain of a simulated eye: its truth is in the instances, and no step runs twice."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pydicom
import pytest

from octome.errors import InstancesDisagree, InstanceUnwritable, MissingFact
from octome.instances.bscan_volume_analysis import read_bscan_volume_analysis
from octome.instances.enface_image import read_enface_image
from octome.instances.exam import Patient
from octome.instances.raw_data import read_raw_data
from octome.instances.surface_segmentation import read_surface_segmentation
from octome.instances.tomography_image import read_tomography_image
from octome.octa.acquisition_file import AcquisitionFile, write_acquisition
from octome.octa.angiography import angiography
from octome.octa.slab import slab_type
from octome.pipeline.chain import process
from octome.pipeline.manifest import FinishedStep, Manifest
from octome.pipeline.request import Request


def headers(folder: Path) -> list[pydicom.Dataset]:
    return [
        pydicom.dcmread(path, stop_before_pixels=True, defer_size=1024)
        for path in sorted(folder.rglob("*.dcm"))
    ]


def test_all_are_of_one_study_and_one_frame_of_reference(made_chain) -> None:
    found = headers(made_chain.folder)
    assert len({ds.StudyInstanceUID for ds in found}) == 1
    assert len({ds.FrameOfReferenceUID for ds in found}) == 1
    assert len({ds.SOPInstanceUID for ds in found}) == len(found) == 17


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
    assert lower.SegmentedPropertyTypeCodeSequence[0].CodeValue == "128291"
    grid = read_tomography_image(tmp_path / "structure.dcm").grid
    moved = surfaces.maps(grid)["IPL"] - np.float32(10 / grid.geometry.axial_um)
    np.testing.assert_allclose(bounds.maps(grid)["IPL-10um"], moved, atol=1e-4)


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


# The truth of the eye, through all files.


@pytest.fixture(scope="module")
def on_arrays(made_chain):
    """The result of the same scan without files between the steps."""
    with AcquisitionFile(made_chain.scan) as file:
        return angiography(file.acquisition)


def test_the_raw_data_is_the_scan_bit_for_bit(made_chain) -> None:
    stored = read_raw_data(made_chain.file("raw"))
    stored.check()
    with AcquisitionFile(made_chain.scan) as file:
        np.testing.assert_array_equal(stored.acquisition.recorded[:], file.acquisition.recorded[:])


def test_surfaces_in_files_are_where_those_in_memory_are(made_chain, on_arrays) -> None:
    grid = read_tomography_image(made_chain.file("structure")).grid
    stored = read_surface_segmentation(made_chain.file("surfaces")).maps(grid)
    for name, rows in on_arrays.surfaces.rows.items():
        # Found in 16 bits of dB instead of float32: no more than a hundredth of a pixel apart.
        both = np.isfinite(rows) & np.isfinite(stored[name])
        assert both.sum() > 0.99 * np.isfinite(rows).sum(), name
        assert np.percentile(np.abs(stored[name] - rows)[both], 99) < 0.01, name


def test_surfaces_in_files_are_where_they_are_in_the_eye(made_chain, on_arrays) -> None:
    grid = read_tomography_image(made_chain.file("structure")).grid
    stored = read_surface_segmentation(made_chain.file("surfaces")).maps(grid)
    with AcquisitionFile(made_chain.scan) as file:
        truth = file.truth()
    assert truth is not None
    # Motion that registration did not remove is not an error of the files.
    left = (truth.motion.axial_px - on_arrays.motion.total_axial_px).mean(axis=1)
    for name, rows in truth.surfaces.rows.items():
        if name in stored.rows:
            error = stored[name] - (rows + left[:, None])
            assert np.nanmean(np.abs(error)) < 1.0, name


def test_enface_pixels_are_those_of_the_arrays(made_chain, on_arrays) -> None:
    slab = slab_type("superficial").slab
    for of, ours in (
        ("flow", on_arrays.flow_enface(slab)),
        ("structure", on_arrays.structure_enface(slab)),
    ):
        stored = read_enface_image(made_chain.file(f"enface/superficial-{of}"))
        there = np.isfinite(ours)
        error = np.abs(stored.values() - ours)[there]
        # 15 bits of flow, 16 of structure and of the image, and surfaces moved by 0.001 px.
        assert np.percentile(error, 99) < 2e-3 * np.nanmax(ours), of


def test_a_known_vessel_is_found_at_its_position_in_mm(made_chain) -> None:
    with AcquisitionFile(made_chain.scan) as file:
        truth = file.truth()
    assert truth is not None
    vessels = (truth.vessels == 1).any(axis=1)
    stored = read_enface_image(made_chain.file("enface/superficial-flow"))
    grid = read_tomography_image(made_chain.file("structure")).grid
    flow = np.nan_to_num(stored.values())
    row_mm, column_mm = stored.spacing_mm
    # Where flow is strongest there is a vessel, within the beam's width.
    brightest = np.argwhere(flow > np.percentile(flow, 97))
    b, x = np.nonzero(vessels)
    for row, column in brightest:
        distance = np.hypot((b - row) * row_mm, (x - column) * column_mm).min()
        assert distance <= 0.03
    # The position in the frame of reference follows from row and column alone.
    place = grid.points(np.zeros(flow.shape, np.float32))[brightest[0][0], brightest[0][1]]
    assert place[0] == pytest.approx((brightest[0][1] - 63 / 2) * column_mm, abs=1e-6)
    assert place[2] == pytest.approx((39 / 2 - brightest[0][0]) * row_mm, abs=1e-6)


def test_geometry_is_true_to_a_micrometre(made_chain) -> None:
    for read, name in (
        (read_tomography_image, "structure"),
        (read_bscan_volume_analysis, "flow-omag"),
    ):
        grid = read(made_chain.file(name)).grid
        assert grid.geometry.bscan_mm == pytest.approx(1 / 40, abs=1e-6)
        assert grid.geometry.ascan_mm == pytest.approx(1 / 64, abs=1e-6)
        assert grid.geometry.axial_mm == pytest.approx(made_chain.eye.geometry.axial_mm, abs=1e-9)
        last = grid.points(np.full((40, 64), 511, np.float32))[-1, -1]
        first = grid.points(np.zeros((40, 64), np.float32))[0, 0]
        expected = [63 / 64, 511 * made_chain.eye.geometry.axial_mm, -39 / 40]
        np.testing.assert_allclose(last - first, expected, atol=1e-4)


# Stopping and running again.


@pytest.fixture
def copied(made_chain, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made_chain.folder, tmp_path / "study"))


def test_a_second_run_writes_nothing(made_chain, copied: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in copied.rglob("*.dcm")}
    results = process(made_chain.scan, copied, Request(with_height_map=True))
    assert not any(each.is_new for each in results)
    assert {path: path.stat().st_mtime_ns for path in copied.rglob("*.dcm")} == before


def test_only_what_is_missing_is_written_again(made_chain, copied: Path) -> None:
    (copied / "enface" / "deep-flow.dcm").unlink()
    results = process(made_chain.scan, copied, Request(with_height_map=True))
    assert [each.path.name for each in results if each.is_new] == ["deep-flow.dcm"]


def test_another_algorithm_adds_and_overwrites_nothing(made_chain, copied: Path) -> None:
    before = {path: path.read_bytes() for path in copied.rglob("*.dcm")}
    request = Request(algorithm="decorrelation", slabs=("superficial",), with_height_map=True)
    results = process(made_chain.scan, copied, request)
    new = {each.path.relative_to(copied).as_posix() for each in results if each.is_new}
    assert new == {"flow-decorrelation.dcm", "enface/superficial-flow-2.dcm"}
    assert all(path.read_bytes() == content for path, content in before.items())


def test_a_killed_run_leaves_whole_files_and_continues(made_chain, tmp_path: Path) -> None:
    out = tmp_path / "study"
    script = (
        "import sys; from pathlib import Path; from octome.pipeline.chain import process;"
        "from octome.pipeline.request import Request;"
        "process(Path(sys.argv[1]), Path(sys.argv[2]), Request())"
    )
    child = subprocess.Popen([sys.executable, "-c", script, str(made_chain.scan), str(out)])
    try:
        deadline = time.monotonic() + 300
        while not (out / "raw.dcm").exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        child.send_signal(signal.SIGKILL)
    finally:
        child.kill()
        child.wait(30)
    assert (out / "raw.dcm").exists()
    read_raw_data(out / "raw.dcm").check()
    results = process(made_chain.scan, out, Request())
    assert len(results) == 16
    assert {path.name for path in out.rglob("*.dcm")} == {each.path.name for each in results}


def test_a_run_stopped_between_a_file_and_its_record_continues(
    made_chain, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Manifest.record
    stopped: list[str] = []

    def stop(self: Manifest, step: FinishedStep) -> None:
        if step.name == "structure" and not stopped:
            stopped.append(step.file)
            raise KeyboardInterrupt
        real(self, step)

    monkeypatch.setattr(Manifest, "record", stop)
    with pytest.raises(KeyboardInterrupt):
        process(made_chain.scan, tmp_path, Request(slabs=("retina",)))
    before = (tmp_path / "structure.dcm").read_bytes()
    results = process(made_chain.scan, tmp_path, Request(slabs=("retina",)))
    assert [each.path.name for each in results if not each.is_new] == ["raw.dcm", "structure.dcm"]
    assert (tmp_path / "structure.dcm").read_bytes() == before
    assert {path.name for path in tmp_path.rglob("*.dcm")} == {each.path.name for each in results}


def test_a_folder_holds_one_chain(made_chain, copied: Path) -> None:
    with pytest.raises(InstancesDisagree, match="another acquisition, or of the same one with"):
        process(made_chain.scan, copied, Request(patient=Patient("Other^Name")))


def test_a_changed_file_is_noticed(made_chain, copied: Path) -> None:
    with (copied / "structure.dcm").open("ab") as file:
        file.write(b"\0\0")
    with pytest.raises(InstancesDisagree, match="was changed since it was written"):
        process(made_chain.scan, copied, Request(with_height_map=True))


def test_a_raw_data_instance_starts_a_chain_in_its_own_study(made_chain, tmp_path: Path) -> None:
    results = process(made_chain.file("raw"), tmp_path, Request(slabs=("retina",)))
    assert [each.kind.letter for each in results] == ["B", "D1", "C", "E", "F"]
    first = pydicom.dcmread(made_chain.file("structure"))
    again = pydicom.dcmread(tmp_path / "structure.dcm")
    assert again.StudyInstanceUID == first.StudyInstanceUID
    assert again.FrameOfReferenceUID == first.FrameOfReferenceUID
    assert again.PixelData == first.PixelData


def test_an_image_of_another_system_is_kept_unchanged(made_chain, tmp_path: Path) -> None:
    request = Request(slabs=("retina", "superficial"))
    results = process(made_chain.file("structure"), tmp_path, request)
    assert [each.kind.letter for each in results] == ["B", "D1", "E", "E"]
    copy = (tmp_path / "structure.dcm").read_bytes()
    assert copy == made_chain.file("structure").read_bytes()


# Errors.


def test_missing_metadata_is_named_with_its_option(made_chain, tmp_path: Path) -> None:
    with AcquisitionFile(made_chain.scan) as file:
        known = replace(file.acquisition, bscans=file.acquisition.recorded[:2])
    for missing, why in (
        ({"laterality": None}, "--laterality R or L"),
        ({"metadata": {**known.metadata, "acquired": ""}}, "--acquired"),
        ({"metadata": {"acquired": "2026-01-31"}}, "--profile"),
        (
            {"metadata": {**known.metadata, "depth_resolution_um": "fine"}},
            "optics.depth_resolution_um cannot be 'fine'",
        ),
    ):
        scan = tmp_path / "scan.h5"
        write_acquisition(scan, replace(known, **missing))
        with pytest.raises(MissingFact, match=why):
            process(scan, tmp_path / "study", Request())
        assert not (tmp_path / "study").exists()


def test_another_eye_than_the_file_states_is_an_error(made_chain, tmp_path: Path) -> None:
    with pytest.raises(MissingFact, match="states that this eye is R, --laterality is L"):
        process(made_chain.scan, tmp_path / "study", Request(laterality="L"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_write_permission(made_chain, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(InstanceUnwritable, match="cannot write"):
        process(made_chain.scan, tmp_path / "study", Request())


def test_a_file_in_place_of_the_folder(made_chain, tmp_path: Path) -> None:
    (tmp_path / "study").write_text("mine")
    with pytest.raises(InstanceUnwritable, match="it is a file"):
        process(made_chain.scan, tmp_path / "study", Request())
    assert (tmp_path / "study").read_text() == "mine"


def test_a_full_disk_leaves_finished_instances(
    made_chain, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync

    def full(descriptor: int) -> None:
        if "surfaces" in os.readlink(f"/proc/self/fd/{descriptor}"):
            raise OSError(28, "No space left on device")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InstanceUnwritable, match=r"surfaces\.dcm: No space left on device"):
        process(made_chain.scan, tmp_path, Request())
    assert {path.name for path in tmp_path.iterdir()} == {
        "octome.json",
        "raw.dcm",
        "structure.dcm",
    }
    steps = json.loads((tmp_path / "octome.json").read_text())["steps"]
    assert [step["name"] for step in steps] == ["raw", "structure"]
    monkeypatch.setattr(os, "fsync", real)
    results = process(made_chain.scan, tmp_path, Request())
    assert [each.path.name for each in results if not each.is_new] == ["raw.dcm", "structure.dcm"]
