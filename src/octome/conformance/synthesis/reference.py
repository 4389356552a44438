"""References to other instances, which do not exist: one for each SOP Class, always the same.

PS3.3 10.3 (image SOP instance reference macro), 10.8, C.12.2 (common instance reference).
"""

from __future__ import annotations

from collections.abc import Iterator

from pydicom.dataset import Dataset

from octome.conformance.synthesis.slot import Slot

STORAGE = "1.2.840.10008.5.1.4.1.1."
CT_IMAGE = STORAGE + "2"
# Which class the items of a sequence refer to; a CT image if there is no row.
CLASSES: dict[str, str] = {
    "ReferencedStudySequence": "1.2.840.10008.3.1.2.3.1",
    "ReferencedPatientSequence": "1.2.840.10008.3.1.2.1.1",
    "ReferencedPerformedProcedureStepSequence": "1.2.840.10008.3.1.2.3.3",
    "ReferencedStructureSetSequence": STORAGE + "481.3",
    "ReferencedDoseSequence": STORAGE + "481.2",
    "ReferencedRTPlanSequence": STORAGE + "481.5",
    "ReferencedPresentationStateSequence": STORAGE + "11.1",
    "ReferencedStereometricInstanceSequence": STORAGE + "77.1.5.3",
    "ReferencedWaveformSequence": STORAGE + "9.1.1",
    "ReferencedSegmentationSequence": STORAGE + "66.4",
    "SourceInstanceSequence": STORAGE + "66",  # not an image: PS3.3 C.12.4.1.2
    "ReferencedPatientPhotoSequence": STORAGE + "77.1.4",  # PS3.3 C.2.2.1.1
}


def referenced_class(slot: Slot) -> str:
    """The SOP Class that a reference points to."""
    nearest_first = reversed(slot.parent_sequences)
    return next((CLASSES[each] for each in nearest_first if each in CLASSES), CT_IMAGE)


def referenced_instance(slot: Slot) -> str:
    """The instance that a reference points to: one for each class."""
    return slot.plan.uid(
        "referenced", slot.ds.get("ReferencedSOPClassUID") or referenced_class(slot)
    )


def series_uid(slot: Slot) -> str:
    """The series of the instance itself, or of the instances that it refers to."""
    if not slot.path:
        return slot.plan.uid("series", slot.plan.ciod)
    return slot.plan.uid("referenced series")


def references(root: Dataset) -> list[tuple[str, str]]:
    """Class and UID of the instances that an instance refers to, in order."""
    return sorted(set(_references(root)))


def list_references(root: Dataset) -> None:
    """Write all references into Common Instance Reference (PS3.3 C.12.2)."""
    for series in root.get("ReferencedSeriesSequence") or ():
        if "ReferencedInstanceSequence" in series:
            series.ReferencedInstanceSequence = [_item(*one) for one in references(root)]


def _item(sop_class: str, uid: str) -> Dataset:
    item = Dataset()
    item.ReferencedSOPClassUID, item.ReferencedSOPInstanceUID = sop_class, uid
    return item


def _references(ds: Dataset) -> Iterator[tuple[str, str]]:
    sop_class = str(ds.get("ReferencedSOPClassUID") or "")
    if sop_class.startswith(STORAGE) and "ReferencedSOPInstanceUID" in ds:
        yield sop_class, str(ds.ReferencedSOPInstanceUID)
    for element in ds:
        if element.VR == "SQ" and element.keyword != "ReferencedSeriesSequence":
            for item in element.value:
                yield from _references(item)
