"""Queries about images of one kind: "pixel spacing of a CR image", "DSA mask"."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from octome.standard.pages.reader import Reader
from octome.standard.search.abbreviation import keys_of_short
from octome.standard.search.described import described
from octome.standard.search.ranking import badness, sought_by
from octome.standard.search.rows import Row, by_key, by_name
from octome.standard.search.spelling import whole_words
from octome.standard.search.squash import squash
from octome.standard.search.synonyms import FILLERS
from octome.standard.search.wording import text_expression

MOST_CANDIDATES = 80
MOST = 2
LONGEST_NAME = 3  # words of a short name of images
# Words for any instance, which a query may add to the short name of a kind.
INSTANCES = frozenset(
    re.findall(
        r"\w+",
        "image images scan scans study studies series exam slice slices object objects instance "
        "instances picture pictures acquisition data report reports run",
    )
)
# A query with one of these is about another kind of page.
ABOUT_OTHERS = frozenset(
    re.findall(r"\w+", "uid uids storage sop service scp scu template tid cid iod ciod")
)
IN_SCOPE = (
    "SELECT DISTINCT o.tag FROM occurrence o "
    "JOIN use u ON u.edition = o.edition AND u.path = o.table_path "
    "WHERE o.edition = ? AND o.tag IN (SELECT value FROM json_each(?)) "
    "AND u.ciod IN (SELECT value FROM json_each(?))"
)


def scoped(reader: Reader, edition: str, words: Sequence[str]) -> list[Row]:
    """Attributes of images of one kind, if some words abbreviate the kind and the others a name.

    Attributes with exactly that name come first; the CIOD of such images comes after them.
    """
    if not ABOUT_OTHERS.isdisjoint(words):
        return []
    for ciods, others in _readings(words):
        name = squash("".join(others))
        keys = (f"name:{name}", *keys_of_short(name))
        exact = [row for key in keys for row in by_key(reader, key)]
        whole = whole_words(reader, list(others))
        sought = sought_by(edition, " ".join(others), others, "attribute")
        named = (
            by_name(reader, text_expression(others, whole), MOST_CANDIDATES)
            if whole.issuperset(others)
            else []
        )
        named.sort(key=lambda row: badness(row, sought))
        if not (exact or named):
            named = described(reader, others)[0]
        found = [row for row in dict.fromkeys([*exact, *named]) if row.kind == "attribute"]
        if used := _used(reader, edition, found, ciods):
            return [*used[:MOST], *by_key(reader, f"ciod:{ciods[0]}")]
    return []


def _readings(words: Sequence[str]) -> Iterator[tuple[list[str], list[str]]]:
    """The CIODs that some words abbreviate, and the words that are left, in each possible way."""
    for length in range(min(LONGEST_NAME, len(words) - 1), 0, -1):
        for start in range(len(words) - length + 1):
            keys = keys_of_short("".join(words[start : start + length]))
            ciods = [key.removeprefix("ciod:") for key in keys if key.startswith("ciod:")]
            if not ciods:
                continue
            before, after = words[:start], words[start + length :]
            every = (*before, *after)
            others = (*before, *(after[1:] if after and after[0] in INSTANCES else after))
            bare = tuple(word for word in others if word not in FILLERS)
            for rest in dict.fromkeys((every, others, bare)):
                if rest and not INSTANCES.issuperset(rest):
                    yield ciods, list(rest)


def _used(reader: Reader, edition: str, found: list[Row], ciods: list[str]) -> list[Row]:
    tags = {row.path.rpartition("/")[2]: row for row in found}
    rows = reader.rows(IN_SCOPE, edition, json.dumps([*tags]), json.dumps(ciods))
    used = {tag for (tag,) in rows}
    return [row for tag, row in tags.items() if tag in used]
