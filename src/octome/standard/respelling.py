"""Old and sloppy spellings of a path as the one that has a page.

Ids in capitals or under another edition's name, tags as they are printed, numbers of sections and
context groups as they are cited.
"""

from __future__ import annotations

import re

from octome.standard.pages.ciod import renamed_ciod
from octome.standard.pages.reader import Reader

# As in (0028,0030), 0028,0030 and 0x00280030.
PRINTED_TAG = re.compile(r"\(?(?:0x)?([0-9a-f]{4})[, -]?([0-9a-fx]{4})\)?|\(?60xx,([0-9a-f]{4})\)?")
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
    return [root, *rest]


def _id(word: str) -> str:
    """An id of a CIOD, a module or a macro: lower case, with hyphens."""
    return re.sub(r"[\s_-]+", "-", word.strip().lower())


def _tag(word: str) -> str:
    """A tag as eight digits; a keyword stays.

    >>> _tag("(0028,0030)"), _tag("0x00280030"), _tag("60XX,3000"), _tag("Rows")
    ('00280030', '00280030', '60xx3000', 'Rows')
    """
    found = PRINTED_TAG.fullmatch(word.strip().lower())
    if found is None:
        return word
    return f"60xx{found[3]}" if found[3] else found[1] + found[2]


def _section(reader: Reader, word: str) -> str:
    """The number of a section, in the case that a store has it in."""
    found = SECTION.fullmatch(word.strip())
    number = found[1] if found else word
    row = reader.row("SELECT number FROM section WHERE number = ? COLLATE NOCASE", number)
    return str(row[0]) if row else number
