"""Records of a directory."""

from __future__ import annotations

import pytest
from small_instance import dataset, found_by

from octome.conformance.check.consistency.directory_record import study_records


@pytest.mark.parametrize(
    ("kind", "uid", "is_wrong"),
    [("STUDY", "2.25.1", True), ("STUDY", "2.25.2", False), ("SERIES", "2.25.1", False)],
)
def test_a_study_has_one_record(kind: str, uid: str, *, is_wrong: bool) -> None:
    records = [
        dataset(DirectoryRecordType="STUDY", StudyInstanceUID="2.25.1"),
        dataset(DirectoryRecordType=kind, StudyInstanceUID=uid),
    ]
    found = found_by(study_records, dataset(DirectoryRecordSequence=records))
    path = "DirectoryRecordSequence[1].StudyInstanceUID"
    assert found == [f"violation numbering {path}"] * is_wrong
