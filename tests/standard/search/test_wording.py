"""The words of a query in the Standard's spelling."""

from __future__ import annotations

import pytest

from octome.standard.search.wording import (
    expression,
    named_kind,
    spellings,
    text_expression,
    words_of_query,
)


@pytest.mark.parametrize(
    ("word", "standard"),
    [
        ("colour", "color"),
        ("centre", "center"),
        ("grey", "gray"),
        ("greyscale", "grayscale"),
        ("anonymised", "anonymized"),
        ("haemodynamic", "hemodynamic"),
        ("images", "image"),
        ("series", "series"),
        ("matrices", "matrix"),
    ],
)
def test_spelling(word: str, standard: str) -> None:
    assert standard in spellings(word)


def test_stop_words_are_read_over_unless_alone() -> None:
    assert words_of_query("Frame of the Reference") == ["frame", "reference"]
    assert words_of_query("the") == ["the"]


def test_kind_is_taken_from_the_ends() -> None:
    assert named_kind(["ct", "iod"]) == ("CIOD", ["ct"])
    assert named_kind(["module"]) == (None, ["module"])
    assert named_kind(["transfer", "syntaxes", "mpeg"]) == ("transfer syntax", ["mpeg"])
    assert named_kind(["transfer", "syntax"]) == (None, ["transfer", "syntax"])


def test_expression() -> None:
    assert expression(["colours", "frog"]) == '("colour"* OR "color"*) AND "frog"*'


def test_known_word_is_searched_whole_in_texts() -> None:
    assert text_expression(["pond", "calibr"], {"pond"}) == '("pond" OR "ponds") AND "calibr"*'


def test_word_that_looks_like_a_plural_is_searched_whole() -> None:
    assert expression(["lens"]) == '"lens"*'


def test_uid_after_a_kind_is_of_the_kind() -> None:
    assert named_kind(["ct", "sop", "class", "uid"]) == ("SOP class", ["ct"])
    assert named_kind(["ct", "image", "uid"]) == (None, ["ct", "image", "uid"])
