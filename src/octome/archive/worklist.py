"""The modality worklist: which patient is to be examined, for what, in which study (PS3.4 K)."""

from __future__ import annotations

from dataclasses import dataclass

from pydicom.dataset import Dataset
from pynetdicom.sop_class import (  # type: ignore[attr-defined]
    ModalityWorklistInformationFind,
)

from octome.archive.answer import one_line
from octome.archive.dicom_query import DicomQuery, keys_of, text_of
from octome.archive.peer import Peer

KEYS = (
    "StudyInstanceUID", "AccessionNumber", "PatientName", "PatientID", "PatientBirthDate",
    "PatientSex", "ReferringPhysicianName", "RequestedProcedureID", "RequestedProcedureDescription",
)  # fmt: skip
STEP_KEYS = (
    "ScheduledProcedureStepID", "ScheduledProcedureStepDescription", "ScheduledStationAETitle",
    "ScheduledProcedureStepStartDate", "ScheduledProcedureStepStartTime", "Modality",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class WorklistItem:
    """One scheduled step; empty texts where the worklist states nothing."""

    study: str
    accession: str
    patient_name: str
    patient_id: str
    patient_birth_date: str
    """YYYYMMDD."""
    patient_sex: str
    referring: str
    procedure_id: str
    procedure: str
    """Description of the requested procedure."""
    step_id: str
    step: str
    """Description of the scheduled step."""
    station: str
    date: str
    """YYYYMMDD."""
    time: str
    modality: str

    def __str__(self) -> str:
        when = f"{self.date} {self.time[:4]}".strip()
        who = f"{self.patient_id} {self.patient_name}".strip()
        what = self.procedure or self.step
        parts = (self.step_id, when, self.station, who, self.accession, what)
        return ", ".join(filter(None, parts))


def worklist(
    peer: Peer, *, patient_id: str = "", accession: str = "", station: str = "", date: str = ""
) -> list[WorklistItem]:
    """The scheduled steps that match.

    Parameters
    ----------
    peer : Peer
        The worklist.
    patient_id, accession, station, date : str
        Empty for any; the station by its AE title, the date as YYYYMMDD.

    Raises
    ------
    ArchiveRefused
        The worklist refuses the query.
    ArchiveUnreachable
        The worklist does not answer.
    """
    wanted = {"PatientID": patient_id, "AccessionNumber": accession}
    keys = keys_of(dict.fromkeys(KEYS, "") | wanted)
    steps = {"ScheduledStationAETitle": station, "ScheduledProcedureStepStartDate": date}
    keys.ScheduledProcedureStepSequence = [keys_of(dict.fromkeys(STEP_KEYS, "") | steps)]
    with DicomQuery(peer, ModalityWorklistInformationFind) as query:
        items = [_item(answer) for answer in query.answers(keys)]
    # A worklist may ignore what it does not know.
    return [
        item
        for item in items
        if (not patient_id or item.patient_id == patient_id)
        and (not accession or item.accession == accession)
        and (not station or item.station == station)
        and (not date or item.date == date)
    ]


def _item(answer: Dataset) -> WorklistItem:
    steps = answer.get("ScheduledProcedureStepSequence")
    step = steps[0] if steps else Dataset()
    found = {key: one_line(text_of(answer, key)) for key in KEYS}
    found |= {key: one_line(text_of(step, key)) for key in STEP_KEYS}
    return WorklistItem(
        study=found["StudyInstanceUID"],
        accession=found["AccessionNumber"],
        patient_name=found["PatientName"],
        patient_id=found["PatientID"],
        patient_birth_date=found["PatientBirthDate"],
        patient_sex=found["PatientSex"],
        referring=found["ReferringPhysicianName"],
        procedure_id=found["RequestedProcedureID"],
        procedure=found["RequestedProcedureDescription"],
        step_id=found["ScheduledProcedureStepID"],
        step=found["ScheduledProcedureStepDescription"],
        station=found["ScheduledStationAETitle"],
        date=found["ScheduledProcedureStepStartDate"],
        time=found["ScheduledProcedureStepStartTime"],
        modality=found["Modality"],
    )
