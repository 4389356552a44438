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
from octome.standard.search.spelling import are_known, whole_words
from octome.standard.search.squash import squash
from octome.standard.search.synonyms import FILLERS
from octome.standard.search.wording import text_expression

MOST_CANDIDATES = 80
MOST = 2
LONGEST_NAME = 5  # words of a name of images
# Words for any instance, which a query may add to the short name of a kind.
INSTANCES = frozenset(
    re.findall(
        r"\w+",
        "image images scan scans study studies series exam slice slices object objects instance "
        "instances picture pictures acquisition data report reports run",
    )
)
# What may also follow the short name of a kind: what makes such images.
AFTER = INSTANCES | frozenset(
    re.findall(r"\w+", "device equipment machine modality scanner system")
)
# A query with one of these is about another kind of page, unless the other words are a whole name.
ABOUT_OTHERS = frozenset(
    re.findall(r"\w+", "uids storage sop service scp scu template tid cid iod ciod")
)
IN_SCOPE = (
    "SELECT DISTINCT o.tag FROM occurrence o "
    "JOIN use u ON u.edition = o.edition AND u.path = o.table_path "
    "WHERE o.edition = ? AND o.tag IN (SELECT value FROM json_each(?)) "
    "AND u.ciod IN (SELECT value FROM json_each(?))"
)


def scoped(reader: Reader, edition: str, words: Sequence[str]) -> list[Row]:
    """Attributes of images of one kind, if some words name the kind and the others an attribute.

    Attributes with exactly that name come first; the CIOD of such images comes after them.
    """
    readings = list(_readings(reader, words))
    for is_exact in (True, False) if ABOUT_OTHERS.isdisjoint(words) else (True,):
        named: dict[tuple[str, ...], list[Row]] = {}
        for ciods, others in readings:
            if others not in named:
                named[others] = _named(reader, edition, list(others), is_exact=is_exact)
            if used := _used(reader, edition, named[others], ciods):
                return [*used[:MOST], *by_key(reader, f"ciod:{ciods[0]}")]
    return []


def _named(reader: Reader, edition: str, words: list[str], *, is_exact: bool) -> list[Row]:
    """The attributes with some words in their names: none if none has exactly that name."""
    name = squash("".join(words))
    keys = (f"name:{name}", *keys_of_short(name))
    exact = [row for key in keys for row in by_key(reader, key) if row.kind == "attribute"]
    if is_exact and not exact:
        return []
    whole = whole_words(reader, words)
    named = []
    if whole.issuperset(words):
        sought = sought_by(edition, " ".join(words), words, "attribute")
        named = by_name(reader, text_expression(words, whole), MOST_CANDIDATES)
        named.sort(key=lambda row: badness(row, sought))
    if not (exact or named) and are_known(reader, words):
        named = described(reader, words)[0]
    return [row for row in dict.fromkeys([*exact, *named]) if row.kind == "attribute"]


def _readings(reader: Reader, words: Sequence[str]) -> Iterator[tuple[list[str], tuple[str, ...]]]:
    """The CIODs that some words name, and the words that are left, in each possible way."""
    for length in range(min(LONGEST_NAME, len(words) - 1), 0, -1):
        for start in range(len(words) - length + 1):
            name = "".join(words[start : start + length])
            keys = keys_of_short(name)
            ciods = [key.removeprefix("ciod:") for key in keys if key.startswith("ciod:")]
            ciods = ciods or reader.ciods_named.get(name, [])
            if not ciods:
                continue
            before, after = words[:start], words[start + length :]
            every = (*before, *after)
            others = (*before, *(after[1:] if after and after[0] in AFTER else after))
            bare = tuple(word for word in others if word not in FILLERS)
            for rest in dict.fromkeys((every, others, bare)):
                if rest and not INSTANCES.issuperset(rest):
                    yield ciods, rest


def _used(reader: Reader, edition: str, found: list[Row], ciods: list[str]) -> list[Row]:
    if not found:
        return []
    tags = {row.path.rpartition("/")[2]: row for row in found}
    rows = reader.rows(IN_SCOPE, edition, json.dumps([*tags]), json.dumps(ciods))
    used = {tag for (tag,) in rows}
    return [row for tag, row in tags.items() if tag in used]
