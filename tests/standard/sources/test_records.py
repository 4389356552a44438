"""Records: what is empty where a source has nothing, and how tags are written."""

from __future__ import annotations

import pytest

from octome.standard.sources.records import EditionRecords, tag_id


def test_tag_is_eight_lower_case_digits() -> None:
    assert tag_id("(0008,2112)") == "00082112"
    assert tag_id("(60XX,30AB)") == "60xx30ab"


def test_edition_has_nothing_that_its_source_does_not_give() -> None:
    records = EditionRecords(edition="2013", source="frogs", dictionary="2013")
    assert not any((records.ciods, records.modules, records.terms, records.sections, records.uids))


def test_records_are_built_by_keyword() -> None:
    with pytest.raises(TypeError):
        EditionRecords("2013", "frogs", "2013")  # type: ignore[misc]
