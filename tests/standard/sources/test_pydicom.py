"""What the package `pydicom` gives; the facts are those of PS3.6 and PS3.16."""

from __future__ import annotations

import pytest

from octome.standard.edition import UNNAMED
from octome.standard.sources import pydicom
from octome.standard.sources.pydicom import dictionary, read_terms
from octome.standard.sources.records import EditionRecords, Term, Uid


@pytest.fixture(scope="module")
def records() -> EditionRecords:
    (edition,) = pydicom.contents()
    return pydicom.read(edition)


def test_repeating_groups_are_spelled_as_in_the_standard() -> None:
    terms = {term.tag: term for term in read_terms()}
    assert terms["60xx3000"].keyword == "OverlayData"
    assert terms["00100010"] == Term("00100010", "PatientName", "Patient's Name", "PN", "1", False)


def test_uids_have_name_type_and_keyword(records: EditionRecords) -> None:
    assert (
        Uid(
            "1.2.840.10008.1.2",
            "Implicit VR Little Endian",
            "Transfer Syntax",
            "Default Transfer Syntax for DICOM",
            "ImplicitVRLittleEndian",
            False,
        )
        in records.uids
    )


def test_codes_of_a_context_group_are_sorted_and_its_own(records: EditionRecords) -> None:
    group = next(group for group in records.context_groups if group.cid == 244)  # Laterality
    assert group.keyword == "Laterality"
    assert {code.meaning for code in group.entries} >= {"Left", "Right"}
    assert list(group.entries) == sorted(
        group.entries, key=lambda code: (code.scheme, code.meaning.casefold(), code.value)
    )


def test_release_that_is_not_known_is_an_edition_without_a_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pydicom, "installed_version", lambda _package: "9.1.0")
    assert list(pydicom.contents()) == [UNNAMED]
    assert dictionary() == "unknown edition (pydicom 9.1.0)"
