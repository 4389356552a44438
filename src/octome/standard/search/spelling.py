"""Unknown words, corrected to the nearest known ones."""

from __future__ import annotations

import json

from octome.standard.pages.reader import Reader
from octome.standard.search.rows import LAST
from octome.standard.search.synonyms import FILLERS, HINTS, SYNONYMS
from octome.standard.search.wording import spellings

MOST_LOOKED_UP = 10_000  # words that are kept
MOST_CORRECTED = 4  # each is compared with every known word
NEAR = 0.7  # share of letters that agree, edits and swaps counted


def nearest_words(reader: Reader, words: list[str]) -> list[str]:
    """The words with unknown ones corrected; a word without a similar one is left out.

    A word with a digit is a number of something: it is kept unchanged.
    """
    nearest = []
    unknown = 0
    for at, word in enumerate(words):
        if any(c.isdigit() for c in word) or is_known(reader, word):
            nearest.append(word)
            continue
        unknown += 1
        if unknown <= MOST_CORRECTED:
            near = _nearest_word(reader, word)
            if not near and at == len(words) - 1:
                near = _nearest_beginning(reader, word)
            nearest += [near] if near else []
    return nearest


def is_known(reader: Reader, word: str) -> bool:
    """Whether a word begins a known one or is an everyday one; words of two letters pass."""
    query = "SELECT 1 FROM word WHERE word >= ? AND word < ?"
    return (
        len(word) <= 2
        or word in SYNONYMS
        or word in FILLERS
        or word in HINTS
        or any(reader.row(query, form, form + LAST) is not None for form in spellings(word))
    )


def are_known(reader: Reader, words: list[str]) -> bool:
    """Whether every word is a known one, or has a digit."""
    return all(any(map(str.isdigit, word)) or is_known(reader, word) for word in words)


def whole_words(reader: Reader, words: list[str]) -> set[str]:
    """Those of some words that are known as they are, rather than as beginnings."""
    known = reader.looked_up
    if new := [word for word in words if word not in known]:
        if len(known) > MOST_LOOKED_UP:
            known.clear()
            new = words
        query = "SELECT word FROM word WHERE word IN (SELECT value FROM json_each(?))"
        known |= dict.fromkeys(new, False)
        known |= {word: True for (word,) in reader.rows(query, json.dumps(new))}
    return {word for word in words if known[word]}


def _nearest_word(reader: Reader, word: str) -> str:
    """The known word nearest to one that is misspelt; empty where none is near."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    # Words of other lengths cannot have that many letters in common.
    alike = [
        known
        for length, words in reader.vocabulary.items()
        if NEAR * len(word) <= length <= len(word) / NEAR
        for known in words
    ]
    near = process.extractOne(word, alike, scorer=OSA.normalized_similarity, score_cutoff=NEAR)
    return near[0] if near else ""


def _nearest_beginning(reader: Reader, word: str) -> str:
    """The known word whose beginning is nearest to one that is still being typed; or empty.

    Its first letter is assumed to be right.
    """
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    beginnings = {
        known: known[: len(word)]
        for length, words in reader.vocabulary.items()
        if length > len(word)
        for known in words
        if known[0] == word[0]
    }
    near = process.extractOne(word, beginnings, scorer=OSA.normalized_similarity, score_cutoff=NEAR)
    return near[2] if near else ""
