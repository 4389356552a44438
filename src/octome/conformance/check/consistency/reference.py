"""References, and the lists in which they have to stand."""

from __future__ import annotations

from collections.abc import Iterator

from octome.conformance.check.consistency.disagreement import Disagreement
from octome.dicom.data_set import DataSet
from octome.dicom.part10 import Encoded

SOP_INSTANCE_UID = 0x00080018
REFERENCED_INSTANCE, REFERENCED_CLASS = 0x00081155, 0x00081150
REFERENCED_SERIES, STUDIES_WITH_OTHERS = 0x00081115, 0x00081200
REFERENCED_SOPS = 0x00081199
INSTANCE_REFERENCES = (0x0008114A, REFERENCED_SOPS)
CONTENT_SEQUENCE = 0x0040A730
EVIDENCE = (0x0040A375, 0x0040A385)


def references(encoded: Encoded) -> Iterator[Disagreement]:
    """Referenced instances that Common Instance Reference leaves out (PS3.3 C.12.2)."""
    ds = encoded.data_set
    if not (REFERENCED_SERIES in ds or STUDIES_WITH_OTHERS in ds):
        return
    listed: set[str] = set()
    for holder in (ds, *ds.items(STUDIES_WITH_OTHERS)):
        for series in holder.items(REFERENCED_SERIES):
            for tag in INSTANCE_REFERENCES:
                listed |= {item.text(REFERENCED_INSTANCE) for item in series.items(tag)}
    if not listed:
        return  # it is the one of the Presentation State Relationship Module (PS3.3 C.11.11)
    told = {ds.text(SOP_INSTANCE_UID)}  # nobody has to fetch the instance itself
    waiting = [ds]
    while waiting:
        here = waiting.pop()
        uid = here.text(REFERENCED_INSTANCE)
        if uid and uid not in listed | told and _is_composite(here):
            told.add(uid)
            message = f"{uid} is referenced and not listed in the Common Instance Reference Module"
            path = "ReferencedSeriesSequence"
            yield Disagreement("reference-not-listed", "warning", path, message, "PS3.3 C.12.2")
        for element in here:
            if element.tag not in (REFERENCED_SERIES, STUDIES_WITH_OTHERS):
                waiting += element.items or ()


def evidence(encoded: Encoded) -> Iterator[Disagreement]:
    """Instances that a document refers to and does not list as evidence (PS3.3 C.17.2.3)."""
    ds = encoded.data_set
    listed = {
        item.text(REFERENCED_INSTANCE)
        for tag in EVIDENCE
        for study in ds.items(tag)
        for series in study.items(REFERENCED_SERIES)
        for item in series.items(REFERENCED_SOPS)
    }
    told: set[str] = set()
    waiting = [*ds.items(CONTENT_SEQUENCE)]
    while waiting:
        content = waiting.pop()
        waiting += content.items(CONTENT_SEQUENCE)
        for reference in content.items(REFERENCED_SOPS):
            uid = reference.text(REFERENCED_INSTANCE)
            if uid and uid not in listed | told:
                told.add(uid)
                message = f"{uid} is referenced in the content and listed as evidence nowhere"
                path = "CurrentRequestedProcedureEvidenceSequence"
                yield Disagreement(
                    "reference-not-listed", "violation", path, message, "PS3.3 C.17.2.3"
                )


def _is_composite(item: DataSet) -> bool:
    """Whether a reference is to a stored instance, not to a procedure step or study."""
    return item.text(REFERENCED_CLASS).startswith("1.2.840.10008.5.1.4.1.1.")
