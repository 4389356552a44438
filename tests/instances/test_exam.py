"""One examination: its required values, and instances that belong to the same one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from pydicom.uid import UID

from octome.errors import (
    InstancesDisagree,
    MissingFact,
)
from octome.instances.exam import Patient, exam_of, in_study, new_exam, same_exam
from octome.instances.file import read_instance
from octome.instances.study_details import StudyDetails

WHEN = datetime(2026, 1, 31, 14, 5)


def test_an_exam_has_the_patient_and_the_time_of_the_scan(device) -> None:
    patient = Patient("Doe^Jane", "4711", "1957-08-30", "F")
    shared = new_exam(patient, "L", WHEN, device.equipment).shared
    assert (shared.PatientName, shared.PatientID) == ("Doe^Jane", "4711")
    assert (shared.PatientBirthDate, shared.PatientSex) == ("19570830", "F")
    assert (shared.StudyDate, shared.StudyTime) == (WHEN.date(), WHEN.time())
    assert shared.AccessionNumber == ""


def test_what_was_requested_is_the_description_of_the_study(device) -> None:
    study = StudyDetails(description="macula")
    assert new_exam(
        Patient(), "L", WHEN, device.equipment, study=study
    ).shared.StudyDescription == ("macula")
    assert "StudyDescription" not in new_exam(Patient(), "L", WHEN, device.equipment).shared


def test_a_time_with_an_offset_is_written_as_local_time_and_the_offset(device) -> None:
    when = datetime.fromisoformat("2026-01-31T14:05:00+01:00")
    exam = new_exam(Patient(), "R", when, device.equipment)
    assert exam.shared.TimezoneOffsetFromUTC == "+0100"
    assert exam.acquired == WHEN
    apart = exam.now - datetime.now(UTC).replace(tzinfo=None)
    assert abs(apart.total_seconds() - 3600) < 10


@pytest.mark.parametrize(
    ("patient", "laterality", "acquired", "why"),
    [
        ({}, None, WHEN, "which eye this is"),
        ({}, "OD", WHEN, "which eye this is"),
        ({}, "R", None, "when it was acquired"),
        ({"birth_date": "30.8.1957"}, "R", WHEN, "'30.8.1957' is not a date"),
        ({"birth_date": "1957-830"}, "R", WHEN, "'1957-830' is not a date"),
        ({"name": "A=B=C=D"}, "R", WHEN, "'A=B=C=D' is not a name"),
        ({"name": "A^B^C^D^E^F"}, "R", WHEN, "at most 5 parts"),
        ({"sex": "male"}, "R", WHEN, "sex is M, F or O; found 'male'"),
        ({"name": "x" * 65}, "R", WHEN, "at most 64 characters"),
        ({"id": "a\\b"}, "R", WHEN, "no backslash"),
        ({"name": "two\nlines"}, "R", WHEN, "one line"),
    ],
)
def test_what_is_missing_or_not_allowed_is_named(
    device, patient, laterality, acquired, why
) -> None:
    with pytest.raises(MissingFact, match=why):
        new_exam(Patient(**patient), laterality, acquired, device.equipment)


def test_a_name_may_have_all_that_the_standard_allows(device) -> None:
    patient = Patient("A^B^C^D^E=a^b^c^d^e=1^2^3^4^5")
    assert new_exam(patient, "R", WHEN, device.equipment).shared.PatientName == patient.name


@pytest.mark.parametrize("name", ["structure", "flow", "surfaces", "height-map", "enface"])
def test_each_kind_of_instance_states_its_exam(tiny, tiny_files, name: str) -> None:
    found = exam_of(read_instance(tiny_files[name]).header)
    assert (found.study, found.laterality) == (tiny.exam.study, "R")
    assert found.frame_of_reference == tiny.exam.frame_of_reference
    same_exam(tiny.exam, found, name)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"frame_of_reference": UID("1.2.3")}, "different frames of reference"),
        ({"laterality": "L"}, "different eyes: R and L"),
    ],
)
def test_different_exams_are_an_error(tiny, change, why: str) -> None:
    with pytest.raises(InstancesDisagree, match=f"^A and B belong to {why}"):
        same_exam(tiny.exam, replace(tiny.exam, **change), "A and B")


def test_an_exam_in_another_study_does_not_change_the_first(tiny) -> None:
    before = tiny.exam.study
    other = in_study(tiny.exam, UID("1.2.3"))
    assert (other.study, tiny.exam.study) == ("1.2.3", before)
    with pytest.raises(InstancesDisagree, match="different studies"):
        same_exam(tiny.exam, other, "A and B")
