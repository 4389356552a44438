"""Rules for any set of instances: identities (PS3.3 A.1.2, PS3.5 9) and references."""

from __future__ import annotations

from collections.abc import Sequence

from octome.conformance.check.cross_instance.instance_finding import (
    InstanceFinding,
    InstanceFindings,
)
from octome.conformance.check.cross_instance.instance_summary import InstanceSummary


def same_instance_twice(summaries: Sequence[InstanceSummary]) -> InstanceFindings:
    """Two files with one SOP Instance UID (PS3.5 9.1); copies are not wrong in themselves."""
    first: dict[str, InstanceSummary] = {}
    for one in summaries:
        if one.instance and (other := first.setdefault(one.instance, one)) is not one:
            is_other = (one.sop_class, one.study, one.series) != (
                other.sop_class,
                other.study,
                other.series,
            )
            yield InstanceFinding(
                instance=one,
                code="instance-twice",
                outcome="violation" if is_other else "warning",
                path="SOPInstanceUID",
                message=f"{other.file} has the same SOP Instance UID"
                + (", but another SOP Class, study or series" if is_other else ""),
                fix="Keep one of them, or give the other its own UID",
                section="PS3.5 9.1",
            )


STORED = "1.2.840.10008.5.1.4.1.1."  # what the SOP Classes of stored instances begin with
# What has to be the same in all instances of a whole: the fields of a summary, and the keyword.
ALIKE = (
    ("study", "patient", "PatientID", "PS3.3 A.1.2.2"),
    ("study", "patient_name", "PatientName", "PS3.3 A.1.2.1"),
    ("study", "birth_date", "PatientBirthDate", "PS3.3 A.1.2.1"),
    ("study", "sex", "PatientSex", "PS3.3 A.1.2.1"),
    ("patient", "birth_date", "PatientBirthDate", "PS3.3 A.1.2.1"),
    ("patient", "sex", "PatientSex", "PS3.3 A.1.2.1"),
    ("study", "study_date", "StudyDate", "PS3.3 A.1.2.2"),
    ("study", "study_time", "StudyTime", "PS3.3 A.1.2.2"),
    ("study", "study_id", "StudyID", "PS3.3 A.1.2.2"),
    ("study", "accession_number", "AccessionNumber", "PS3.3 A.1.2.2"),
    ("series", "study", "StudyInstanceUID", "PS3.3 A.1.2.3"),
    ("series", "series_number", "SeriesNumber", "PS3.3 A.1.2.3"),
    ("series", "modality", "Modality", "PS3.3 C.7.3.1"),
    ("series", "frame_of_reference", "FrameOfReferenceUID", "PS3.3 A.1.2.5"),
)

OF_A_ZONE = ("StudyDate", "StudyTime")


def one_patient_and_study(summaries: Sequence[InstanceSummary]) -> InstanceFindings:
    """A patient, a study and a series are described alike in all instances (PS3.3 A.1.2).

    An attribute without a value is not compared; nor are capitals. A Patient ID is unique only
    within its issuer: without one, it may be that of two patients. One time has two texts in two
    zones.
    """
    reported: set[tuple[int, str]] = set()
    for whole, part, keyword, section in ALIKE:
        first: dict[tuple[str, str], InstanceSummary] = {}
        for at, one in enumerate(summaries):
            key, own = getattr(one, whole), getattr(one, part)
            if not key or not own:
                continue
            issuer = one.issuer if whole == "patient" else ""
            other = first.setdefault((issuer, key), one)
            theirs = getattr(other, part)
            if keyword in OF_A_ZONE and other.zone != one.zone:
                continue
            if theirs.casefold() != own.casefold() and (at, keyword) not in reported:
                reported.add((at, keyword))
                yield InstanceFinding(
                    instance=one,
                    code="disagreement",
                    outcome="warning" if whole == "patient" and not issuer else "violation",
                    path=keyword,
                    message=f"{keyword} is {own!r}, but {other.file} of the same {whole} has "
                    f"{theirs!r}",
                    fix=f"Give all instances of the {whole} the same {keyword}",
                    section=section,
                )


def named_instances(summaries: Sequence[InstanceSummary]) -> InstanceFindings:
    """What is stated of an instance where it is named is so (PS3.3 10.8, C.8.8.5)."""
    by_uid = {one.instance: one for one in summaries}
    for one in summaries:
        in_sources = {reference.path for reference in one.references}
        for mention in one.mentions:
            other = by_uid.get(mention.instance)
            if other is None:
                continue
            for code, word, stated, found, section in (
                (
                    "reference-class",
                    "ReferencedSOPClassUID",
                    "" if mention.path in in_sources else mention.sop_class,
                    other.sop_class,
                    "PS3.3 10.8",
                ),
                ("reference-study", "", mention.study, other.study, "PS3.3 10.3"),
                ("reference-series", "", mention.series, other.series, "PS3.3 10.4"),
                (
                    "frame-of-reference",
                    "",
                    mention.frame_of_reference,
                    other.frame_of_reference,
                    "PS3.3 C.8.8.5",
                ),
            ):
                if stated and found and stated != found:
                    yield InstanceFinding(
                        instance=one,
                        code=code,
                        path=f"{mention.path}.{word}".rstrip("."),
                        message=f"it states {stated}, but {other.file} has {found}",
                        fix="Correct the reference, or the instance that it names",
                        section=section,
                    )
            is_outside = mention.frame is not None and not 1 <= mention.frame <= other.frames
            if is_outside and mention.path not in in_sources:
                yield InstanceFinding(
                    instance=one,
                    code="reference-frame",
                    path=f"{mention.path}.ReferencedFrameNumber",
                    message=f"it names frame {mention.frame}, but {other.file} has {other.frames}",
                    fix="Name a frame that exists",
                    section="PS3.3 10.3",
                )


def referenced_instances(summaries: Sequence[InstanceSummary]) -> InstanceFindings:
    """What an instance refers to is among the instances; a note, as it may be elsewhere."""
    here = {one.instance for one in summaries}
    for one in summaries if len(summaries) > 1 else ():
        away = [
            mention
            for mention in one.mentions
            if mention.instance not in here and mention.sop_class.startswith(STORED)
        ]
        if not away:
            continue
        count = len({mention.instance for mention in away})
        first = min(away, key=lambda mention: mention.path)
        message = (
            f"{first.instance} is not among these files"
            if count == 1
            else f"{count} instances that it refers to are not among these files; one is "
            f"{first.instance}"
        )
        yield InstanceFinding(
            instance=one,
            code="reference-away",
            outcome="note",
            path=first.path,
            message=message,
            fix="Check them together with this one, to compare what is stated of them",
            section="PS3.3 10.8",
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
