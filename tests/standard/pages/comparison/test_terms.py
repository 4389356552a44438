"""The data dictionary in two editions."""

from __future__ import annotations

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
