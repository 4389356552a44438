"""One code in two editions."""

from __future__ import annotations

from two_ponds import NEWER, OLDER

from octome.standard.library import Library


def test_context_groups_and_templates_that_have_a_code_now(ponds: Library) -> None:
    page = ponds.edition_diff(OLDER, NEWER, "codes/SCT/42")
    assert [(c.what, c.title) for c in page.context_groups] == [
        ("added", "CID 1 Frog Kinds"),
        ("added", "CID 5 Frog Ponds"),
    ]
    assert [(c.what, c.title.split()[:2]) for c in page.templates] == [("added", ["TID", "10"])]


def test_codes_of_another_edition_are_not_compared(library: Library) -> None:
    page = library.edition_diff("2020b", "2026b", "codes/DCM/121071")
    assert (page.context_groups, page.properties) == ((), ())
    assert page.notes[0].startswith("Not compared, 2020b has those of 2024c")
