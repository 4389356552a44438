"""Codes by their meaning: "snomed code for left"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from octome.standard.pages.reader import Reader
from octome.standard.search.ranking import title_words
from octome.standard.search.rows import Row, by_key, rows
from octome.standard.search.short_names.schemes import SCHEMES
from octome.standard.search.spelling import whole_words
from octome.standard.search.synonyms import FILLERS
from octome.standard.search.wording import singular, text_expression, words_of_query

ASKS_FOR_CODE = re.compile(
    r"\bcodes?\s+(?:for|of|meaning)\b|\bsnomed[\s-](?:ct|rt)\b", re.IGNORECASE
)
CODE_OF_UNIT = re.compile(r"\bunits?\b.*\bcodes?\b|\bcodes?\b.*\bunits?\b", re.IGNORECASE)
MOST = 200  # codes with all words that are compared
MOST_TITLED = 1
MOST_MORE = 2  # words of a meaning that a query does not have
CODES_WITH = (
    "SELECT doc.id FROM text_index JOIN doc ON doc.id = text_index.rowid "
    "WHERE text_index MATCH ? AND doc.kind = 'code' LIMIT ?"
)


def with_meaning(reader: Reader, meaning: str, scheme: str = "") -> list[Row]:
    """The codes with a meaning, as `squash` returns it: of one scheme, or of any."""
    found = by_key(reader, f"meaning:{meaning}") if meaning else []
    return [row for row in found if row.path.startswith(f"/codes/{scheme}")]


def titled_codes(reader: Reader, words: Sequence[str]) -> list[Row]:
    """A few codes whose meanings have all of some words and hardly any others."""
    meant = {singular(word) for word in words}
    match = text_expression(list(words), whole_words(reader, list(words)))
    found = [
        row
        for row in rows(reader, CODES_WITH, match, MOST)
        if meant <= title_words(row.title)[1]
        and title_words(row.title)[0] <= len(meant) + MOST_MORE
    ]
    return sorted(found, key=lambda row: len(row.title))[:MOST_TITLED]


def named_codes(reader: Reader, query: str, limit: int) -> list[Row]:
    """The codes that a query names by scheme or "code for" and meaning: the exact ones first.

    None for another query.
    """
    words = words_of_query(query)
    schemes = [SCHEMES[word] for word in words if word in SCHEMES]
    if not schemes and CODE_OF_UNIT.search(query):
        schemes = ["UCUM"]
    if not schemes and not ASKS_FOR_CODE.search(query):
        return []
    around = {*SCHEMES, *FILLERS, "code", "codes", "meaning", "unit", "units"} | (
        {"ct", "rt"} if schemes else set()
    )
    meant = [word for word in words if word not in around]
    if not meant:
        return []
    scheme = f"{schemes[0]}/" if schemes else ""
    match = text_expression(meant, whole_words(reader, meant))
    some = [
        row
        for row in rows(reader, CODES_WITH, match, MOST)
        if row.path.startswith(f"/codes/{scheme}")
    ]
    exact = with_meaning(reader, "".join(meant), scheme)
    return list(dict.fromkeys([*exact, *sorted(some, key=lambda row: len(row.title))]))[:limit]
