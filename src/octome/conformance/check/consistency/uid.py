"""UIDs of the instance itself."""

from __future__ import annotations

from collections.abc import Iterator

from octome.conformance.check.consistency.disagreement import Disagreement
from octome.dicom.part10 import Encoded
from octome.dicom.tag import TAG

# Each identifies a different thing, so that no two may be the same (PS3.5 9).
OWN_UIDS = {
    TAG.SOPInstanceUID: "SOPInstanceUID",
    TAG.StudyInstanceUID: "StudyInstanceUID",
    TAG.SeriesInstanceUID: "SeriesInstanceUID",
    TAG.FrameOfReferenceUID: "FrameOfReferenceUID",
}
SPECIMENS = "SpecimenDescriptionSequence"


def own_uids(encoded: Encoded) -> Iterator[Disagreement]:
    """Instance, series, study and frame of reference each have their own UID (PS3.5 9)."""
    first: dict[str, str] = {}
    for tag, keyword in OWN_UIDS.items():
        uid = encoded.data_set.text(tag)
        if uid and first.setdefault(uid, keyword) != keyword:
            message = f"{uid} is the {first[uid]} too"
            yield Disagreement(
                code="uid-reused",
                fix="Give it a UID of its own",
                path=keyword,
                message=message,
                section="PS3.5 9",
            )
    for at, item in enumerate(encoded.data_set.items(TAG.SpecimenDescriptionSequence)):
        uid = item.text(TAG.SpecimenUID)
        if uid in first:
            yield Disagreement(
                code="uid-reused",
                fix="Give it a UID of its own",
                path=f"{SPECIMENS}[{at}].SpecimenUID",
                message=f"{uid} is the {first[uid]} too",
                section="PS3.5 9",
            )
