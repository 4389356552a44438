"""Modules, macros and their attributes in two editions."""

from __future__ import annotations

from two_ponds import NEWER, OLDER

from octome.standard.library import Library


def test_module_with_another_name_is_renamed_and_its_attributes_are_compared(
    ponds: Library,
) -> None:
    (change,) = ponds.edition_diff(OLDER, NEWER, "modules").modules
    assert (change.what, change.before, change.after) == ("renamed", "Frog", "Toad")
    page = ponds.edition_diff(OLDER, NEWER, "modules/toad")
    assert page.notes == (f"In {OLDER} it is Frog, at /modules/frog.",)
    song, *_ = page.attributes
    assert (song.path, song.before, song.after) == ("/modules/toad/00980004", "3", "1")
    back = ponds.edition_diff(NEWER, OLDER, "modules/toad")
    assert [(c.path, c.before, c.after) for c in back.attributes][:1] == [
        ("/modules/frog/00980004", "1", "3")
    ]
