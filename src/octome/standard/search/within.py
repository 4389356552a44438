"""Names within a longer query: "image type value 3" names Image Type."""

from __future__ import annotations

import re
from collections.abc import Sequence

from octome.standard.pages.reader import Reader
from octome.standard.search.abbreviation import keys_of_short
from octome.standard.search.rows import Row, by_folded, by_key
from octome.standard.search.synonyms import FILLERS
from octome.standard.search.wording import singular, words_of_query

JOINT = re.compile(r"\s+(?:and|or|vs\.?|versus|und|et)\s+|\s*[/&+,]\s*", re.IGNORECASE)
SHORTEST_NAME = 5  # letters of a name of one word; short names may have two
MOST = 3  # names of one query


def names_within(reader: Reader, words: Sequence[str]) -> list[Row]:
    """The pages that some words of a query name or abbreviate: the longest names first.

    Names do not overlap.
    """
    found: list[Row] = []
    free = [list(words)]
    for length in range(len(words) - 1, 0, -1):
        for run in list(free):
            at = _named_run(reader, run, length)
            if at is None:
                continue
            start, named = at
            found += named
            free.remove(run)
            free += [run[:start], run[start + length :]]
            if len(free) > MOST:
                return found
    return found


def names_joined(reader: Reader, query: str) -> list[Row]:
    """The pages of several names joined by "and" or the like; none unless each is a name."""
    parts = JOINT.split(query)
    if not 1 < len(parts) <= MOST:
        return []
    found = []
    for part in parts:
        name = "".join(word for word in words_of_query(part) if word not in FILLERS)
        keyed = [row for key in keys_of_short(name) for row in by_key(reader, key)]
        if not (named := keyed or _named(reader, name)):
            return []
        found.append(named[0])
    return found


def _named_run(reader: Reader, words: Sequence[str], length: int) -> tuple[int, list[Row]] | None:
    """Where so many words are a name, and its pages; None where they are nowhere one."""
    for start in range(len(words) - length + 1):
        run = words[start : start + length]
        for name in dict.fromkeys(("".join(run), "".join(map(singular, run)))):
            if len(name) < 2:
                continue
            if keys := keys_of_short(name):
                return start, [row for key in keys for row in by_key(reader, key)]
            if (length > 1 or len(name) >= SHORTEST_NAME) and (named := _named(reader, name)):
                return start, named
    return None


def _named(reader: Reader, name: str) -> list[Row]:
    return by_folded(reader, name) or by_key(reader, f"name:{name}")
