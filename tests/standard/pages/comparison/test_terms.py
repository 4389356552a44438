"""The data dictionary in two editions."""

from __future__ import annotations

import pytest
from two_ponds import NEWER, OLDER

from octome.standard.library import Library


def test_new_attribute_and_other_vm_but_not_another_spelling(ponds: Library) -> None:
    found = ponds.edition_diff(OLDER, NEWER, "attributes").terms
    assert [(c.what, c.title, c.before, c.after) for c in found] == [
        ("added", "(0098,0009) Croak", None, "LO, 1"),
        ("changed", "(0098,0004) Frog Song Code Sequence", "1", "1-n"),
    ]


def test_one_attribute_has_its_properties_and_its_description(ponds: Library) -> None:
    page = ponds.edition_diff(OLDER, NEWER, "attributes/FrogSongCodeSequence")
    assert [(c.title, c.before, c.after) for c in page.properties] == [("VM", "1", "1-n")]
    page = ponds.edition_diff(OLDER, NEWER, "attributes/CodingSchemeDesignator")
    assert [(p.before, p.after) for p in page.passages] == [("Who made it.", "Who wrote it.")]


def test_actions_of_profiles_are_compared(library: Library) -> None:
    page = library.edition_diff("2020b", "2026b", "attributes/PatientID")
    assert page.subject is not None
    assert page.subject.title == "(0010,0020) Patient ID"
    assert not page.properties  # 2026b has no table of its own


def test_attribute_that_one_edition_has_without_a_vr_was_not_added(library: Library) -> None:
    listed = [change.path for change in library.edition_diff("2020b", "2026b", "attributes").terms]
    assert "/attributes/00189445" not in listed


@pytest.mark.parametrize("tag", ["00281200", "00283006", "fffee000", "fffee00d", "fffee0dd"])
def test_same_vr_or_vm_in_other_words_is_no_change(library: Library, tag: str) -> None:
    listed = [change.path for change in library.edition_diff("2020b", "2026b", "attributes").terms]
    assert "/attributes/00089007" in listed  # its VM went from 4 to 4-5
    assert f"/attributes/{tag}" not in listed
    page = library.edition_diff("2020b", "2026b", f"attributes/{tag}")
    assert (page.properties, page.is_compared) == ((), True)
