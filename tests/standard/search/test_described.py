"""Pages found by what their names mean."""

from __future__ import annotations

import pytest

from octome.standard.library import Library


@pytest.mark.parametrize(
    ("query", "path"),
    [
        ("gap between slices", "/attributes/00180088"),  # other words
        ("device serial nr", "/attributes/00181000"),  # abbreviated
        ("how is slice position stored", "/attributes/00201041"),  # words around it
        ("who made the image", "/attributes/00080070"),  # a word too many
        ("slice thickness in mm", "/attributes/00180050"),  # a unit
        ("calibrating the pixel spacing", "/attributes/00280a02"),  # other endings
    ],
)
def test_other_words_for_a_name_find_it(library: Library, query: str, path: str) -> None:
    assert path in [hit.path for hit in library.search(query).hits[:3]]


def test_name_with_the_words_comes_before_one_with_their_meaning(library: Library) -> None:
    assert library.search("slice location").hits[0].title == "Slice Location"


def test_short_word_does_not_begin_one_more_than_twice_as_long(library: Library) -> None:
    titles = [hit.title for hit in library.search("optic disc").hits[:5]]
    assert not any("Discontinuation" in title for title in titles)
