"""Old and sloppy spellings of a path as the one that has a page.

Ids in capitals or under another edition's name, tags as they are printed, numbers of sections and
context groups as they are cited; a keyword or a number alone, without the list that it is in.
"""

from __future__ import annotations

import re

from octome.standard.edition import UNNAMED, usual_name
from octome.standard.pages.ciod import renamed_ciod
from octome.standard.pages.reader import Reader
from octome.standard.search.numbers import numbers
from octome.standard.search.rows import by_key

# As in (0028,0030), 0028,0030 and 0x00280030.
PRINTED_TAG = re.compile(r"\(?(?:0x)?([0-9a-f]{4})[, -]?([0-9a-fx]{4})\)?|\(?60xx,([0-9a-f]{4})\)?")
# As in 28,30.
SHORT_TAG = re.compile(r"\(?(?:0x)?([0-9a-f]{1,4}), ?(?:0x)?([0-9a-f]{1,4})\)?")
ROOTS = {"part": "parts", "template": "templates", "context group": "context-groups"}
PART = re.compile(r"(?:PS ?)?3\.(\d+)|part[ -]?(\d+)", re.IGNORECASE)
SECTION = re.compile(r"(?:PS3\.3[ -]|sect_)?(.+?)\.?", re.IGNORECASE)
CID = re.compile(r"cid[ _-]?(\d+)", re.IGNORECASE)


def respelled(reader: Reader, edition: str, words: list[str]) -> list[str]:
    """The words of a path, spelled as in octome's paths as far as they are understood."""
    root, *rest = [words[0].lower(), *words[1:]] if words else [""]
    match root:
        case "ciods":
            ids = [root, *map(_id, rest[:2]), *map(_tag, rest[2:])]
            return renamed_ciod(reader, edition, ids) or ids
        case "modules" | "macros":
            return [root, *map(_id, rest[:1]), *map(_tag, rest[1:])]
        case "attributes":
            return [root, *map(_tag, rest)]
        case "sections":
            return [root, *(_section(reader, number) for number in rest)]
        case "context-groups":
            return [root, *(CID.sub(r"\1", cid) for cid in rest)]
        case "vr" if len(rest) == 1:
            return ["attributes", *rest]
        case "parts" if rest and (part := PART.fullmatch(rest[0])):
            return [root, part[1] or part[2], *rest[1:]]
        case "editions" if len(rest) == 1 and _is_edition(reader, rest[0]):
            return [root]
        case _ if not rest and _is_edition(reader, root):
            return ["editions"]
        case _ if root and not rest and (meant := _alone(reader, edition, words[0])):
            return meant
    return [root, *rest]


def _alone(reader: Reader, edition: str, word: str) -> list[str]:
    """The one page that a keyword or a number alone may mean; none if there are several."""
    if not word.isdigit() and (tag := reader.tag(edition, _tag(word))):
        return ["attributes", tag]
    number = next(iter(numbers(word)), None)
    if number is None or not number.is_sure:
        return []
    if number.kind in ROOTS:
        return [ROOTS[number.kind], number.keys[0].partition(":")[2].upper()]
    paths = {row.path for key in number.keys for row in by_key(reader, key)}
    return paths.pop().strip("/").split("/") if len(paths) == 1 else []


def _id(word: str) -> str:
    """An id of a CIOD, a module or a macro: lower case, with hyphens."""
    return re.sub(r"[\s_-]+", "-", word.strip().lower())


def _tag(word: str) -> str:
    """A tag as eight digits; a keyword stays.

    >>> _tag("(0028,0030)"), _tag("0x00280030"), _tag("28,30"), _tag("60XX,3000"), _tag("Rows")
    ('00280030', '00280030', '00280030', '60xx3000', 'Rows')
    """
    typed = word.strip().lower()
    found = PRINTED_TAG.fullmatch(typed)
    if found is None:
        short = SHORT_TAG.fullmatch(typed)
        return short[1].zfill(4) + short[2].zfill(4) if short else word
    return f"60xx{found[3]}" if found[3] else found[1] + found[2]


def _section(reader: Reader, word: str) -> str:
    """The number of a section, in the case that a store has it in."""
    found = SECTION.fullmatch(word.strip())
    number = found[1] if found else word
    row = reader.row("SELECT number FROM section WHERE number = ? COLLATE NOCASE", number)
    return str(row[0]) if row else number


def _is_edition(reader: Reader, word: str) -> bool:
    return usual_name(word) in (*reader.editions, UNNAMED)
