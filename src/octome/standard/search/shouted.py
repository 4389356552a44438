"""What a longer query has in capitals: a value ("COMPLETED status") or a VR ("length of SH")."""

from __future__ import annotations

import re
from collections import Counter

from octome.standard.model.value_representation import VALUE_REPRESENTATIONS
from octome.standard.pages.reader import Reader
from octome.standard.search.abbreviation import keys_of_short
from octome.standard.search.ranking import title_words
from octome.standard.search.rows import Row, by_key
from octome.standard.search.squash import squash
from octome.standard.search.wording import singular, words_of_query

SHOUTED = re.compile(r"\b[A-Z][A-Z0-9_]{2,}(?: [A-Z][A-Z0-9_]{2,})*\b")
TWO_LETTERS = re.compile(r"\b[A-Z]{2}\b")
MOST = 3


def shouted_vr(reader: Reader, query: str) -> list[Row]:
    """The value representations that a query has in capitals among other words."""
    if query.isupper():
        return []
    named = [word for word in TWO_LETTERS.findall(query) if word in VALUE_REPRESENTATIONS]
    of_each = [
        by_key(reader, f"name:{vr.lower()}") for vr in named if not keys_of_short(vr.lower())
    ]
    return [row for found in of_each for row in found if row.kind == "value representation"]


def shouted_values(reader: Reader, query: str) -> list[Row]:
    """The attributes with values that a query has in capitals, joined or among other words.

    Those with most of the values, and of the other words in their names, come first. A query that
    is all capitals finds only those with all its words as values.
    """
    runs = SHOUTED.findall(query)
    if not runs:
        return []
    others = {singular(word) for word in words_of_query(SHOUTED.sub(" ", query))}
    whole = query.isupper() and "\\" not in query
    if whole and (others or len(runs[0].split()) == 1):
        return []
    values = [value for run in runs for value in _values_of(reader, run)]
    found = Counter(row for value in values for row in value)
    best = sorted(
        (row for row, count in found.items() if not whole or count == len(values)),
        key=lambda row: -found[row] * (1 + len(others & title_words(row.title)[1])),
    )
    return best[:MOST]


def _values_of(reader: Reader, run: str) -> list[list[Row]]:
    """The attributes with some words as one value; or those with each word as a value."""
    if as_one := by_key(reader, f"value:{squash(run)}"):
        return [as_one]
    return [by_key(reader, f"value:{squash(word)}") for word in run.split()]
