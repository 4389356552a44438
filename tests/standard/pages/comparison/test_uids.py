"""The registry of UIDs in two editions."""

from __future__ import annotations

from two_ponds import NEWER, OLDER

from octome.standard.library import Library


def test_uid_that_went_has_its_page_in_the_older_edition(ponds: Library) -> None:
    (change,) = ponds.edition_diff(OLDER, NEWER, "uids").uids
    assert (change.what, change.title, change.path, change.edition) == (
        "removed",
        "Pond",
        "/uids/1.2.3",
        OLDER,
    )
