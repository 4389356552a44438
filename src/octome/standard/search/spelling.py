"""Unknown words, corrected to the nearest known ones."""

from __future__ import annotations

import json
from itertools import pairwise

from octome.standard.pages.reader import Reader
from octome.standard.search.rows import LAST, by_name
from octome.standard.search.synonyms import FILLERS, HINTS, SYNONYMS
from octome.standard.search.wording import expression, spellings

MOST_LOOKED_UP = 10_000  # words that are kept
MOST_CORRECTED = 4  # each is compared with every known word
SHORTEST = 2  # letters of words that are not listed
MOST_NEAR = 5  # similar words that are tried
NEAR = 0.7  # share of letters that agree, edits and swaps counted


def nearest_words(reader: Reader, words: list[str]) -> list[str]:
    """The words with unknown ones corrected; a word without a similar one is left out.

    Of several similar words the one that a name has with the other words is taken. A word with a
    digit is a number of something: it is kept unchanged.
    """
    known = [word for word in words if _is_kept(reader, word)]
    nearest = []
    unknown = 0
    for at, word in enumerate(words):
        if word in known:
            nearest.append(word)
            continue
        unknown += 1
        if unknown <= MOST_CORRECTED:
            near = _near_words(reader, word)
            if not near and at == len(words) - 1:
                near = _nearest_beginning(reader, word)
            others = [*known, *nearest]
            best = next((other for other in near if _have_name(reader, [*others, other])), "")
            nearest += [best] if best else near[:1]
    return nearest


def _is_kept(reader: Reader, word: str) -> bool:
    return any(map(str.isdigit, word)) or is_known(reader, word)


def _have_name(reader: Reader, words: list[str]) -> bool:
    """Whether a name has all of several words."""
    named = [word for word in words if word not in FILLERS]
    return len(named) > 1 and bool(by_name(reader, expression(named), 1))


def joined(reader: Reader, words: list[str]) -> list[str]:
    """The words, with two that together are one word of a name joined: "BI-RADS"."""
    if len(words) < 2:
        return words
    known = whole_words(reader, [*words, *map("".join, pairwise(words))])
    found: list[str] = []
    for word in words:
        parts = {part for part in (*found[-1:], word) if len(part) > SHORTEST}
        if found and found[-1] + word in known and not parts <= known:
            found[-1] += word
        else:
            found.append(word)
    return found


def is_known(reader: Reader, word: str) -> bool:
    """Whether a word begins a known one or is an everyday one; words of two letters pass."""
    query = "SELECT 1 FROM word WHERE word >= ? AND word < ?"
    return (
        len(word) <= SHORTEST
        or word in SYNONYMS
        or word in FILLERS
        or word in HINTS
        or any(reader.row(query, form, form + LAST) is not None for form in spellings(word))
    )


def are_known(reader: Reader, words: list[str]) -> bool:
    """Whether every word is a known one, or has a digit."""
    return all(_is_kept(reader, word) for word in words)


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


def _near_words(reader: Reader, word: str) -> list[str]:
    """The known words nearest to one that is misspelt, the likeliest first; none if none is near.

    Of equally near ones those with its first letter come first, then those in more names.
    """
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    # Words of other lengths cannot have that many letters in common.
    alike: list[str] = []
    for length, words in reader.vocabulary.items():
        if NEAR * len(word) <= length <= len(word) / NEAR:
            alike += words
    near = process.extract(
        word, alike, scorer=OSA.normalized_similarity, score_cutoff=NEAR, limit=MOST_NEAR
    )
    near.sort(
        key=lambda found: (
            -found[1],
            found[0][0] != word[0],
            -reader.vocabulary[len(found[0])][found[0]],
        )
    )
    return [known for known, *_ in near]


def _nearest_beginning(reader: Reader, word: str) -> list[str]:
    """The known word whose beginning is nearest to one that is still being typed; none if none is.

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
    return [near[2]] if near else []
