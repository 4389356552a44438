"""References, and the lists that must contain them."""

from __future__ import annotations

from collections.abc import Iterator

from octome.conformance.check.consistency.disagreement import Disagreement
from octome.conformance.check.image_class import is_image
from octome.dicom.data_set import DataSet
from octome.dicom.part10 import Encoded
from octome.dicom.tag import TAG

INSTANCE_REFERENCES = (TAG.ReferencedInstanceSequence, TAG.ReferencedSOPSequence)
LISTS = (
    TAG.ReferencedSeriesSequence,
    TAG.StudiesContainingOtherReferencedInstancesSequence,
)


def references(encoded: Encoded) -> Iterator[Disagreement]:
    """Referenced instances are in Common Instance Reference (PS3.3 C.12.2)."""
    ds = encoded.data_set
    if not (
        TAG.ReferencedSeriesSequence in ds
        or TAG.StudiesContainingOtherReferencedInstancesSequence in ds
    ):
        return
    listed: set[str] = set()
    for study in (ds, *ds.items(TAG.StudiesContainingOtherReferencedInstancesSequence)):
        for series in study.items(TAG.ReferencedSeriesSequence):
            for tag in INSTANCE_REFERENCES:
                listed |= {item.text(TAG.ReferencedSOPInstanceUID) for item in series.items(tag)}
    if not listed:
        return  # it is the one of the Presentation State Relationship Module (PS3.3 C.11.11)
    reported = {ds.text(TAG.SOPInstanceUID)}  # the instance itself need not be fetched
    for here in ds.everywhere(TAG.ReferencedSOPInstanceUID):
        uid = here.text(TAG.ReferencedSOPInstanceUID)
        if uid in listed or uid in reported or not _is_composite(here):
            continue
        if uid and not any(tag in LISTS for tag, _ in here.place):
            reported.add(uid)
            yield Disagreement(
                code="reference-not-listed",
                fix="Add the instance to Common Instance Reference",
                outcome="warning",
                path="ReferencedSeriesSequence",
                message=f"{uid} is referenced, but not in the Common Instance Reference Module",
                section="PS3.3 C.12.2",
            )


def source_instances(encoded: Encoded) -> Iterator[Disagreement]:
    """Images that an image was made from are source images (PS3.3 C.12.4.1.2)."""
    ds = encoded.data_set
    if not is_image(ds.text(TAG.SOPClassUID)):
        return  # an encapsulated document lists images here (PS3.3 C.24.2)
    for at, item in enumerate(ds.items(TAG.SourceInstanceSequence)):
        if is_image(item.text(TAG.ReferencedSOPClassUID)):
            yield Disagreement(
                code="reference-class",
                outcome="warning",
                path=f"SourceInstanceSequence[{at}].ReferencedSOPClassUID",
                message="it refers to an image, but this sequence lists other instances",
                fix="Refer to the image in Source Image Sequence",
                section="PS3.3 C.12.4.1.2",
            )
            return


def _is_composite(item: DataSet) -> bool:
    """Whether a reference is to a stored instance, not to a procedure step or study."""
    return item.text(TAG.ReferencedSOPClassUID).startswith("1.2.840.10008.5.1.4.1.1.")
