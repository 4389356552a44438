"""The order of results."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from octome.standard.search.rows import Row
from octome.standard.search.squash import squash
from octome.standard.search.wording import WORD, singular

# "wedge" names Wedge Sequence, which holds all about it.
BARE = {"sequence"}


@dataclass(frozen=True, kw_only=True)
class Sought:
    """What a query looks for: a squashed name, its words, and the kind of page if it names one.

    `is_shouted`: in capitals, like values.
    """

    edition: str
    name: str
    words: frozenset[str]
    kind: str | None
    is_shouted: bool


def sought_by(edition: str, query: str, words: list[str], kind: str | None) -> Sought:
    """What a query looks for."""
    return Sought(
        edition=edition,
        name=squash(query),
        words=frozenset(singular(word) for word in words),
        kind=kind,
        is_shouted=query.isupper(),
    )


def badness(row: Row, sought: Sought) -> float:
    """How badly a found name matches; the smaller the better.

    The exact name comes before names that begin so, and those before names with all the words;
    among equals, those with more weight and shorter ones. One word rather begins the name of an
    attribute, such as "protocol".
    """
    length, singulars = title_words(row.title)
    score = length * 0.4 - row.weight
    if row.folded != sought.name:
        score += 4 if singulars - BARE <= sought.words <= singulars else 6
    if not row.folded.startswith(sought.name):
        score += 2 if len(sought.words) > 1 else 1
    # A whole word of the title is a better match than the beginning of a longer one.
    score -= 1.5 * len(sought.words & singulars)
    if len(sought.words) == 1 and row.kind == "attribute" and row.folded != sought.name:
        score -= 2
    if sought.kind:
        score -= 6 * (row.kind == sought.kind)
    if row.edition and f" {sought.edition} " not in row.edition:
        score += 6
    return score


def has_all(found: list[Row], sought: Sought) -> bool:
    """Whether the title of a result has every word, rather than the beginnings of longer ones."""
    return any(sought.words <= title_words(row.title)[1] for row in found)


def mixed(ranked: list[Row]) -> list[Row]:
    """Results with both an attribute and another page among the first two, if there are both."""
    first = ranked[:1]
    other = [row for row in ranked if (row.kind == "attribute") != (first[0].kind == "attribute")]
    return list(dict.fromkeys([*first, *other[:1], *ranked]))


@lru_cache(maxsize=16384)
def title_words(title: str) -> tuple[int, frozenset[str]]:
    """How many words a title has, and each in the singular."""
    words = WORD.findall(title.casefold().replace("'s", ""))
    return len(words), frozenset(map(singular, words))
