"""The words of the Standard's names and meanings."""

from __future__ import annotations

from octome.standard.library import Library


def test_words_are_of_attributes_and_codes_and_folded(library: Library) -> None:
    words = library.vocabulary()
    assert {"patient", "spacing", "macula", "retina", "mm"} - words <= {"mm"}
    assert not {"Patient", "kermit", "2026"} & words
