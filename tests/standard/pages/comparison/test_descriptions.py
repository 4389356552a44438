"""Attributes that only differ in their descriptions."""

from __future__ import annotations

from two_ponds import NEWER, OLDER

from octome.standard.library import Library


def test_other_description_is_listed_after_other_types(ponds: Library) -> None:
    found = ponds.edition_diff(OLDER, NEWER, "macros/code-sequence").attributes
    assert [(c.what, c.path, c.title) for c in found] == [
        (
            "changed",
            "/macros/code-sequence/00080102",
            "(0008,0102) Coding Scheme Designator, description",
        )
    ]
    song, *others = ponds.edition_diff(OLDER, NEWER, "modules/toad").attributes
    assert (song.before, song.after) == ("3", "1")
    assert {change.path.rpartition("/")[2] for change in others} == {"00080102"}
    assert all(change.title.startswith(">(0008,0102) Coding") for change in others)


def test_descriptions_from_different_sources_are_not_compared(library: Library) -> None:
    found = library.edition_diff("2020b", "2026b", "modules/patient").attributes
    assert not [change for change in found if change.title.endswith("description")]
