"""Numbers in a radiotherapy plan that refer to a part of the same plan."""

from __future__ import annotations

from collections.abc import Iterator

from octome.conformance.check.consistency.disagreement import Disagreement
from octome.conformance.check.consistency.item_row import path_in
from octome.dicom.part10 import Encoded
from octome.dicom.tag import TAG

PLANS = frozenset({"1.2.840.10008.5.1.4.1.1.481.5", "1.2.840.10008.5.1.4.1.1.481.8"})
# What refers: its keyword, the sequences whose items are referred to, and their number.
PARTS = {
    TAG.ReferencedDoseReferenceNumber: (
        "ReferencedDoseReferenceNumber",
        (TAG.DoseReferenceSequence,),
        TAG.DoseReferenceNumber,
        "PS3.3 C.8.8.10",
    ),
    TAG.ReferencedToleranceTableNumber: (
        "ReferencedToleranceTableNumber",
        (TAG.ToleranceTableSequence, TAG.IonToleranceTableSequence),
        TAG.ToleranceTableNumber,
        "PS3.3 C.8.8.11",
    ),
    TAG.ReferencedPatientSetupNumber: (
        "ReferencedPatientSetupNumber",
        (TAG.PatientSetupSequence,),
        TAG.PatientSetupNumber,
        "PS3.3 C.8.8.12",
    ),
    TAG.ReferencedBrachyApplicationSetupNumber: (
        "ReferencedBrachyApplicationSetupNumber",
        (TAG.ApplicationSetupSequence,),
        TAG.ApplicationSetupNumber,
        "PS3.3 C.8.8.15",
    ),
}


def parts_of_plan(encoded: Encoded) -> Iterator[Disagreement]:
    """A number that refers to a part of the plan is that of a part that exists."""
    root = encoded.data_set
    if root.text(TAG.SOPClassUID) not in PLANS:
        return
    numbers = {
        tag: {item.text(number) for sequence in sequences for item in root.items(sequence)}
        for tag, (_, sequences, number, _) in PARTS.items()
    }
    for tag, (keyword, _, _, section) in PARTS.items():
        reported: set[str] = set()
        for ds in root.everywhere(tag):
            found = ds.text(tag)
            is_known = not found or not numbers[tag] or found in numbers[tag]
            if not is_known and found not in reported:
                reported.add(found)
                yield Disagreement(
                    code="beam",
                    path=path_in(ds.place, keyword),
                    message=f"it is {found}, but the plan has no such part",
                    fix="Correct the number, or add the part",
                    section=section,
                )
