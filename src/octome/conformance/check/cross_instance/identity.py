"""What others need to know of an instance: who it is, where its frames lie, what it refers to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from octome.conformance.check.scope import FRAME_GROUPS, SHARED_GROUPS, code_of
from octome.dicom.data_set import DataSet
from octome.dicom.part10 import Encoded

SOP_CLASS, SOP_INSTANCE = 0x00080016, 0x00080018
PATIENT_ID, STUDY, SERIES, MODALITY = 0x00100020, 0x0020000D, 0x0020000E, 0x00080060
FRAME_OF_REFERENCE = 0x00200052
NUMBER_OF_FRAMES = 0x00280008
REFERENCED_CLASS, REFERENCED_INSTANCE = 0x00081150, 0x00081155
REFERENCED_FRAMES, PURPOSE = 0x00081160, 0x0040A170
DERIVATION_IMAGE, SOURCE_IMAGE = 0x00089124, 0x00082112
SPATIAL_LOCATIONS = 0x0028135A
PLANE_POSITION, IMAGE_POSITION = 0x00209113, 0x00200032
KEYWORDS = {
    SOURCE_IMAGE: "SourceImageSequence",
    DERIVATION_IMAGE: "DerivationImageSequence",
    SHARED_GROUPS: "SharedFunctionalGroupsSequence",
    FRAME_GROUPS: "PerFrameFunctionalGroupsSequence",
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
        ds.text(SOP_CLASS),
        ds.text(SOP_INSTANCE),
        ds.text(PATIENT_ID),
        ds.text(STUDY),
        ds.text(SERIES),
        ds.text(MODALITY),
        ds.text(FRAME_OF_REFERENCE),
        int(ds.number(NUMBER_OF_FRAMES) or 1),
        tuple(_position(frame) for frame in ds.items(FRAME_GROUPS)),
        tuple(_references(ds)),
    )


def _position(frame: DataSet) -> tuple[float, ...]:
    for plane in frame.items(PLANE_POSITION):
        found = [plane.number(IMAGE_POSITION, at) for at in range(3)]
        if None not in found:
            return tuple(value for value in found if value is not None)
    return ()


def _references(ds: DataSet) -> Iterator[Reference]:
    yield from _sources(ds, "", None)
    for holder in (SHARED_GROUPS, FRAME_GROUPS):
        for number, group in enumerate(ds.items(holder)):
            for at, derivation in enumerate(group.items(DERIVATION_IMAGE)):
                path = f"{KEYWORDS[holder]}[{number}].{KEYWORDS[DERIVATION_IMAGE]}[{at}]."
                yield from _sources(derivation, path, number if holder == FRAME_GROUPS else None)


def _sources(ds: DataSet, path: str, frame: int | None) -> Iterator[Reference]:
    for number, item in enumerate(ds.items(SOURCE_IMAGE)):
        purposes = [code_of(code) for code in item.items(PURPOSE)]
        frames = (
            item.number(REFERENCED_FRAMES, at) for at in range(len(item.values(REFERENCED_FRAMES)))
        )
        yield Reference(
            f"{path}{KEYWORDS[SOURCE_IMAGE]}[{number}]",
            item.text(REFERENCED_CLASS),
            item.text(REFERENCED_INSTANCE),
            tuple(int(one) for one in frames if one is not None),
            purposes[0] if purposes else ("", ""),
            frame,
            same_place=item.text(SPATIAL_LOCATIONS) == "YES",
        )
