"""Context groups in two editions."""

from __future__ import annotations

from two_ponds import NEWER, OLDER

from octome.standard.library import Library


def test_groups_that_came_went_or_have_other_codes(ponds: Library) -> None:
    found = ponds.edition_diff(OLDER, NEWER, "context-groups").context_groups
    assert [(c.what, c.title, c.edition) for c in found] == [
        ("added", "CID 5 Frog Ponds", NEWER),
        ("removed", "CID 3 Food", OLDER),
        ("changed", "CID 1 Frog Kinds", NEWER),
    ]
    assert (found[2].before, found[2].after) == (
        "3 lines, version 20990101",
        "3 lines, version 20990601",
    )


def test_one_group_code_by_code(ponds: Library) -> None:
    page = ponds.edition_diff(OLDER, NEWER, "context-groups/1")
    assert [(c.what, c.title, c.before or c.after) for c in page.codes] == [
        ("added", "42 SCT", "Newt"),
        ("removed", "199002 DCM", "Toad"),
    ]
    assert [(c.title, c.after) for c in page.properties] == [("Version", "20990601")]


def test_groups_without_order_and_names_are_not_compared(library: Library) -> None:
    page = library.edition_diff("2020b", "2026b", "context-groups/4271")
    assert page.codes == ()
    assert page.notes[0].startswith("Not compared, 2020b has those of 2024c")
