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


def test_ciod_whose_modules_or_usages_differ_has_changed(library: Library) -> None:
    listed = {
        change.path: change.what for change in library.edition_diff("2020b", "2026b", "ciods").ciods
    }
    # A module came; the usage of one changed; its modules differ only in their attributes.
    assert listed["/ciods/ct-image"] == "changed"
    assert listed["/ciods/rt-beams-treatment-record"] == "changed"
    assert "/ciods/rt-plan" not in listed
    for path in ("/ciods/ct-image", "/ciods/rt-plan"):
        modules = library.edition_diff("2020b", "2026b", path).modules
        own = [change for change in modules if change.before or change.after]
        assert bool(own) == (path in listed)
        assert "changed" in [change.what for change in modules]
