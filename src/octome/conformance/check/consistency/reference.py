"""References, and the lists in which they have to stand."""

from __future__ import annotations

from collections.abc import Iterator

from octome.conformance.check.consistency.disagreement import Disagreement
from octome.dicom.data_set import DataSet
from octome.dicom.part10 import Encoded
from octome.dicom.tag import TAG

INSTANCE_REFERENCES = (TAG.ReferencedInstanceSequence, TAG.ReferencedSOPSequence)
EVIDENCE = (TAG.CurrentRequestedProcedureEvidenceSequence, TAG.PertinentOtherEvidenceSequence)


def references(encoded: Encoded) -> Iterator[Disagreement]:
    """Referenced instances that Common Instance Reference leaves out (PS3.3 C.12.2)."""
    ds = encoded.data_set
    if not (
        TAG.ReferencedSeriesSequence in ds
        or TAG.StudiesContainingOtherReferencedInstancesSequence in ds
    ):
        return
    listed: set[str] = set()
    for holder in (ds, *ds.items(TAG.StudiesContainingOtherReferencedInstancesSequence)):
        for series in holder.items(TAG.ReferencedSeriesSequence):
            for tag in INSTANCE_REFERENCES:
                listed |= {item.text(TAG.ReferencedSOPInstanceUID) for item in series.items(tag)}
    if not listed:
        return  # it is the one of the Presentation State Relationship Module (PS3.3 C.11.11)
    told = {ds.text(TAG.SOPInstanceUID)}  # nobody has to fetch the instance itself
    waiting = [ds]
    while waiting:
        here = waiting.pop()
        uid = here.text(TAG.ReferencedSOPInstanceUID)
        if uid and uid not in listed | told and _is_composite(here):
            told.add(uid)
            message = f"{uid} is referenced and not listed in the Common Instance Reference Module"
            path = "ReferencedSeriesSequence"
            yield Disagreement("reference-not-listed", "warning", path, message, "PS3.3 C.12.2")
        for element in here:
            if element.tag not in (
                TAG.ReferencedSeriesSequence,
                TAG.StudiesContainingOtherReferencedInstancesSequence,
            ):
                waiting += element.items or ()


def evidence(encoded: Encoded) -> Iterator[Disagreement]:
    """Instances that a document refers to and does not list as evidence (PS3.3 C.17.2.3)."""
    ds = encoded.data_set
    listed = {
        item.text(TAG.ReferencedSOPInstanceUID)
        for tag in EVIDENCE
        for study in ds.items(tag)
        for series in study.items(TAG.ReferencedSeriesSequence)
        for item in series.items(TAG.ReferencedSOPSequence)
    }
    told: set[str] = set()
    waiting = [*ds.items(TAG.ContentSequence)]
    while waiting:
        content = waiting.pop()
        waiting += content.items(TAG.ContentSequence)
        for reference in content.items(TAG.ReferencedSOPSequence):
            uid = reference.text(TAG.ReferencedSOPInstanceUID)
            if uid and uid not in listed | told:
                told.add(uid)
                message = f"{uid} is referenced in the content and listed as evidence nowhere"
                path = "CurrentRequestedProcedureEvidenceSequence"
                yield Disagreement(
                    "reference-not-listed", "violation", path, message, "PS3.3 C.17.2.3"
                )


def _is_composite(item: DataSet) -> bool:
    """Whether a reference is to a stored instance, not to a procedure step or study."""
    return item.text(TAG.ReferencedSOPClassUID).startswith("1.2.840.10008.5.1.4.1.1.")
