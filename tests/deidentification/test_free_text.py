"""What stays of free text, and what does not."""

from __future__ import annotations

import pytest

from octome.deidentification.free_text import cleaned, name_words

VOCABULARY = {"left", "macula", "of", "seen", "by", "white", "young", "king", "stone", "may"}


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Left macula", "Left macula"),
        ("left macula of Young", "left macula of"),
        ("macula seen by Dr white", "macula seen by"),
        ("macula 12/05/47, 06 12 34", "macula //,"),
        ("macula of king-stone", "macula of"),
        ("macula of Zoë Bélla", "macula of"),
        ("macula 12Left", "macula"),
        ("Kermit 4711", ""),
    ],
)
def test_only_words_that_name_nobody_stay(text: str, left: str) -> None:
    assert cleaned(text, VOCABULARY, set(name_words("King-Stone^May"))) == left
