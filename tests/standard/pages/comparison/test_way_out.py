"""How to get what could not be compared."""

from __future__ import annotations

from two_ponds import NEWER, OLDER

from octome.standard.library import Library
from octome.standard.pages.comparison.way_out import WHOLE


def test_command_for_each_edition_that_lacks_it(library: Library) -> None:
    page = library.edition_diff("2020b", "2026b", "sections/C.7.6.2.1.1")
    assert page.notes[-1] == "octome sync 2026b fetches it."
    both = library.edition_diff("2020b", "2026b", "parts/16")
    assert both.notes[-1] == "octome sync 2020b and octome sync 2026b fetch it."


def test_what_an_edition_is_known_not_to_have_is_not_to_be_fetched(ponds: Library) -> None:
    page = ponds.edition_diff(OLDER, NEWER, "sop-classes/1.2.3")
    assert page.notes == (f"{NEWER} does not have it.",)


def test_whole_comparison_says_once_how_to_get_the_rest(library: Library) -> None:
    assert library.edition_diff("2020b", "2026b").notes.count(WHOLE) == 1
