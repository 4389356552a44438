"""What to look for in an archive, and what it answers: text of another system, checked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from octome.archive.answer import one_line
from octome.archive.date_range import date_range
from octome.errors import ArchiveRefused, QueryUnusable

Level = Literal["STUDY", "SERIES", "IMAGE"]
Found = Mapping[str, str]
"""What an archive answers about one study, series or instance, by keyword."""
MOST_ANSWERS = 50_000  # to one query
MOST_INSTANCES = 200_000  # of all
UID = re.compile(r"[0-9.]{1,64}")
MODALITY = re.compile(r"[A-Z0-9_ ]{1,16}")  # PS3.5 6.2, CS
LONGEST_ID, LONGEST_ACCESSION = 64, 16  # characters, PS3.5 6.2
WILD = re.compile(r"[*?]")
STUDY_KEYS = ("StudyInstanceUID", "PatientID", "PatientName", "StudyDate", "AccessionNumber")
SERIES_KEYS = ("SeriesInstanceUID", "Modality", "SeriesDescription")
IMAGE_KEYS = ("SOPInstanceUID", "SOPClassUID")


@dataclass(frozen=True, kw_only=True)
class Query:
    """What to look for; empty texts for anything.

    Raises
    ------
    QueryUnusable
        A value that cannot be looked for, or none at all.
    """

    patient_id: str = ""
    """May have the wildcards * and ?."""
    study: str = ""
    """Study Instance UID."""
    accession: str = ""
    date: str = ""
    """A date or a range; see `date_range`."""
    modality: str = ""
    """Of the series; several are separated by commas."""

    def __post_init__(self) -> None:
        values = self.patient_id, self.study, self.accession, self.date, self.modality
        if not any(values):
            raise QueryUnusable(
                "state what to fetch: --patient-id, --study, --accession, --date or --modality "
                "(--patient-id '*' for everything)"
            )
        if self.study and not UID.fullmatch(self.study):
            raise QueryUnusable(f"{self.study!r} is not a UID", found=self.study)
        if self.date:
            date_range(self.date)
        for modality in self.modalities:
            if not MODALITY.fullmatch(modality):
                raise QueryUnusable(f"{modality!r} is not a modality; write OPT, or OPT,OP")
        for name, value, most in (
            ("patient ID", self.patient_id, LONGEST_ID),
            ("accession number", self.accession, LONGEST_ACCESSION),
        ):
            if len(value) > most:
                raise QueryUnusable(f"{name}s have at most {most} characters: {value!r}")
        if any("\\" in value or not value.isprintable() for value in values):
            raise QueryUnusable("what to look for must be one line without a backslash")

    @property
    def modalities(self) -> tuple[str, ...]:
        """The modalities, in capitals; none for any."""
        return tuple(each.strip().upper() for each in self.modality.split(",") if self.modality)

    @property
    def modality_key(self) -> str:
        """What an archive can be asked for: one modality, or any."""
        return self.modalities[0] if len(self.modalities) == 1 else ""

    def study_keys(self) -> dict[str, str]:
        """What a study must have."""
        return {
            # An archive may not find a patient without an ID by *.
            "PatientID": self.patient_id.lstrip("*") and self.patient_id,
            "StudyInstanceUID": self.study,
            "AccessionNumber": self.accession,
            "StudyDate": self.date and date_range(self.date),
            "ModalitiesInStudy": self.modality_key,
        }

    def is_of(self, study: Found) -> bool:
        """Whether a study is one to fetch: an archive may ignore what it does not know.

        What the archive does not state cannot be compared.
        """
        for keyword, wanted in self.study_keys().items():
            stated = study.get(keyword, "")
            if not wanted or not stated or keyword == "ModalitiesInStudy":
                continue
            if keyword == "StudyDate":
                first, dash, last = wanted.partition("-")
                if not first <= stated <= (last or ("99999999" if dash else first)):
                    return False
            elif not WILD.search(wanted) and stated != wanted:
                return False
        return True


@dataclass(frozen=True, kw_only=True)
class Match:
    """An instance in an archive; every UID is one."""

    study: str
    series: str
    sop_instance: str
    sop_class: str
    """Empty if the archive does not state it."""
    modality: str
    patient_id: str
    study_date: str
    description: str
    """Of the series."""


class Source(Protocol):
    """An archive that can be asked."""

    def find(self, level: Level, within: tuple[str, ...], keys: Found) -> Iterator[Found]:
        """The studies, the series of a study, or the instances of a series, that have these values.

        `within` has the UIDs above the level; `keys` also those without a value, to be answered.
        """
        ...


def matches(source: Source, query: Query) -> Iterator[Match]:
    """The instances that are to be fetched, each once.

    Raises
    ------
    ArchiveRefused
        There are too many, or an answer of the archive has no usable UID.
    """
    seen: set[str] = set()
    for study in _bounded(
        source.find("STUDY", (), dict.fromkeys(STUDY_KEYS, "") | query.study_keys())
    ):
        if not query.is_of(study):
            continue
        study_uid = _uid(study, "StudyInstanceUID")
        wanted = dict.fromkeys(SERIES_KEYS, "") | {"Modality": query.modality_key}
        for series in _bounded(source.find("SERIES", (study_uid,), wanted)):
            modality = series.get("Modality", "")
            if query.modalities and modality not in query.modalities:
                continue
            series_uid = _uid(series, "SeriesInstanceUID")
            within = study_uid, series_uid
            for image in _bounded(source.find("IMAGE", within, dict.fromkeys(IMAGE_KEYS, ""))):
                uid, sop_class = _uid(image, "SOPInstanceUID"), image.get("SOPClassUID", "")
                if uid in seen:
                    continue
                seen.add(uid)
                if len(seen) > MOST_INSTANCES:
                    raise ArchiveRefused(f"more than {MOST_INSTANCES} instances: ask for less")
                yield Match(
                    study=study_uid,
                    series=series_uid,
                    sop_instance=uid,
                    sop_class=sop_class if UID.fullmatch(sop_class) else "",
                    modality=one_line(modality),
                    patient_id=one_line(study.get("PatientID", "")),
                    study_date=one_line(study.get("StudyDate", "")),
                    description=one_line(series.get("SeriesDescription", "")),
                )


def _bounded(answers: Iterator[Found]) -> Iterator[Found]:
    for number, answer in enumerate(answers):
        if number >= MOST_ANSWERS:
            raise ArchiveRefused(f"more than {MOST_ANSWERS} answers to one query: ask for less")
        yield answer


def _uid(answer: Found, keyword: str) -> str:
    uid = answer.get(keyword, "")
    if not UID.fullmatch(uid):
        raise ArchiveRefused(
            f"the archive answers with {one_line(uid)!r} as {keyword}, which is not a UID"
        )
    return uid
