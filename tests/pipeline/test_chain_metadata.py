"""What all instances of a chain state: from the source, from the caller, never from a guess."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time
from pathlib import Path
from typing import Any

import pytest
from pydicom.uid import UID

from octome.errors import MissingFact
from octome.instances.device import DeviceProfile, Equipment, Optics
from octome.instances.exam import Patient
from octome.instances.multiframe import Timing
from octome.instances.study_details import StudyDetails
from octome.pipeline.chain_metadata import ChainMetadata, chain_metadata
from octome.pipeline.request import Request
from octome.pipeline.source import RecordedSource, read_source

OPTICS: dict[str, float] = {
    "illumination_wavelength_nm": 840.0,
    "illumination_power_uw": 700.0,
    "illumination_bandwidth_nm": 50.0,
    "depth_resolution_um": 6.0,
    "depth_distortion_percent": 1.0,
    "along_scan_resolution_um": 15.0,
    "along_scan_distortion_percent": 2.0,
    "across_scan_resolution_um": 15.0,
    "across_scan_distortion_percent": 2.0,
}
DEVICE = {
    "manufacturer": "Example",
    "model": "One",
    "serial_number": "1",
    "software_versions": ["1.0"],
    "detector_type": "CMOS",
}
OTHER = DeviceProfile(Equipment("Other", "Two", "2", ("2.0",)), "CCD", Optics(**OPTICS))
PATIENT = Patient("Muster^Erika", "4711")


def source(**changes: Any) -> RecordedSource:
    """A recording that states everything."""
    fields: dict[str, Any] = {
        "path": Path("scan.h5"),
        "digest": "aa",
        "timing": Timing(2, 3.5),
        "laterality": "R",
        "acquired": datetime(2026, 1, 31, 14, 5),
        "metadata": {**DEVICE, **OPTICS, "centred_on": "macula"},
    }
    return RecordedSource(**(fields | changes))


def test_a_recording_states_its_own_metadata() -> None:
    found = chain_metadata(source(), Request())
    assert (found.exam.laterality, found.exam.acquired) == ("R", datetime(2026, 1, 31, 14, 5))
    assert found.profile is not None
    assert found.profile.equipment.model == found.exam.scanner.model == "One"
    assert found.profile.optics == Optics(**OPTICS)
    assert (found.timing, found.centred_on) == (Timing(2, 3.5), "macula")
    assert found.exam.shared.PatientName == ""


def test_the_caller_gives_what_the_recording_lacks() -> None:
    acquired = datetime(2020, 2, 3)
    given = Request(
        laterality="L", acquired=acquired, profile=OTHER, centred_on="disc", patient=PATIENT
    )
    bare = source(laterality=None, acquired=None, metadata={})
    found = chain_metadata(bare, given)
    assert (found.exam.laterality, found.exam.acquired) == ("L", acquired)
    assert (found.profile, found.centred_on) == (OTHER, "disc")
    assert found.exam.shared.PatientID == "4711"


@pytest.mark.parametrize(
    ("changes", "given", "why"),
    [
        ({"laterality": None}, {}, "give --laterality R or L"),
        ({"acquired": None}, {}, "give --acquired"),
        ({"metadata": {}}, {}, "give its device profile with --profile"),
        (
            {"metadata": {}, "laterality": None, "acquired": None},
            {},
            "which scanner .*, nor when .*, nor which eye .*--profile .*--acquired .*--laterality",
        ),
        ({"metadata": {**DEVICE, **OPTICS, "centred_on": "fovea"}}, {}, "centred on 'fovea'"),
        ({}, {"laterality": "L"}, "R, --laterality .* L"),
    ],
)
def test_missing_or_contradictory_metadata_is_an_error(
    changes: dict[str, Any], given: dict[str, Any], why: str
) -> None:
    with pytest.raises(MissingFact, match=why):
        chain_metadata(source(**changes), Request(**given))


def test_an_instance_keeps_its_examination(made_chain) -> None:
    image = read_source(made_chain.file("structure"))
    found = chain_metadata(image, Request(timing=Timing(4, 5.0)))
    assert found.exam == replace(image.exam, content_time=image.exam.acquired)  # type: ignore[union-attr]
    assert (found.profile, found.timing) == (None, Timing(4, 5.0))
    with pytest.raises(MissingFact, match="leave --patient-"):
        chain_metadata(image, Request(patient=PATIENT))
    with pytest.raises(MissingFact, match="already states its study"):
        chain_metadata(image, Request(study=StudyDetails(accession_number="A1")))


def uids(found: ChainMetadata) -> tuple[UID, UID]:
    return found.exam.study, found.exam.frame_of_reference


def test_an_acquisition_is_always_the_same_study_and_frame_of_reference() -> None:
    first = chain_metadata(source(), Request())
    assert uids(first) == uids(chain_metadata(source(), Request(projection="max", profile=OTHER)))
    other = chain_metadata(source(digest="bb"), Request())
    assert not set(uids(first)) & set(uids(other))


def test_a_study_has_one_patient() -> None:
    first, other, named = (
        chain_metadata(source(), Request(patient=patient))
        for patient in (PATIENT, Patient("Muster^Erika", "4712"), Patient("Muster^Eri", "4711"))
    )
    assert not set(uids(first)) & set(uids(other))
    # A name that was corrected is the same patient.
    assert uids(first) == uids(named)


@pytest.mark.parametrize(
    ("patient", "study"),
    [
        (Patient(), {"uid": "1.2.3"}),
        (PATIENT, {"accession_number": "A1"}),
        (PATIENT, {"id": "V1"}),
    ],
)
def test_both_eyes_of_a_visit_are_one_study(patient: Patient, study: dict[str, str]) -> None:
    request = Request(patient=patient, study=StudyDetails(**study))
    later = datetime(2026, 1, 31, 14, 8)
    right = chain_metadata(source(), request)
    left = chain_metadata(source(digest="bb", laterality="L", acquired=later), request)
    assert right.exam.study == left.exam.study
    assert right.exam.frame_of_reference != left.exam.frame_of_reference
    assert right.exam.shared == left.exam.shared
    assert right.exam.shared.StudyTime == ""
    began = replace(request, study=replace(request.study, began=datetime(2026, 1, 31, 14)))
    assert chain_metadata(source(), began).exam.shared.StudyTime == time(14)


def test_an_accession_number_alone_joins_no_acquisitions() -> None:
    request = Request(study=StudyDetails(accession_number="A1", referring_physician="Doe^Jane"))
    right, left = (chain_metadata(source(digest=digest), request).exam for digest in ("aa", "bb"))
    assert right.study != left.study
    assert (right.shared.AccessionNumber, right.shared.StudyTime) == ("A1", time(14, 5))
    assert right.shared.ReferringPhysicianName == "Doe^Jane"


@pytest.mark.parametrize(
    "change",
    [
        lambda: (source(digest="bb"), Request()),
        lambda: (source(laterality="L"), Request()),
        lambda: (source(acquired=datetime(2026, 2, 1)), Request()),
        lambda: (source(), Request(patient=PATIENT)),
        lambda: (source(), Request(patient=replace(PATIENT, name="", birth_date="1957-08-30"))),
        lambda: (source(), Request(profile=OTHER)),
        lambda: (source(), Request(study=StudyDetails(accession_number="A1"))),
    ],
)
def test_another_source_patient_eye_time_or_device_is_another_chain(
    change: Callable[[], tuple[RecordedSource, Request]],
) -> None:
    digest = chain_metadata(source(), Request()).digest(source())
    other, request = change()
    assert chain_metadata(other, request).digest(other) != digest


def test_the_requested_images_are_not_part_of_the_chain_s_digest() -> None:
    # Each examination has a new study, but the same folder continues.
    first, second = (
        chain_metadata(source(), request).digest(source())
        for request in (Request(), Request(projection="max", with_height_map=True))
    )
    assert first == second
