"""The summary of an instance that checks across instances need: identity, positions, references."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from octome.conformance.check.cross_instance.chain_summary import ChainSummary, chain_summary
from octome.conformance.check.cross_instance.plan_summary import (
    PlanPart,
    PlanSummary,
    plan_parts,
    plan_summary,
)
from octome.conformance.check.place import path_of
from octome.conformance.check.scope import code_of
from octome.conformance.rules.sop_class import CHAIN, DIRECTORY
from octome.dicom.data_set import DataSet
from octome.dicom.part10 import Encoded
from octome.dicom.tag import TAG

KEYWORDS = {
    TAG.SourceImageSequence: "SourceImageSequence",
    TAG.DerivationImageSequence: "DerivationImageSequence",
    TAG.SharedFunctionalGroupsSequence: "SharedFunctionalGroupsSequence",
    TAG.PerFrameFunctionalGroupsSequence: "PerFrameFunctionalGroupsSequence",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A reference to an instance; `frame` is the referring frame, from 0, if it is per frame."""

    path: str
    sop_class: str
    instance: str
    frames: tuple[int, ...]
    purpose: tuple[str, str]
    frame: int | None
    same_place: bool


class Mention(NamedTuple):
    """An instance that is named anywhere, and what is stated of it there.

    `study`, `series` and `frame_of_reference` are those of the list that the mention is in; empty
    where it is in none. `frame` is the highest frame that is named, or one below 1; None if there
    is none.
    """

    path: str
    sop_class: str
    instance: str
    study: str
    series: str
    frame_of_reference: str
    frame: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRecord:
    """A record of a directory that names a file, and what it states of it."""

    path: str
    file: tuple[str, ...]
    sop_class: str
    instance: str
    transfer_syntax: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InstanceSummary:
    """What checks across instances need from one; small, so that thousands fit into memory."""

    file: str
    sop_class: str
    instance: str
    patient: str
    issuer: str
    patient_name: str
    birth_date: str
    sex: str
    study: str
    study_date: str
    study_id: str
    accession_number: str
    series: str
    series_number: str
    modality: str
    frame_of_reference: str
    frames: int
    positions: tuple[tuple[float, ...], ...]
    references: tuple[Reference, ...]
    mentions: tuple[Mention, ...]
    transfer_syntax: str = ""
    file_records: tuple[FileRecord, ...] | None = None  # of a DICOMDIR
    plan: PlanSummary | None = None  # of a radiotherapy plan
    plan_parts: tuple[PlanPart, ...] = ()
    study_time: str = ""
    zone: str = ""
    """Timezone Offset From UTC."""
    chain: ChainSummary | None = None  # of an OCT angiography


def summary_of(
    encoded: Encoded, file: str, keyword: Callable[[int], str], *, is_alone: bool = False
) -> InstanceSummary:
    """The summary of an instance that was read from a file.

    Parameters
    ----------
    encoded : Encoded
    file : str
        The name of the file in reports.
    keyword : callable
        The keyword of a tag.
    is_alone : bool
        Whether there is no other instance, so that only mentions of itself matter.
    """
    ds = encoded.data_set
    mentions = tuple(_mentions(ds, keyword, is_alone=is_alone))
    # What an OCT angiography refers to is checked even if it is not here.
    is_compared = not is_alone or bool(mentions) or ds.text(TAG.SOPClassUID) in CHAIN
    return InstanceSummary(
        file=file,
        sop_class=ds.text(TAG.SOPClassUID),
        instance=ds.text(TAG.SOPInstanceUID),
        patient=ds.text(TAG.PatientID),
        issuer=ds.text(TAG.IssuerOfPatientID),
        patient_name=_plain_name(ds.text(TAG.PatientName)),
        birth_date=ds.text(TAG.PatientBirthDate),
        sex=ds.text(TAG.PatientSex),
        study=ds.text(TAG.StudyInstanceUID),
        study_date=ds.text(TAG.StudyDate),
        study_id=ds.text(TAG.StudyID),
        accession_number=ds.text(TAG.AccessionNumber),
        series=ds.text(TAG.SeriesInstanceUID),
        series_number=_plain_number(ds, TAG.SeriesNumber),
        modality=ds.text(TAG.Modality),
        frame_of_reference=ds.text(TAG.FrameOfReferenceUID),
        frames=int(ds.number(TAG.NumberOfFrames) or 1),
        positions=tuple(
            _position(frame)
            for frame in ds.items(TAG.PerFrameFunctionalGroupsSequence)
            if is_compared
        ),
        references=tuple(_references(ds)) if is_compared else (),
        mentions=mentions,
        transfer_syntax=encoded.transfer_syntax,
        file_records=tuple(_file_records(ds)) if is_directory(encoded) else None,
        plan=plan_summary(ds),
        plan_parts=tuple(plan_parts(ds)),
        study_time=_whole_seconds(ds.text(TAG.StudyTime)),
        zone=ds.text(TAG.TimezoneOffsetFromUTC),
        chain=chain_summary(ds),
    )


def is_directory(encoded: Encoded) -> bool:
    """Whether an instance is a DICOMDIR."""
    return encoded.meta.text(TAG.MediaStorageSOPClassUID) == DIRECTORY


def _file_records(ds: DataSet) -> Iterator[FileRecord]:
    for at, record in enumerate(ds.items(TAG.DirectoryRecordSequence)):
        file = tuple(str(value) for value in record.values(TAG.ReferencedFileID))
        if file:
            yield FileRecord(
                path=f"DirectoryRecordSequence[{at}]",
                file=file,
                sop_class=record.text(TAG.ReferencedSOPClassUIDInFile),
                instance=record.text(TAG.ReferencedSOPInstanceUIDInFile),
                transfer_syntax=record.text(TAG.ReferencedTransferSyntaxUIDInFile),
            )


def _whole_seconds(time: str) -> str:
    """A time of day without fractions; minutes and seconds that it lacks are 0."""
    return time and time.partition(".")[0].ljust(len("HHMMSS"), "0")


def _plain_name(name: str) -> str:
    """The first group of a name, without empty components at its end."""
    return name.partition("=")[0].rstrip("^ ")


def _plain_number(ds: DataSet, tag: int) -> str:
    """A whole number without a plus sign or leading zeros; the text if it is not one."""
    number = ds.number(tag)
    return ds.text(tag) if number is None else f"{number:.0f}"


def _mentions(root: DataSet, keyword: Callable[[int], str], *, is_alone: bool) -> Iterator[Mention]:
    """Each instance that is named, once for all that is stated of it alike."""
    own = root.text(TAG.SOPInstanceUID)
    own_raw = own.encode("ascii", "ignore")
    named: dict[tuple[str, ...], Mention] = {}
    for ds in root.everywhere(TAG.ReferencedSOPInstanceUID):
        if is_alone and own_raw not in ds.raw(TAG.ReferencedSOPInstanceUID):
            continue  # quickly, as there can be thousands
        instance = ds.text(TAG.ReferencedSOPInstanceUID)
        if not instance or (is_alone and instance != own):
            continue
        stated = (ds.text(TAG.ReferencedSOPClassUID), instance, *_listed_in(ds))
        frame, known = _outermost(ds), named.get(stated)
        if known is None or _is_farther(frame, known.frame):
            named[stated] = Mention(path_of(ds, keyword), *stated, frame)
    yield from named.values()


def _listed_in(item: DataSet) -> tuple[str, str, str]:
    """Study, series and frame of reference of the nearest lists around an item."""
    study = series = frame_of_reference = ""
    ds = item
    while ds.parent is not None:
        if not study and TAG.StudyInstanceUID in ds.elements:
            study = ds.text(TAG.StudyInstanceUID)
        if not series and TAG.SeriesInstanceUID in ds.elements:
            series = ds.text(TAG.SeriesInstanceUID)
        if not frame_of_reference and ds.parent_sequence == TAG.ReferencedFrameOfReferenceSequence:
            frame_of_reference = ds.text(TAG.FrameOfReferenceUID)
        ds = ds.parent
    return study, series, frame_of_reference


def _outermost(ds: DataSet) -> int | None:
    """The highest frame that is named, or one below 1."""
    if TAG.ReferencedFrameNumber not in ds.elements:
        return None
    frames = [int(number) for number in _whole(ds, TAG.ReferencedFrameNumber)]
    if not frames:
        return None
    return min(frames) if min(frames) < 1 else max(frames)


def _is_farther(frame: int | None, than: int | None) -> bool:
    if frame is None or (than is not None and than < 1):
        return False
    return than is None or frame < 1 or frame > than


def _whole(ds: DataSet, tag: int) -> Iterator[float]:
    for at in range(len(ds.values(tag))):
        number = ds.number(tag, at)
        if number is not None:
            yield number


def _position(frame: DataSet) -> tuple[float, ...]:
    for plane in frame.items(TAG.PlanePositionSequence):
        found = [plane.number(TAG.ImagePositionPatient, at) for at in range(3)]
        if None not in found:
            return tuple(value for value in found if value is not None)
    return ()


def _references(ds: DataSet) -> Iterator[Reference]:
    yield from _sources(ds, "", None)
    for sequence in (TAG.SharedFunctionalGroupsSequence, TAG.PerFrameFunctionalGroupsSequence):
        for number, group in enumerate(ds.items(sequence)):
            for at, derivation in enumerate(group.items(TAG.DerivationImageSequence)):
                path = (
                    f"{KEYWORDS[sequence]}[{number}].{KEYWORDS[TAG.DerivationImageSequence]}[{at}]."
                )
                yield from _sources(
                    derivation,
                    path,
                    number if sequence == TAG.PerFrameFunctionalGroupsSequence else None,
                )


def _sources(ds: DataSet, path: str, frame: int | None) -> Iterator[Reference]:
    for number, item in enumerate(ds.items(TAG.SourceImageSequence)):
        if TAG.ReferencedSOPInstanceUID not in item:
            continue
        purposes = [code_of(code) for code in item.items(TAG.PurposeOfReferenceCodeSequence)]
        yield Reference(
            path=f"{path}{KEYWORDS[TAG.SourceImageSequence]}[{number}]",
            sop_class=item.text(TAG.ReferencedSOPClassUID),
            instance=item.text(TAG.ReferencedSOPInstanceUID),
            frames=tuple(int(number) for number in _whole(item, TAG.ReferencedFrameNumber)),
            purpose=purposes[0] if purposes else ("", ""),
            frame=frame,
            same_place=item.text(TAG.SpatialLocationsPreserved) == "YES",
        )
