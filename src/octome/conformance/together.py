"""What instances have to say of each other, where several are checked together.

For any instances: identities and references (PS3.3 A.1.2, PS3.5 9). For those of an OCT
angiography (PS3.3 C.8.17.14.1.1 and A.84.3.2.1.1): one Frame of Reference, each kind in its own
series, purposes of reference that fit what they point at, derivation frame by frame.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from octome.conformance.data_set import DataSet
from octome.conformance.finding import Finding
from octome.conformance.part10 import Encoded
from octome.conformance.place import FRAME_GROUPS, SHARED_GROUPS, code_of

SOP_CLASS, SOP_INSTANCE = 0x00080016, 0x00080018
PATIENT_ID, STUDY, SERIES, MODALITY = 0x00100020, 0x0020000D, 0x0020000E, 0x00080060
FRAME_OF_REFERENCE = 0x00200052
NUMBER_OF_FRAMES = 0x00280008
REFERENCED_CLASS, REFERENCED_INSTANCE = 0x00081150, 0x00081155
REFERENCED_FRAMES, PURPOSE = 0x00081160, 0x0040A170
DERIVATION_IMAGE, SOURCE_IMAGE = 0x00089124, 0x00082112
SPATIAL_LOCATIONS = 0x0028135A
PLANE_POSITION, IMAGE_POSITION = 0x00209113, 0x00200032
TOLERANCE_MM = 1e-3  # positions that are written with fewer digits are still the same

OPT = "1.2.840.10008.5.1.4.1.1.77.1.5.4"
OPTBSV = "1.2.840.10008.5.1.4.1.1.77.1.5.8"
# The kinds of PS3.3 C.8.17.14.1.1, by SOP Class.
CHAIN = {
    OPT: "structural volume",
    OPTBSV: "flow volume",
    "1.2.840.10008.5.1.4.1.1.66.5": "surface segmentation",
    "1.2.840.10008.5.1.4.1.1.66.8": "height map segmentation",
    "1.2.840.10008.5.1.4.1.1.77.1.5.7": "en face image",
}
# PS3.16 CID 7202, PS3.3 C.8.17.14.1.1: purpose of reference -> the SOP Class it is meant for.
PURPOSES = {("DCM", "128250"): OPT, ("DCM", "128251"): OPTBSV}
KEYWORDS = {
    SOURCE_IMAGE: "SourceImageSequence",
    DERIVATION_IMAGE: "DerivationImageSequence",
    SHARED_GROUPS: "SharedFunctionalGroupsSequence",
    FRAME_GROUPS: "PerFrameFunctionalGroupsSequence",
}
C_8_17_14 = "PS3.3 C.8.17.14.1.1"
A_84 = "PS3.3 A.84.3.2.1.1"


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


Told = Iterator[tuple[Identity, Finding]]


def findings_together(identities: Sequence[Identity]) -> list[tuple[Identity, Finding]]:
    """What instances that are there together say differently, each with whom it is told of."""
    return [told for rule in RULES for told in rule(identities)]


def _finding(code: str, outcome: str, path: str, message: str, fix: str, section: str) -> Finding:
    return Finding(code, outcome, path, message, fix, "", None, section)


def same_instance_twice(identities: Sequence[Identity]) -> Told:
    """Two files with one SOP Instance UID (PS3.5 9.1)."""
    first: dict[str, Identity] = {}
    for one in identities:
        if one.instance and first.setdefault(one.instance, one) is not one:
            message = f"{first[one.instance].file} has the same SOP Instance UID"
            fix = "Keep one of them, or give the other a UID of its own"
            yield (
                one,
                _finding("instance-twice", "warning", "SOPInstanceUID", message, fix, "PS3.5 9.1"),
            )


def one_patient_and_study(identities: Sequence[Identity]) -> Told:
    """A study is of one patient, a series of one study and one modality (PS3.3 A.1.2)."""
    yield from _agree(identities, "study", "patient", "PatientID", "PS3.3 A.1.2.2")
    yield from _agree(identities, "series", "study", "StudyInstanceUID", "PS3.3 A.1.2.3")
    yield from _agree(identities, "series", "modality", "Modality", "PS3.3 C.7.3.1")
    yield from _agree(
        identities, "series", "frame_of_reference", "FrameOfReferenceUID", "PS3.3 A.1.2.5"
    )


def _agree(
    identities: Sequence[Identity], whole: str, part: str, keyword: str, section: str
) -> Told:
    first: dict[str, Identity] = {}
    for one in identities:
        key = getattr(one, whole)
        if not key or not getattr(one, part):
            continue
        other = first.setdefault(key, one)
        if getattr(other, part) != getattr(one, part):
            message = f"{keyword} is {getattr(one, part)!r}; {other.file} of the same {whole} has {getattr(other, part)!r}"  # noqa: E501
            yield (
                one,
                _finding("disagreement", "violation", keyword, message, "Make them agree", section),
            )


def class_of_the_referenced(identities: Sequence[Identity]) -> Told:
    """A reference names the SOP Class that the instance has, and frames that it has."""
    by_uid = {one.instance: one for one in identities}
    for one in identities:
        for reference in one.references:
            other = by_uid.get(reference.instance)
            if other is None:
                continue
            if reference.sop_class != other.sop_class:
                path = f"{reference.path}.ReferencedSOPClassUID"
                message = f"it is {reference.sop_class}; {other.file} is {other.sop_class}"
                yield (
                    one,
                    _finding(
                        "reference-class",
                        "violation",
                        path,
                        message,
                        "Name its own SOP Class",
                        "PS3.3 10.8",
                    ),
                )
            beyond = [frame for frame in reference.frames if not 1 <= frame <= other.frames]
            if beyond:
                path = f"{reference.path}.ReferencedFrameNumber"
                message = f"frame {beyond[0]} is referenced; {other.file} has {other.frames}"
                yield (
                    one,
                    _finding(
                        "reference-frame",
                        "violation",
                        path,
                        message,
                        "Name a frame that is there",
                        "PS3.3 10.3",
                    ),
                )


def purpose_of_the_referenced(identities: Iterable[Identity]) -> Told:
    """A purpose that is meant for one SOP Class names an instance of it (PS3.16 CID 7202)."""
    for one in identities:
        for reference in one.references:
            meant = PURPOSES.get(reference.purpose)
            if (
                one.sop_class in CHAIN
                and meant
                and reference.sop_class
                and meant != reference.sop_class
            ):
                path = f"{reference.path}.PurposeOfReferenceCodeSequence"
                message = (
                    f"({reference.purpose[1]}, {reference.purpose[0]}) is the purpose of a "
                    f"{CHAIN[meant]}; the reference is to {CHAIN.get(reference.sop_class, reference.sop_class)}"  # noqa: E501
                )
                yield (
                    one,
                    _finding(
                        "purpose",
                        "violation",
                        path,
                        message,
                        "Use the purpose that fits",
                        C_8_17_14,
                    ),
                )


def one_frame_of_reference(identities: Sequence[Identity]) -> Told:
    """What was derived within an OCT angiography shares its source's Frame of Reference."""
    by_uid = {one.instance: one for one in identities}
    for one in identities:
        told: set[str] = set()
        for reference in one.references if one.sop_class in CHAIN else ():
            other = by_uid.get(reference.instance)
            if other is None or other.sop_class not in CHAIN or other.instance in told:
                continue
            if one.frame_of_reference != other.frame_of_reference:
                told.add(other.instance)
                message = f"it is {one.frame_of_reference or '(none)'}; {other.file}, from which this was derived, has {other.frame_of_reference or '(none)'}"  # noqa: E501
                yield (
                    one,
                    _finding(
                        "frame-of-reference",
                        "violation",
                        "FrameOfReferenceUID",
                        message,
                        "Take over the source's",
                        C_8_17_14,
                    ),
                )


def one_kind_per_series(identities: Sequence[Identity]) -> Told:
    """Each kind of an OCT angiography is in series of its own."""
    first: dict[str, Identity] = {}
    for one in identities:
        if one.sop_class not in CHAIN or not one.series:
            continue
        other = first.setdefault(one.series, one)
        if other.sop_class != one.sop_class:
            message = f"this {CHAIN[one.sop_class]} is in the series of {other.file}, a {CHAIN[other.sop_class]}"  # noqa: E501
            yield (
                one,
                _finding(
                    "series-of-two-kinds",
                    "violation",
                    "SeriesInstanceUID",
                    message,
                    "Put each kind into a series of its own",
                    C_8_17_14,
                ),
            )


def frame_by_frame(identities: Sequence[Identity]) -> Told:
    """A flow volume's frame lies where the frame lies that it was derived from."""
    by_uid = {one.instance: one for one in identities}
    for one in identities:
        if one.sop_class != OPTBSV:
            continue
        for reference in one.references:
            other = by_uid.get(reference.instance)
            if other is None or reference.frame is None or not reference.same_place:
                continue
            own = one.positions[reference.frame]
            for frame in reference.frames:
                theirs = other.positions[frame - 1] if 1 <= frame <= len(other.positions) else ()
                if (
                    own
                    and theirs
                    and max(abs(a - b) for a, b in zip(own, theirs, strict=True)) > TOLERANCE_MM
                ):
                    path = f"{reference.path}.ReferencedFrameNumber"
                    message = f"frame {frame} of {other.file} lies elsewhere than frame {reference.frame + 1} here"  # noqa: E501
                    yield (
                        one,
                        _finding(
                            "derivation-frame",
                            "violation",
                            path,
                            message,
                            "Name the frame at the same position",
                            A_84,
                        ),
                    )
                    break


RULES: tuple[Callable[[Sequence[Identity]], Told], ...] = (
    same_instance_twice,
    one_patient_and_study,
    class_of_the_referenced,
    purpose_of_the_referenced,
    one_frame_of_reference,
    one_kind_per_series,
    frame_by_frame,
)
