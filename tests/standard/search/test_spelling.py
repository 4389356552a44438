"""Words put right; numbers never."""

from __future__ import annotations

from octome.standard.library import Library


def test_word_with_a_digit_is_kept(library: Library) -> None:
    assert library.search("121072999").corrected is None
    assert library.search("pixl 3q").corrected in (None, "pixel 3q")


def test_word_is_put_right(library: Library) -> None:
    assert library.search("pixl spacing").corrected == "pixel spacing"
