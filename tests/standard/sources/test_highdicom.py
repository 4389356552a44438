"""What the maps of the package `highdicom` give; the facts are those of PS3.3."""

from __future__ import annotations

import pytest

from octome.errors import StoreUnavailable
from octome.standard.edition import UNNAMED
from octome.standard.sources import highdicom
from octome.standard.sources.records import EditionRecords, Row


@pytest.fixture(scope="module")
def records() -> EditionRecords:
    (edition,) = highdicom.contents()
    return highdicom.read(edition)


def test_ids_have_no_names_and_every_used_table_is_there(records: EditionRecords) -> None:
    assert {ciod.name for ciod in records.ciods} == {None}
    tables = {table.id for table in records.modules}
    assert {use.table for use in records.module_uses} <= tables


def test_rows_have_depth_tag_and_type_but_no_text(records: EditionRecords) -> None:
    rows = list(next(table.rows for table in records.modules if table.id == "patient"))
    assert Row(0, "00100010", "2") in rows  # Patient's Name


def test_module_that_the_maps_leave_empty_has_its_one_attribute(records: EditionRecords) -> None:
    current = [t for t in records.modules if t.id.endswith("current-frame-functional-groups")]
    assert [list(table.rows) for table in current] == 3 * [[Row(0, "00060001", "1")]]
    term = next(term for term in records.terms if term.tag == "00060001")
    assert (term.keyword, term.vr) == ("CurrentFrameFunctionalGroupsSequence", "SQ")


def test_release_that_is_not_known_is_an_edition_without_a_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(highdicom, "installed_version", lambda _package: "9.1.0")
    assert list(highdicom.contents()) == [UNNAMED]


def test_attribute_that_pydicom_does_not_know_needs_a_newer_pydicom(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    terms = [term for term in highdicom.pydicom.read_terms() if term.keyword != "PatientName"]
    monkeypatch.setattr(highdicom.pydicom, "read_terms", lambda: terms)
    with pytest.raises(StoreUnavailable, match=r"PatientName .* install a newer pydicom"):
        highdicom.read(UNNAMED)
