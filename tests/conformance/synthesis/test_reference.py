"""References to other instances."""

from __future__ import annotations

from pydicom.dataset import Dataset
from slots import SlotAt

from octome.conformance.synthesis.reference import (
    CT_IMAGE,
    STORAGE,
    list_references,
    referenced_class,
    referenced_instance,
    references,
    series_uid,
)


def reference(sop_class: str, uid: str) -> Dataset:
    item = Dataset()
    item.ReferencedSOPClassUID, item.ReferencedSOPInstanceUID = sop_class, uid
    return item


def document() -> Dataset:
    """Refers to an image twice, once in an item, and to a study, which is not an instance."""
    ds, inside = Dataset(), Dataset()
    inside.ReferencedImageSequence = [reference(CT_IMAGE, "2.25.1")]
    ds.SourceImageSequence = [reference(CT_IMAGE, "2.25.2"), reference(CT_IMAGE, "2.25.1")]
    ds.ReferencedStudySequence = [reference("1.2.840.10008.3.1.2.3.1", "2.25.9")]
    ds.AcquisitionContextSequence = [inside]
    return ds


def test_references_are_found_at_any_depth_each_once() -> None:
    assert references(document()) == [(CT_IMAGE, "2.25.1"), (CT_IMAGE, "2.25.2")]


def test_references_are_listed() -> None:
    ds, series = document(), Dataset()
    series.ReferencedInstanceSequence = [reference(STORAGE + "4", "2.25.7")]
    ds.ReferencedSeriesSequence = [series]
    list_references(ds)
    listed = [item.ReferencedSOPInstanceUID for item in series.ReferencedInstanceSequence]
    # The earlier content of the list is not referred to.
    assert listed == ["2.25.1", "2.25.2"]


def test_the_sequence_decides_the_class(slot_at: SlotAt) -> None:
    study = slot_at("ct-image", "ReferencedSOPClassUID", path=("ReferencedStudySequence", "0"))
    image = slot_at("ct-image", "ReferencedSOPClassUID", path=("SourceImageSequence", "0"))
    assert referenced_class(study) == "1.2.840.10008.3.1.2.3.1"
    assert referenced_class(image) == CT_IMAGE


def test_a_sequence_further_out_decides_too(slot_at: SlotAt) -> None:
    path = ("ReferencedPatientPhotoSequence", "0", "ReferencedSOPSequence", "0")
    photo = slot_at("ct-image", "ReferencedSOPClassUID", path=path)
    assert referenced_class(photo) == STORAGE + "77.1.4"


def test_one_class_has_one_instance(slot_at: SlotAt) -> None:
    slots = [
        slot_at("ct-image", "ReferencedSOPInstanceUID", path=(sequence, "0"))
        for sequence in (
            "SourceImageSequence",
            "ReferencedImageSequence",
            "ReferencedStudySequence",
        )
    ]
    first, second, study = map(referenced_instance, slots)
    assert first == second != study


def test_the_own_series_differs_from_the_referenced_one(slot_at: SlotAt) -> None:
    own = slot_at("ct-image", "SeriesInstanceUID")
    other = slot_at("ct-image", "SeriesInstanceUID", path=("ReferencedSeriesSequence", "0"))
    assert series_uid(own) != series_uid(other)
