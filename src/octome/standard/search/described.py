"""Pages that a query describes in other words than their names have."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import log
from typing import NamedTuple

from octome.standard.pages.reader import Reader
from octome.standard.search.ranking import title_words
from octome.standard.search.rows import Row, by_name
from octome.standard.search.synonyms import FILLERS, SYNONYMS, is_hint
from octome.standard.search.wording import any_of, plural, singular, spellings

MOST = 120  # candidates
MOST_TERMS = 5  # words of a query that are searched, the rarest
ENOUGH = 0.45  # share of a query's rarity that a name has to cover
LITERAL, BEGUN, STEMMED, OTHER = 1.0, 0.9, 0.85, 0.6  # how well a word of a name matches
HINT = 0.4  # how much a word such as "when" counts, compared with others
COMMON = 20_000  # names: a word in all of them would not count
RARE = 30  # names that an unknown word is taken to be in
COUNTS = "SELECT word, count FROM word WHERE word IN (SELECT value FROM json_each(?))"
ENDING = re.compile(
    r"(?:ations?|itions?|ions?|ings?|ed|ers?|ors?|ments?|ally|al|ity|ives?|ical|ic|e|ness)$"
)
SHORTEST_STEM = 5
MOST_TIMES = 2  # as long as its beginning


class Term(NamedTuple):
    """A word of a query: its spellings, its stem, words with the same meaning, and its rarity.

    `is_hint`: a name does not have to have it, such as "when" and "3".
    """

    forms: tuple[str, ...]
    stem: str
    others: tuple[str, ...]
    rarity: float
    is_hint: bool

    @property
    def longest(self) -> int:
        """Letters of a word that one of its spellings begins: "disc" is not "discontinuation"."""
        return MOST_TIMES * max(map(len, self.forms))

    def match(self, words: frozenset[str]) -> float:
        """How well the word of a name that is nearest to it matches; 0 where none does."""
        if not words.isdisjoint(self.forms):
            return LITERAL
        if any(word.startswith(self.forms) and len(word) <= self.longest for word in words):
            return BEGUN
        if self.stem and any(word.startswith(self.stem) for word in words):
            return STEMMED
        return OTHER if not words.isdisjoint(self.others) else 0.0

    def expression(self) -> str:
        """As an FTS5 expression for names."""
        begun = [f'"{form}"*' if len(form) > 2 else f'"{form}"' for form in self.forms]
        stem = [f'"{self.stem}"*'] if self.stem else []
        others = [f'"{form}"' for other in self.others for form in (other, plural(other))]
        return any_of([*begun, *stem, *others])


def described(reader: Reader, words: Sequence[str]) -> tuple[list[Row], list[Row]]:
    """Pages whose names mean all words of a query, and those whose names mean most of it.

    The likeliest come first. Words have their stems and synonyms; fillers do not count, and rare
    words count more than common ones.
    """
    terms = _terms(reader, words)
    if not terms:
        return [], []
    needed = [term for term in terms if not term.is_hint] or terms
    every = by_name(reader, " AND ".join(term.expression() for term in needed), MOST)
    some = by_name(reader, " OR ".join(most), MOST) if (most := _most_of(needed)) else []
    whole = {row.id for row in every}
    likely = sorted(dict.fromkeys((*every, *some)), key=lambda row: -_goodness(row, terms))
    return (
        [row for row in likely if row.id in whole],
        [row for row in likely if row.id not in whole and _share(row, needed) >= ENOUGH],
    )


def _terms(reader: Reader, words: Sequence[str]) -> list[Term]:
    """The words of a query that count, in its order."""
    meant = [word for word in words if word not in FILLERS] or list(words)
    forms = {word: _forms(word) for word in dict.fromkeys(meant)}
    asked = {form for of_word in forms.values() for form in of_word}
    asked |= {other for word in meant for other in _others(word)}
    counts = dict(reader.rows(COUNTS, json.dumps(list(asked))))
    terms = [_term(word, of_word, counts) for word, of_word in forms.items()]
    rarest = sorted(terms, key=lambda term: -term.rarity)[:MOST_TERMS]
    return [term for term in terms if term in rarest]


def _term(word: str, forms: tuple[str, ...], counts: Mapping[str, int]) -> Term:
    others = _others(word)
    known = [counts[form] for form in forms if form in counts]
    known = known or [counts[other] for other in others if other in counts]
    rarity = log(COMMON / (1 + max(known, default=RARE)))
    stem = "" if word in counts and word == singular(word) else _stem(forms[-1])
    singulars = tuple(dict.fromkeys(map(singular, others)))
    hints = is_hint(word)
    return Term(forms, stem, singulars, rarity * HINT if hints else rarity, hints)


def _others(word: str) -> tuple[str, ...]:
    """The words of the Standard with the same meaning."""
    return SYNONYMS.get(word, ()) + SYNONYMS.get(singular(word), ())


@lru_cache(maxsize=4096)
def _forms(word: str) -> tuple[str, ...]:
    """The spellings of a word in the singular."""
    return tuple(dict.fromkeys(map(singular, spellings(word))))


def _stem(word: str) -> str:
    """A word without its ending, if enough is left; or empty.

    >>> _stem("staining"), _stem("calibration"), _stem("time")
    ('stain', 'calibr', '')
    """
    stem = ENDING.sub("", word)
    return stem if SHORTEST_STEM <= len(stem) < len(word) else ""


def _most_of(terms: list[Term]) -> list[str]:
    """Expressions for all terms but one, where the others are enough of the query."""
    if len(terms) < 2:
        return []
    enough = (1 - ENOUGH) * sum(term.rarity for term in terms)
    return [
        f"({' AND '.join(other.expression() for other in terms if other is not term)})"
        for term in terms
        if term.rarity <= enough
    ]


def _share(row: Row, terms: list[Term]) -> float:
    """The share of a query that a name has in any way: rare words are more of it."""
    _, words = title_words(row.title)
    has = sum(term.rarity for term in terms if term.match(words))
    return has / sum(term.rarity for term in terms)


def _goodness(row: Row, terms: list[Term]) -> float:
    length, words = title_words(row.title)
    matched = sum(term.rarity * term.match(words) for term in terms)
    coverage = matched / sum(term.rarity for term in terms)
    return 10 * coverage - 0.4 * length + row.weight / 2 + (row.kind == "attribute")
