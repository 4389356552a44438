"""What others need to know of an instance: who it is, where its frames lie, what it refers to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from octome.conformance.check.scope import code_of
from octome.dicom.data_set import DataSet
from octome.dicom.part10 import Encoded
from octome.dicom.tag import TAG

KEYWORDS = {
    TAG.SourceImageSequence: "SourceImageSequence",
    TAG.DerivationImageSequence: "DerivationImageSequence",
    TAG.SharedFunctionalGroupsSequence: "SharedFunctionalGroupsSequence",
    TAG.PerFrameFunctionalGroupsSequence: "PerFrameFunctionalGroupsSequence",
}


@dataclass(frozen=True)
class Reference:
    """A reference to an instance; `frame` is the referring one's, from 0, if it is per frame."""

    path: str
    sop_class: str
    instance: str
    frames: tuple[int, ...]
    purpose: tuple[str, str]
    frame: int | None
    same_place: bool


@dataclass(frozen=True)
class Identity:
    """What others need to know of an instance: small, so that thousands can be held."""

    file: str
    sop_class: str
    instance: str
    patient: str
    study: str
    series: str
    modality: str
    frame_of_reference: str
    frames: int
    positions: tuple[tuple[float, ...], ...]
    references: tuple[Reference, ...]


def identity(encoded: Encoded, file: str) -> Identity:
    """What an instance says of itself and of others."""
    ds = encoded.data_set
    return Identity(
        file,
        ds.text(TAG.SOPClassUID),
        ds.text(TAG.SOPInstanceUID),
        ds.text(TAG.PatientID),
        ds.text(TAG.StudyInstanceUID),
        ds.text(TAG.SeriesInstanceUID),
        ds.text(TAG.Modality),
        ds.text(TAG.FrameOfReferenceUID),
        int(ds.number(TAG.NumberOfFrames) or 1),
        tuple(_position(frame) for frame in ds.items(TAG.PerFrameFunctionalGroupsSequence)),
        tuple(_references(ds)),
    )


def _position(frame: DataSet) -> tuple[float, ...]:
    for plane in frame.items(TAG.PlanePositionSequence):
        found = [plane.number(TAG.ImagePositionPatient, at) for at in range(3)]
        if None not in found:
            return tuple(value for value in found if value is not None)
    return ()


def _references(ds: DataSet) -> Iterator[Reference]:
    yield from _sources(ds, "", None)
    for holder in (TAG.SharedFunctionalGroupsSequence, TAG.PerFrameFunctionalGroupsSequence):
        for number, group in enumerate(ds.items(holder)):
            for at, derivation in enumerate(group.items(TAG.DerivationImageSequence)):
                path = (
                    f"{KEYWORDS[holder]}[{number}].{KEYWORDS[TAG.DerivationImageSequence]}[{at}]."
                )
                yield from _sources(
                    derivation,
                    path,
                    number if holder == TAG.PerFrameFunctionalGroupsSequence else None,
                )


def _sources(ds: DataSet, path: str, frame: int | None) -> Iterator[Reference]:
    for number, item in enumerate(ds.items(TAG.SourceImageSequence)):
        purposes = [code_of(code) for code in item.items(TAG.PurposeOfReferenceCodeSequence)]
        frames = (
            item.number(TAG.ReferencedFrameNumber, at)
            for at in range(len(item.values(TAG.ReferencedFrameNumber)))
        )
        yield Reference(
            f"{path}{KEYWORDS[TAG.SourceImageSequence]}[{number}]",
            item.text(TAG.ReferencedSOPClassUID),
            item.text(TAG.ReferencedSOPInstanceUID),
            tuple(int(one) for one in frames if one is not None),
            purposes[0] if purposes else ("", ""),
            frame,
            same_place=item.text(TAG.SpatialLocationsPreserved) == "YES",
        )
