"""Words put right; numbers never."""

from __future__ import annotations

from octome.standard.library import Library
from octome.standard.search.spelling import joined


def test_word_with_a_digit_is_kept(library: Library) -> None:
    assert library.search("121072999").corrected is None
    assert library.search("pixl 3q").corrected in (None, "pixel 3q")


def test_word_is_put_right(library: Library) -> None:
    assert library.search("pixl spacing").corrected == "pixel spacing"


def test_of_similar_words_the_one_of_a_name_is_taken(library: Library) -> None:
    assert library.search("slise thickness").corrected == "slice thickness"
    assert library.search("slise location").corrected == "slice location"


def test_word_written_as_two_is_joined(library: Library) -> None:
    reader = library._stores.reader(library.edition())
    assert joined(reader, ["bi", "rads", "shape"]) == ["birads", "shape"]
    assert joined(reader, ["b", "scan"]) == ["b", "scan"]
