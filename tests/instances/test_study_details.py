"""What a caller states about a study: values that its attributes can hold."""

from __future__ import annotations

import pytest

from octome.errors import MissingFact
from octome.instances.study_details import StudyDetails


@pytest.mark.parametrize(
    ("stated", "why"),
    [
        ({"uid": "1.2.03"}, "'1.2.03' is not a UID"),
        ({"uid": "my visit"}, "is not a UID"),
        ({"accession_number": "A" * 17}, "accession number .* at most 16 characters"),
        ({"id": "a\\b"}, "study ID .* no backslash"),
        ({"id": "a\nb"}, "one line"),
    ],
)
def test_a_value_that_cannot_be_written_is_named(stated: dict[str, str], why: str) -> None:
    with pytest.raises(MissingFact, match=why):
        StudyDetails(**stated)


def test_a_visit_is_named_by_its_uid_or_by_numbers_of_a_patient() -> None:
    assert StudyDetails(uid="1.2.3").names_a_visit("")
    assert StudyDetails(id="V1").names_a_visit("4711")
    assert not StudyDetails(id="V1").names_a_visit("")
    assert not StudyDetails(referring_physician="Doe^Jane").names_a_visit("4711")
