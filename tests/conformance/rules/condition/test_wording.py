"""Attributes in sentences. All sentences here are invented."""

from __future__ import annotations

import pytest

from octome.conformance.rules.condition.wording import Attributes, tokens_in

NAMES = Attributes(
    {
        0x00080001: "Leaf Colour",
        0x00080002: "Number of Cups",
        0x00140202: "Data Element",
        0x00181063: "Frame Time",
        0xFFFEE000: "Item",
    }
)


@pytest.mark.parametrize(
    ("sentence", "tokenized"),
    [
        ("the value of Leaf Colour (0008,0001) is GREEN", "@00080001 is GREEN"),
        ("Leaf Colour and Number of Cups are present", "@00080001 and @00080002 are present"),
        ("(0008,0001) is present", "@00080001 is present"),
        ("Colour (0008,0001) is GREEN", "@00080001 is GREEN"),
        ("leaf colour is GREEN", "leaf colour is GREEN"),
        # Written without a parenthesis, or as the value of an attribute tag.
        ("Leaf Colour (0008,0001 is GREEN", "@00080001 is GREEN"),
        ("Leaf Colour 0008,0001) is GREEN", "@00080001 is GREEN"),
        ("Number of Cups is 00181063H", "@00080002 is @00181063"),
        # Numbers are not tags.
        ("Number of Cups is 1000, 2000", "@00080002 is 1000, 2000"),
        # Words of every sentence, and the names of attributes too.
        ("the Item has the Data Element Tag", "the Item has the Data Element Tag"),
    ],
)
def test_attributes_become_tokens(sentence: str, tokenized: str) -> None:
    assert NAMES.tokenized(sentence) == tokenized


def test_tokens_are_tags() -> None:
    assert list(tokens_in("@00080001 or @00181063")) == [0x00080001, 0x00181063]
