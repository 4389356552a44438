"""The registry of UIDs in two editions."""

from __future__ import annotations

from two_ponds import NEWER, OLDER

from octome.standard.library import Library


def test_uid_that_went_has_its_page_in_the_older_edition(ponds: Library) -> None:
    gone, renamed = ponds.edition_diff(OLDER, NEWER, "uids").uids
    assert (gone.what, gone.title, gone.path, gone.edition) == (
        "removed",
        "Pond",
        "/uids/1.2.3",
        OLDER,
    )
    assert (renamed.what, renamed.before, renamed.after) == ("renamed", "Reed", "Tall Reed")


def test_one_uid_is_compared_by_its_properties(ponds: Library) -> None:
    page = ponds.edition_diff(OLDER, NEWER, "uids/1.2.4")
    assert [(c.title, c.before, c.after) for c in page.properties] == [
        ("Name", "Reed", "Tall Reed"),
        ("Keyword", "Reed", "TallReed"),
    ]


def test_uid_that_one_edition_lacks_is_not_in_it(ponds: Library) -> None:
    page = ponds.edition_diff(OLDER, NEWER, "sop-classes/1.2.3")
    assert (page.path, page.notes) == (
        f"/editions/{OLDER}..{NEWER}/uids/1.2.3",
        (f"{NEWER} does not have it.",),
    )
