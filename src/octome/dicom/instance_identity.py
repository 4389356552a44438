"""Which instance a file holds, whose it is, and whether the file is complete."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from octome.dicom.data_set import DataSet
from octome.dicom.part10 import Encoded, read_encoded
from octome.dicom.tag import TAG
from octome.errors import InstanceUnreadable

LATERALITIES = ("R", "L", "B")


@dataclass(frozen=True, kw_only=True)
class InstanceIdentity:
    """What identifies an instance, and whose it is; empty where not stated."""

    sop_class: str
    sop_instance: str
    study: str
    series: str
    modality: str
    transfer_syntax: str
    """From the file meta information."""
    is_whole: bool
    """Whether it could be read completely."""
    patient_id: str = ""
    issuer_of_patient_id: str = ""
    patient_name: str = ""
    study_date: str = ""
    eye: str = ""
    """R, L or B (both)."""


def identity_of(encoded: Encoded) -> InstanceIdentity:
    """Which instance this is."""
    ds = encoded.data_set
    return InstanceIdentity(
        sop_class=ds.text(TAG.SOPClassUID),
        sop_instance=ds.text(TAG.SOPInstanceUID),
        study=ds.text(TAG.StudyInstanceUID),
        series=ds.text(TAG.SeriesInstanceUID),
        modality=ds.text(TAG.Modality),
        transfer_syntax=encoded.transfer_syntax,
        is_whole=encoded.is_whole,
        patient_id=ds.text(TAG.PatientID),
        issuer_of_patient_id=ds.text(TAG.IssuerOfPatientID),
        patient_name=ds.text(TAG.PatientName),
        study_date=ds.text(TAG.StudyDate),
        eye=_eye(ds),
    )


def instance_identity(path: Path, *, name: str = "") -> InstanceIdentity:
    """Which instance a file holds, for code that stores or sends the file unchanged.

    Parameters
    ----------
    path : Path
    name : str
        What it is called in errors; its path if empty.

    Raises
    ------
    InstanceUnreadable
        Its identity is missing, it is damaged or cut short, or its file meta information
        belongs to another instance.
    """
    encoded = read_encoded(path)
    found, meta = identity_of(encoded), encoded.meta
    stated = meta.text(TAG.MediaStorageSOPClassUID), meta.text(TAG.MediaStorageSOPInstanceUID)
    differs = None
    if not encoded.is_whole:
        why = f"it was cut short or is damaged: {encoded.damage}"
    elif not (found.sop_class and found.sop_instance and found.transfer_syntax):
        why = "its identity or its encoding is not stated"
    elif stated != (found.sop_class, found.sop_instance):
        why = "its file meta information is not of the instance that it holds"
        differs = "SOPClassUID" if stated[0] != found.sop_class else "SOPInstanceUID"
    else:
        return found
    raise InstanceUnreadable(f"cannot read {name or path}: {why}", path=str(path), differs=differs)


def _eye(ds: DataSet) -> str:
    """The eye, by the first attribute that states one."""
    found = [ds.text(TAG.ImageLaterality)]
    for group in ds.items(TAG.SharedFunctionalGroupsSequence):
        for anatomy in group.items(TAG.FrameAnatomySequence):
            found.append(anatomy.text(TAG.FrameLaterality))
    found.append(ds.text(TAG.Laterality))
    return next((each for each in found if each in LATERALITIES), "")
