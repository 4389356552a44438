"""Names of folders: readable by people, safe on any disk, and never shared by two patients.

A name is a readable part, `~` and eight digits of a hash of what the folder stands for. Software
goes by the digits alone: the readable part may be spelled otherwise, or be renamed by hand.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

from octome.dicom.instance_identity import InstanceIdentity

EYES = {"R": "right", "L": "left", "B": "both"}
NO_EYE = "eye-not-stated"
MARK = re.compile(r"~[0-9a-f]{8}$")
LONGEST = 40  # characters of the readable part


def patient_folder(instance: InstanceIdentity) -> str:
    """The folder of a patient: its name and ID; the ID and its issuer tell patients apart.

    A name alone does not identify a patient: without an ID each study has a patient's folder of its
    own.
    """
    if instance.patient_id:
        key = f"patient\0{instance.issuer_of_patient_id}\0{instance.patient_id}"
    else:
        key = f"study\0{instance.study}"
    name = instance.patient_name.partition("=")[0]
    readable = "-".join(filter(None, (_readable(name), _readable(instance.patient_id))))
    return (readable or "unnamed") + _mark(key)


def study_folder(instance: InstanceIdentity) -> str:
    """The folder of a study: its date; the Study Instance UID tells studies apart."""
    date = instance.study_date
    is_date = re.fullmatch(r"[0-9]{8}", date) is not None
    return (f"{date[:4]}-{date[4:6]}-{date[6:]}" if is_date else "undated") + _mark(instance.study)


def eye_folder(instance: InstanceIdentity) -> str:
    """The folder of an eye."""
    return EYES.get(instance.eye, NO_EYE)


def file_name(instance: InstanceIdentity) -> str:
    """The file of an instance: its SOP Instance UID."""
    return re.sub(r"[^A-Za-z0-9._-]", "_", instance.sop_instance).lstrip(".")[:100] + ".dcm"


def _mark(key: str) -> str:
    return "~" + hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def _readable(text: str) -> str:
    """ASCII letters, digits and single hyphens, as near to the text as that can be.

    >>> _readable("Núñez^Zoë^^Dr."), _readable("../../etc")
    ('Nunez-Zoe-Dr', 'etc')
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "-", plain)[:LONGEST].strip("-")
