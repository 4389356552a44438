"""What holds among any instances: identities (PS3.3 A.1.2, PS3.5 9) and references."""

from __future__ import annotations

from collections.abc import Sequence

from octome.conformance.check.cross_instance.identity import Identity
from octome.conformance.check.cross_instance.telling import Told, told


def same_instance_twice(identities: Sequence[Identity]) -> Told:
    """Two files with one SOP Instance UID (PS3.5 9.1)."""
    first: dict[str, Identity] = {}
    for one in identities:
        if one.instance and first.setdefault(one.instance, one) is not one:
            message = f"{first[one.instance].file} has the same SOP Instance UID"
            fix = "Keep one of them, or give the other a UID of its own"
            code, path, section = "instance-twice", "SOPInstanceUID", "PS3.5 9.1"
            yield told(one, code, path, message, fix, section, outcome="warning")


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
        key, own = getattr(one, whole), getattr(one, part)
        if not key or not own:
            continue
        other = first.setdefault(key, one)
        theirs = getattr(other, part)
        if theirs != own:
            message = f"{keyword} is {own!r}; {other.file} of the same {whole} has {theirs!r}"
            yield told(one, "disagreement", keyword, message, "Make them agree", section)


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
                fix = "Name its own SOP Class"
                yield told(one, "reference-class", path, message, fix, "PS3.3 10.8")
            beyond = [frame for frame in reference.frames if not 1 <= frame <= other.frames]
            if beyond:
                path = f"{reference.path}.ReferencedFrameNumber"
                message = f"frame {beyond[0]} is referenced; {other.file} has {other.frames}"
                fix = "Name a frame that is there"
                yield told(one, "reference-frame", path, message, fix, "PS3.3 10.3")
