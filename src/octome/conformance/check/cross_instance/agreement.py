"""Rules for any set of instances: identities (PS3.3 A.1.2, PS3.5 9) and references."""

from __future__ import annotations

from collections.abc import Sequence

from octome.conformance.check.cross_instance.instance_finding import (
    InstanceFinding,
    InstanceFindings,
)
from octome.conformance.check.cross_instance.instance_summary import InstanceSummary


def same_instance_twice(summaries: Sequence[InstanceSummary]) -> InstanceFindings:
    """Two files with one SOP Instance UID (PS3.5 9.1)."""
    first: dict[str, InstanceSummary] = {}
    for one in summaries:
        if one.instance and first.setdefault(one.instance, one) is not one:
            yield InstanceFinding(
                instance=one,
                code="instance-twice",
                outcome="warning",
                path="SOPInstanceUID",
                message=f"{first[one.instance].file} has the same SOP Instance UID",
                fix="Keep one of them, or give the other its own UID",
                section="PS3.5 9.1",
            )


def one_patient_and_study(summaries: Sequence[InstanceSummary]) -> InstanceFindings:
    """A study is of one patient, a series of one study and one modality (PS3.3 A.1.2)."""
    for whole, part, keyword, section in (
        ("study", "patient", "PatientID", "PS3.3 A.1.2.2"),
        ("series", "study", "StudyInstanceUID", "PS3.3 A.1.2.3"),
        ("series", "modality", "Modality", "PS3.3 C.7.3.1"),
        ("series", "frame_of_reference", "FrameOfReferenceUID", "PS3.3 A.1.2.5"),
    ):
        first: dict[str, InstanceSummary] = {}
        for one in summaries:
            key, own = getattr(one, whole), getattr(one, part)
            if not key or not own:
                continue
            other = first.setdefault(key, one)
            theirs = getattr(other, part)
            if theirs != own:
                yield InstanceFinding(
                    instance=one,
                    code="disagreement",
                    path=keyword,
                    message=f"{keyword} is {own!r}, but {other.file} of the same {whole} has "
                    f"{theirs!r}",
                    fix="Correct the one that is wrong",
                    section=section,
                )


def class_of_the_referenced(summaries: Sequence[InstanceSummary]) -> InstanceFindings:
    """A reference names the SOP Class of the referenced instance, and frames that exist."""
    by_uid = {one.instance: one for one in summaries}
    for one in summaries:
        for reference in one.references:
            other = by_uid.get(reference.instance)
            if other is None:
                continue
            if reference.sop_class != other.sop_class:
                yield InstanceFinding(
                    instance=one,
                    code="reference-class",
                    path=f"{reference.path}.ReferencedSOPClassUID",
                    message=f"it is {reference.sop_class}, but {other.file} is {other.sop_class}",
                    fix="Name the SOP Class of the referenced instance",
                    section="PS3.3 10.8",
                )
            beyond = [frame for frame in reference.frames if not 1 <= frame <= other.frames]
            if beyond:
                yield InstanceFinding(
                    instance=one,
                    code="reference-frame",
                    path=f"{reference.path}.ReferencedFrameNumber",
                    message=f"it names frame {beyond[0]}, but {other.file} has {other.frames}",
                    fix="Name a frame that exists",
                    section="PS3.3 10.3",
                )
