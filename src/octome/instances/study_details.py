"""What a caller states about the study: the visit that an acquisition belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pydicom import config
from pydicom.uid import UID

from octome.errors import MissingFact

LONGEST = 16  # characters of Accession Number and Study ID


@dataclass(frozen=True, kw_only=True)
class StudyDetails:
    """The study; empty texts if unknown.

    Raises
    ------
    MissingFact
        A value that its attribute cannot hold.
    """

    uid: str = ""
    """Study Instance UID."""
    accession_number: str = ""
    id: str = ""
    referring_physician: str = ""
    """Family^Given, as the VR PN writes names."""
    description: str = ""
    """What was requested."""
    began: datetime | None = None
    """When the visit began."""

    def __post_init__(self) -> None:
        if self.uid and not UID(self.uid, config.IGNORE).is_valid:
            raise MissingFact(f"{self.uid!r} is not a UID", missing="study_uid")
        for what, text in (("accession number", self.accession_number), ("study ID", self.id)):
            if len(text) > LONGEST or "\\" in text or not text.isprintable():
                raise MissingFact(
                    f"the {what} {text[:70]!r} cannot be written: at most {LONGEST} characters, "
                    "no backslash, one line",
                    missing=what.replace(" ", "_"),
                )

    def names_a_visit(self, patient_id: str) -> bool:
        """Whether it identifies a study of its own, which may have several acquisitions."""
        return bool(self.uid or (patient_id and (self.accession_number or self.id)))


NO_DETAILS = StudyDetails()
