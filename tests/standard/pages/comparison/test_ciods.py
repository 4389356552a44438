"""A CIOD in two editions."""

from __future__ import annotations

from two_ponds import NEWER, OLDER

from octome.standard.library import Library


def test_module_that_a_ciod_uses_under_another_name_has_not_come(ponds: Library) -> None:
    (change,) = ponds.edition_diff(OLDER, NEWER, "ciods/frog").modules
    assert (change.what, change.path) == ("renamed", "/modules/toad")


def test_ciod_that_only_one_edition_has(library: Library) -> None:
    page = library.edition_diff("2020b", "2026b", "ciods/inventory")
    assert page.notes == ("2020b does not have it.",)
    assert {change.what for change in page.modules} == {"added"}
