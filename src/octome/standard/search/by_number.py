"""What a typed number leads to, and the note if nothing has it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from octome.standard.pages.newer import not_listed
from octome.standard.pages.part import missing, split_number
from octome.standard.pages.reader import Reader
from octome.standard.part_list import PARTS
from octome.standard.search.abbreviation import keys_of_short
from octome.standard.search.numbers import Number, numbers, tag_of_scope
from octome.standard.search.rows import Row, by_begun_key, by_key, by_keys, by_text, rows
from octome.standard.search.squash import squash
from octome.standard.search.wording import words_of_query

GROUP = "context group"
# What a bare number may be meant as.
BARE = {
    "code": ["code"],
    "context group": ["context group", "template"],
    "group": ["group of tags"],
    "section": ["section"],
}
KEYWORD = re.compile(r"(?:[A-Z]+[a-z0-9]+){2,}")
ENDING = re.compile(r"\d+(\.\d+)+")


def found_by(reader: Reader, number: Number, limit: int) -> list[Row]:
    """Results with the number, then results whose number begins with it."""
    found = {row.id: row for row in by_keys(reader, number.keys)}
    if number.kind == "part":
        found |= {row.id: row for row in by_begun_key(reader, number.keys[-1], limit)}
    elif number.begins:
        for key in number.keys:
            below = f"{key}." if number.kind in ("section", "UID") else key
            begun = by_begun_key(reader, below, limit)
            if not begun and not found:
                begun = by_begun_key(reader, key, limit)
            if begun and not found and number.part:
                # Only what is below it is here: the part has the rest.
                begun[2:2] = by_key(reader, f"part:{number.part}")[:1]
            found = {**found, **{row.id: row for row in begun if row.id not in found}}
    if number.kind in ("table", "figure") and number.part:
        # Other parts have one with that number too.
        here = [row for row in found.values() if _is_in(row, number.part)]
        return [*here, *by_key(reader, f"part:{number.part}")[:1]] if here else []
    return list(found.values())


def scoped_tag(reader: Reader, query: str, limit: int) -> tuple[list[Row], list[str]]:
    """Of a short tag in something: its attribute, then the other's page; and the other's words."""
    tag, scope = tag_of_scope(query)
    tagged = [row for number in numbers(tag) for row in found_by(reader, number, limit)]
    if not tagged:
        return [], []
    names = words_of_query(scope)
    keys = keys_of_short("".join(names))
    return [*tagged, *(row for key in keys for row in by_key(reader, key))], names


def _is_in(row: Row, part: int) -> bool:
    if row.kind == "section":
        return split_number(row.path.rpartition("/")[2])[0] == part
    return part == 3 if row.kind in ("CIOD", "module", "macro") else row.detail == f"PS3.{part}"


def ending(reader: Reader, number: Number, limit: int) -> list[Row]:
    """UIDs that end with a missing section or UID that is only digits, the shortest first."""
    if number.kind not in ("section", "UID") or number.part or not ENDING.fullmatch(number.said):
        return []
    query = (
        "SELECT doc FROM doc_key WHERE key >= 'uid:' AND key < 'uid;' AND key LIKE ? "
        "ORDER BY length(key), doc LIMIT ?"
    )
    return rows(reader, query, f"%.{number.said}", limit)


def near(reader: Reader, number: Number, limit: int) -> list[Row]:
    """Results near a missing section or UID: in the nearest one above it."""
    if number.kind not in ("section", "UID"):
        return []
    key = number.keys[0]
    while key.rpartition(".")[0].count(".") > (2 if number.kind == "UID" else 0):
        key = key.rpartition(".")[0]
        if found := [*by_key(reader, key), *by_begun_key(reader, f"{key}.", limit)]:
            return list({row.id: row for row in found}.values())[:limit]
    return []


def mentions(reader: Reader, said: str, limit: int) -> list[Row]:
    """Results with all words of a number in their text."""
    words = " ".join(f'"{word}"' for word in re.findall(r"[^\W_]+", said.casefold()))
    return by_text(reader, words, limit) if words else []


def with_code(reader: Reader, number: Number, limit: int) -> list[Row]:
    """The code's own page, then the context groups that list it, then texts that mention it."""
    found = {row.id: row for row in by_key(reader, number.keys[0])}
    # As the Standard spells them: what is typed may have other capitals.
    values = {row.detail.rpartition(", ")[0] for row in found.values()}
    found |= {row.id: row for row in _groups_with(reader, values, limit)}
    said = mentions(reader, number.said, limit)
    found |= {row.id: row for row in said if row.kind != GROUP and row.id not in found}
    return list(found.values())


def _groups_with(reader: Reader, values: Collection[str], limit: int) -> list[Row]:
    marks = ", ".join("?" * len(values))
    query = f"SELECT DISTINCT cid FROM code WHERE value IN ({marks}) ORDER BY cid LIMIT ?"
    cids = reader.rows(query, *values, limit)
    return [row for (cid,) in cids for row in by_key(reader, f"cid:{cid}")]


def nowhere(meanings: Sequence[Number], edition: str) -> list[str]:
    """The note that nothing has a bare number, whatever it was meant as; none for no number.

    >>> from octome.standard.search.numbers import numbers
    >>> nowhere(numbers("9999"), "2026b")
    ['Edition 2026b has no group of tags, context group or template 9999.']
    """
    if not meanings:
        return []
    said = meanings[-1].said.removeprefix("CID ")
    if [number.kind for number in meanings] == ["code"]:
        return [f"No context group of edition {edition} has the code {said}."]
    *names, last = [name for number in meanings for name in BARE[number.kind]]
    either = f"{', '.join(names)} or {last}" if names else last
    return [f"Edition {edition} has no {either} {said}."]


def keyword_not_here(reader: Reader, edition: str, query: str, found: Collection[Row]) -> list[str]:
    """The note that an older dictionary lacks a keyword; none where a page has such a name."""
    if not KEYWORD.fullmatch(query) or reader.tag(edition, query):
        return []
    if any(row.folded.startswith(squash(query)) for row in found):
        return []
    unlisted = not_listed(reader, edition, query)
    return [f"{query} {unlisted}."] if unlisted else []


def not_here(reader: Reader, number: Number, edition: str) -> str:
    """The note that the number is missing, and where it would be."""
    lead = f"{number.said} is not in edition {edition}"
    if number.kind in ("tag", "UID") and (unlisted := not_listed(reader, edition, number.said)):
        return f"{number.said} {unlisted}."
    part = PARTS.get(number.part)
    lack = missing(reader, edition, part) if part else ""
    if part and number.kind == "part":
        return f"{part.name}. {part.about}{f' {lack[:1].upper()}{lack[1:]}.' if lack else ''}"
    if number.kind == "template" and reader.row(
        "SELECT 1 FROM template WHERE edition = ?", edition
    ):
        lack = ""
    if number.kind == GROUP and reader.row("SELECT 1 FROM context_group"):
        lack = ""
    if part and lack:
        return f"{lead}; it would be in {part.name}: {lack}."
    if number.kind in ("section", "table", "figure") and not part:
        return f"{lead}; it may be in a part that is not here: octome sync fetches all of them."
    return f"{lead}."
