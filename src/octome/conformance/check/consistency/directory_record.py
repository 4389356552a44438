"""Records of a directory."""

from __future__ import annotations

from collections.abc import Iterator

from octome.conformance.check.consistency.disagreement import Disagreement
from octome.dicom.part10 import Encoded
from octome.dicom.tag import TAG


def study_records(encoded: Encoded) -> Iterator[Disagreement]:
    """A directory has one record for each study (PS3.3 F.5.2)."""
    first: dict[str, int] = {}
    for at, record in enumerate(encoded.data_set.items(TAG.DirectoryRecordSequence)):
        is_study = record.text(TAG.DirectoryRecordType) == "STUDY"
        uid = record.text(TAG.StudyInstanceUID) if is_study else ""
        if uid and first.setdefault(uid, at) != at:
            yield Disagreement(
                code="numbering",
                path=f"DirectoryRecordSequence[{at}].StudyInstanceUID",
                message=f"{uid} is that of record {first[uid] + 1} too",
                fix="Keep one record for each study",
                section="PS3.3 F.5.2",
            )
