"""What all instances of a chain state: from the source, from the caller, never from a guess."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from pydicom.uid import UID

from octome.errors import MissingFact
from octome.instances.device import DeviceProfile, Equipment, Optics
from octome.instances.exam import Patient
from octome.instances.multiframe import Timing
from octome.pipeline.chain_metadata import chain_metadata
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
    assert found.is_new_exam
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
    assert not found.is_new_exam
    assert found.exam is image.exam  # type: ignore[union-attr]
    assert (found.profile, found.timing) == (None, Timing(4, 5.0))
    assert found.with_uids(unused_uid) is found
    with pytest.raises(MissingFact, match="leave --patient-"):
        chain_metadata(image, Request(patient=PATIENT))


def unused_uid(name: str) -> UID:
    raise AssertionError(name)


def test_a_new_examination_gets_the_uids_of_the_chain() -> None:
    uids = {"study": UID("1.2.3"), "frame of reference": UID("1.2.4")}
    before = chain_metadata(source(), Request())
    found = before.with_uids(uids.__getitem__)
    assert (found.exam.study, found.exam.frame_of_reference) == ("1.2.3", "1.2.4")
    assert before.exam.study != "1.2.3"


@pytest.mark.parametrize(
    "change",
    [
        lambda: (source(digest="bb"), Request()),
        lambda: (source(laterality="L"), Request()),
        lambda: (source(acquired=datetime(2026, 2, 1)), Request()),
        lambda: (source(), Request(patient=PATIENT)),
        lambda: (source(), Request(patient=replace(PATIENT, name="", birth_date="1957-08-30"))),
        lambda: (source(), Request(profile=OTHER)),
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
