"""Everyday words lead to words that the Standard has."""

from __future__ import annotations

import sqlite3

from octome.standard.search.synonyms import FILLERS, SYNONYMS, is_hint, without_question
from octome.standard.search.wording import singular


def test_every_word_of_the_standard_is_in_a_name(database: sqlite3.Connection) -> None:
    known = {singular(word) for (word,) in database.execute("SELECT word FROM word")}
    meant = {singular(other) for others in SYNONYMS.values() for other in others if len(other) > 2}
    assert meant - known == set()


def test_no_word_is_its_own_synonym() -> None:
    assert [word for word, others in SYNONYMS.items() if word in others] == []


def test_words_are_lower_case() -> None:
    assert [word for word in {*SYNONYMS, *FILLERS} if word != word.lower()] == []


def test_question_is_left_out_before_fillers() -> None:
    assert without_question(["long", "frog", "per", "pond"]) == [
        ["frog", "per", "pond"],
        ["frog", "pond"],
    ]
    assert without_question(["frog"]) == []


def test_small_number_is_a_hint() -> None:
    assert is_hint("3")
    assert not is_hint("2000")
