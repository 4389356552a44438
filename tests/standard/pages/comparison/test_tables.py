"""Modules, macros and their attributes in two editions."""

from __future__ import annotations

import pytest
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


@pytest.mark.parametrize("path", ["macros/code-sequence", "macros/code-sequence/00080100"])
@pytest.mark.parametrize("pair", [("2020b", "2026b"), ("2026b", "2020b")])
def test_macro_is_not_removed_where_a_source_has_no_macros(
    library: Library, path: str, pair: tuple[str, str]
) -> None:
    page = library.edition_diff(*pair, path)
    assert not page.is_compared
    assert page.notes == (
        "Not compared: 2026b has no attributes of it here.",
        "octome sync 2026b fetches it.",
    )


@pytest.mark.parametrize("path", ["modules/image-plane", "modules/image-plane/00280030"])
def test_descriptions_that_are_not_compared_are_named(library: Library, path: str) -> None:
    page = library.edition_diff("2020b", "2026b", path)
    assert page.notes[-2].startswith("Not compared: descriptions; ")
    assert "octome sync 2026b" in page.notes[-1]


@pytest.mark.parametrize("path", ["modules/patient-study", "modules/image-plane"])
def test_no_difference_is_only_of_attributes_that_the_dictionary_knows(
    library: Library, path: str
) -> None:
    page = library.edition_diff("2020b", "2026b", path)
    assert page.notes[0].startswith("Attributes newer than 20")
    assert page.notes[0].endswith("are not known in 2026b.")
    assert page.no_changes.startswith("No difference in what is known here: attributes newer than")
