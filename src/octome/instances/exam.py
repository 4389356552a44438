"""What all instances of one examination share: patient, eye, time and scanner."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, get_args

from pydicom.dataset import Dataset
from pydicom.uid import UID
from pydicom.valuerep import DA, DT, TM

from octome.errors import InstancesDisagree, MissingFact
from octome.instances.device import Equipment
from octome.instances.study_details import NO_DETAILS, StudyDetails
from octome.instances.uid import is_uid, new_uid

# Patient, General Study, Patient Study and the clinical trial's modules: what all instances
# of a study must have in common.
SHARED = (
    "SpecificCharacterSet", "TimezoneOffsetFromUTC",
    "PatientName", "PatientID", "IssuerOfPatientID", "PatientBirthDate", "PatientSex",
    "OtherPatientIDsSequence", "EthnicGroup", "PatientComments", "PatientIdentityRemoved",
    "DeidentificationMethod", "DeidentificationMethodCodeSequence",
    "StudyInstanceUID", "StudyDate", "StudyTime", "StudyID", "AccessionNumber",
    "ReferringPhysicianName", "StudyDescription", "PatientAge", "PatientSize", "PatientWeight",
    "ClinicalTrialSponsorName", "ClinicalTrialProtocolID", "ClinicalTrialProtocolName",
    "ClinicalTrialSiteID", "ClinicalTrialSiteName", "ClinicalTrialSubjectID",
    "ClinicalTrialSubjectReadingID", "ClinicalTrialTimePointID",
    "ClinicalTrialTimePointDescription",
)  # fmt: skip
# Type 2: present but empty where no value is given.
EMPTY = (
    "PatientName", "PatientID", "PatientBirthDate", "PatientSex", "StudyDate", "StudyTime",
    "StudyID", "AccessionNumber", "ReferringPhysicianName",
)  # fmt: skip
MOST_NAME_COMPONENTS, MOST_NAME_GROUPS = 5, 3  # of a Person Name, PS3.5 6.2
OFFSET = re.compile(r"[+-]\d{4}")  # of Timezone Offset From UTC
NO_LATERALITY = "the acquisition does not state which eye this is: give --laterality R or L"
Laterality = Literal["R", "L"]
LATERALITIES: tuple[Laterality, ...] = get_args(Laterality)
Sex = Literal["", "M", "F", "O"]
SEXES: tuple[Sex, ...] = get_args(Sex)


@dataclass(frozen=True)
class Patient:
    """The patient; empty texts if unknown."""

    name: str = ""
    """Family^Given, as the VR PN writes names."""
    id: str = ""
    birth_date: str = ""
    """YYYYMMDD."""
    sex: Sex = ""
    """Male, female, other or empty."""

    def __post_init__(self) -> None:
        if self.sex not in SEXES:
            raise MissingFact(f"a patient's sex is M, F or O; found {self.sex!r}", missing="sex")


@dataclass(frozen=True, kw_only=True)
class Exam:
    """One examination of one eye."""

    shared: Dataset
    """The attributes of `SHARED`, as every instance of the study has them."""
    laterality: Laterality
    acquired: datetime
    frame_of_reference: UID
    scanner: Equipment
    content_time: datetime | None = None
    """Content Date and Time of what is written; the current time if None."""

    def __post_init__(self) -> None:
        checked_laterality(self.laterality)

    @property
    def study(self) -> UID:
        """Study Instance UID."""
        uid: UID = self.shared.StudyInstanceUID
        return uid

    @property
    def now(self) -> datetime:
        """The current time, by the clock that the instances of the study are written by."""
        offset = str(self.shared.get("TimezoneOffsetFromUTC") or "")
        zone = datetime.strptime(offset, "%z").tzinfo if OFFSET.fullmatch(offset) else None
        return datetime.now(zone).replace(tzinfo=None)


def new_exam(
    patient: Patient,
    laterality: str | None,
    acquired: datetime | None,
    scanner: Equipment,
    *,
    study: StudyDetails = NO_DETAILS,
) -> Exam:
    """An examination with a new frame of reference, in a new study unless `study` names one.

    Raises
    ------
    MissingFact
        The eye or the time of the acquisition is unknown, or a value is not allowed.
    """
    if laterality is None:
        raise MissingFact(NO_LATERALITY, missing="laterality")
    if acquired is None:
        raise MissingFact(
            "the acquisition does not state when it was acquired: give --acquired "
            "2026-01-31T14:05:00",
            missing="acquired",
        )
    shared = Dataset()
    shared.SpecificCharacterSet = "ISO_IR 192"
    began = study.began
    if acquired.tzinfo is not None:
        # Times are written in local time; its offset is written once.
        shared.TimezoneOffsetFromUTC = acquired.strftime("%z")
        if began is not None and began.tzinfo is not None:
            began = began.astimezone(acquired.tzinfo)
        acquired = acquired.replace(tzinfo=None)
    for keyword in EMPTY:
        setattr(shared, keyword, "")
    shared.PatientName, shared.PatientID = checked_name(patient.name), checked_text(patient.id)
    shared.PatientBirthDate = _date(patient.birth_date)
    shared.PatientSex = patient.sex
    shared.StudyInstanceUID = UID(study.uid) if study.uid else new_uid()
    shared.AccessionNumber, shared.StudyID = study.accession_number, study.id
    shared.ReferringPhysicianName = checked_name(study.referring_physician)
    if study.description:
        shared.StudyDescription = checked_text(study.description)
    shared.StudyDate = DA((began or acquired).date())
    if began is not None or not study.names_a_visit(patient.id):
        # One acquisition does not state when a visit of several began.
        shared.StudyTime = TM((began or acquired).time())
    return Exam(
        shared=shared,
        laterality=checked_laterality(laterality),
        acquired=acquired,
        frame_of_reference=new_uid(),
        scanner=scanner,
    )


def exam_of(header: Dataset) -> Exam:
    """The examination that a stored instance belongs to.

    Parameters
    ----------
    header : Dataset
        Of any instance of the chain.

    Raises
    ------
    MissingFact
        It does not state the study, the eye or the frame of reference.
    """
    shared = Dataset()
    for keyword in SHARED:
        if keyword in header:
            shared[keyword] = header[keyword]
    for keyword in EMPTY:
        if keyword not in shared:
            setattr(shared, keyword, "")
    for keyword in ("StudyInstanceUID", "FrameOfReferenceUID"):
        if not is_uid(header.get(keyword)):
            raise MissingFact(f"the instance has no {keyword}", missing=keyword)
    equipment = Equipment(
        str(header.get("Manufacturer") or ""),
        str(header.get("ManufacturerModelName") or ""),
        str(header.get("DeviceSerialNumber") or ""),
        _texts(header.get("SoftwareVersions")),
    )
    return Exam(
        shared=shared,
        laterality=_laterality(header),
        acquired=_acquired(header),
        frame_of_reference=header.FrameOfReferenceUID,
        scanner=equipment,
    )


def same_exam(first: Exam, other: Exam, what: str) -> None:
    """Check that two instances belong to one examination.

    Raises
    ------
    InstancesDisagree
        They are of different frames of reference, studies or eyes.
    """
    for name, one, two in (
        ("frames of reference", first.frame_of_reference, other.frame_of_reference),
        ("studies", first.study, other.study),
        ("eyes", first.laterality, other.laterality),
    ):
        if one != two:
            raise InstancesDisagree(
                f"{what} belong to different {name}: {one} and {two}", found=[one, two]
            )


def in_study(exam: Exam, study: UID) -> Exam:
    """The same examination as part of another study."""
    shared = Dataset()
    shared.update(exam.shared)
    # A new element: the others are those of the first examination.
    shared.add_new("StudyInstanceUID", "UI", study)
    return replace(exam, shared=shared)


def checked_laterality(text: str) -> Laterality:
    """The eye that a text names.

    Raises
    ------
    MissingFact
        It is neither R nor L.
    """
    for laterality in LATERALITIES:
        if text == laterality:
            return laterality
    raise MissingFact(NO_LATERALITY, missing="laterality")


def checked_text(text: str) -> str:
    """Text that a Long String or a Person Name can hold.

    Raises
    ------
    MissingFact
        It is longer than 64 characters, or has a backslash or control characters.
    """
    if len(text) > 64 or "\\" in text or not text.isprintable():
        raise MissingFact(
            f"{text[:70]!r} cannot be written: at most 64 characters, no backslash, one line"
        )
    return text


def checked_name(text: str) -> str:
    """Text that a Person Name can hold (PS3.5 6.2).

    Raises
    ------
    MissingFact
        As `checked_text`, or it has more parts than a name has.
    """
    groups = checked_text(text).split("=")
    if len(groups) > MOST_NAME_GROUPS or any(
        group.count("^") >= MOST_NAME_COMPONENTS for group in groups
    ):
        raise MissingFact(
            f"{text!r} is not a name; write it as Family^Given, with at most "
            f"{MOST_NAME_COMPONENTS} parts between ^ and {MOST_NAME_GROUPS} between =",
            missing="name",
        )
    return text


def _date(text: str) -> str:
    digits = text.replace("-", "")
    if not digits:
        return ""
    try:
        # strptime alone accepts 1957830 too, which is not a date in DICOM.
        datetime.strptime(digits if len(digits) == len("YYYYMMDD") else "", "%Y%m%d")
    except ValueError as error:
        raise MissingFact(
            f"{text!r} is not a date; write it as 1957-08-30", missing="birth_date"
        ) from error
    return digits


def stated_eye(header: Dataset) -> str:
    """The eye, from the attribute where this kind of instance states it; empty if it does not."""
    found = header.get("ImageLaterality")
    if not found:
        for group in header.get("SharedFunctionalGroupsSequence") or []:
            for anatomy in group.get("FrameAnatomySequence") or []:
                found = anatomy.get("FrameLaterality")
    return str(found or header.get("Laterality") or "")


def _laterality(header: Dataset) -> Laterality:
    found = stated_eye(header)
    for laterality in LATERALITIES:
        if found == laterality:
            return laterality
    raise MissingFact("the instance does not state which eye it shows", missing="laterality")


def _acquired(header: Dataset) -> datetime:
    when = header.get("AcquisitionDateTime")
    if not when and header.get("ContentDate"):
        when = f"{header.ContentDate}{header.get('ContentTime') or ''}"
    if not when:
        raise MissingFact("the instance does not state when it was acquired", missing="acquired")
    found = DT(str(when))
    assert found is not None  # noqa: S101  (DT of a text that is not empty)
    return datetime.fromisoformat(found.isoformat())


def _texts(value: object) -> tuple[str, ...]:
    if not value:
        return ()
    return (value,) if isinstance(value, str) else tuple(str(v) for v in value)  # type: ignore[attr-defined]
