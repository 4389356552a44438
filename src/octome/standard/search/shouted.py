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

SHOUTED = re.compile(r"\b[A-Z][A-Z0-9_]{2,}\b")
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

    Those with most of the values, and of the other words in their names, come first.
    """
    values = SHOUTED.findall(query)
    if not values or (query.isupper() and "\\" not in query):
        return []
    found: Counter[Row] = Counter()
    others = {singular(word) for word in words_of_query(SHOUTED.sub(" ", query))}
    for value in values:
        for row in by_key(reader, f"value:{squash(value)}"):
            found[row] += 1 + len(others & title_words(row.title)[1])
    return [row for row, _ in found.most_common(MOST)]
