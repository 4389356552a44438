"""Which of the things found comes first."""

from __future__ import annotations

from dataclasses import dataclass

from octome.standard.search.rows import Row
from octome.standard.search.short_names import squash
from octome.standard.search.wording import WORD, singular


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is looked for: a name squashed, its words, and the kind of thing if the query says.

    `is_shouted`: in capitals, as values are.
    """

    edition: str
    name: str
    words: frozenset[str]
    kind: str | None
    is_shouted: bool


def wanted(edition: str, query: str, words: list[str], kind: str | None) -> Wanted:
    """What a query looks for."""
    return Wanted(
        edition=edition,
        name=squash(query),
        words=frozenset(singular(word) for word in words),
        kind=kind,
        is_shouted=query.isupper(),
    )


def badness(row: Row, sought: Wanted) -> float:
    """How far back a found name belongs; the smaller the better.

    The exact name comes before names that begin so, and those before names with all the words;
    of like ones the weightier and the shorter.
    """
    title = WORD.findall(row.title.casefold().replace("'s", ""))
    singulars = {singular(word) for word in title}
    score = len(title) * 0.4 - row.weight
    if row.folded != sought.name:
        score += 4 if singulars == sought.words else 6
    if not row.folded.startswith(sought.name):
        score += 2
    # A word of the title, whole, is a better match than the beginning of a longer one.
    score -= 1.5 * len(sought.words & singulars)
    if sought.kind:
        score -= 6 * (row.kind == sought.kind)
    if row.edition and f" {sought.edition} " not in row.edition:
        score += 6
    return score
