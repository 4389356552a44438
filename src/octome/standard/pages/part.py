"""`/sections`, `/parts/<part>` and `/parts/<part>/<section>`: the parts and their chapters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from octome.standard.model.page import Link
from octome.standard.model.section import (
    Chapter,
    PartOutline,
    PartPage,
    PartSummary,
    SectionIndex,
)
from octome.standard.official import part_url
from octome.standard.pages.reader import Reader
from octome.standard.part_list import PARTS, Part

# What the ids of sections in the official files begin with: `chapter_7`, `sect_7.1`.
ID_PREFIX = re.compile(r"(?:chapter|sect|section|annex)_", re.IGNORECASE)
NUMBER = re.compile(r"PS3\.(\d+)-(.+)")
TEMPLATES = "Templates"
OTHERS = "Notes, figures and references"
LISTS = {
    3: (("/ciods", "CIODs"), ("/modules", "Modules"), ("/macros", "Macros")),
    4: (("/sop-classes", "SOP classes"),),
    5: (("/transfer-syntaxes", "Transfer syntaxes"),),
    6: (("/attributes", "Attributes"), ("/uids", "UIDs")),
    15: (("/confidentiality", "Confidentiality profiles"),),
    16: (("/context-groups", "Context groups"), ("/codes", "Codes"), ("/templates", "Templates")),
}

Titles = dict[str, str]
"""The titles of the sections of one part, by their numbers in it, in the order of reading."""


def section_index(reader: Reader, edition: str) -> SectionIndex:
    """Every part with its chapters."""
    titles = _titles(reader, edition)
    return SectionIndex(
        path="/sections",
        edition=edition,
        title="Sections",
        parts=tuple(
            PartOutline(
                part=part_summary(reader, edition, part),
                chapters=tuple(
                    Link(chapter.path or f"/parts/{part.number}", chapter.title)
                    for chapter in _chapters(part.number, titles.get(part.number, {}))
                ),
            )
            for part in PARTS.values()
        ),
    )


def part_page(reader: Reader, edition: str, number: int) -> PartPage | None:
    """A part with the chapters and annexes that are here; None where there is no such part."""
    part = PARTS.get(number)
    if part is None:
        return None
    return PartPage(
        path=f"/parts/{number}",
        edition=edition,
        title=part.name,
        part=part_summary(reader, edition, part),
        lists=tuple(Link(path, title) for path, title in LISTS.get(number, ())),
        chapters=tuple(_chapters(number, _titles(reader, edition).get(number, {}))),
        standard_url=None if part.is_retired else part_url(number, reader.dated(edition)),
    )


def part_summary(reader: Reader, edition: str, part: Part) -> PartSummary:
    """A part, and how much of its text is here."""
    here = _sections_here(reader, edition, part)
    return PartSummary(
        number=part.number,
        title=part.title,
        about=part.about,
        path=f"/parts/{part.number}",
        is_retired=part.is_retired,
        sections=here,
        text_edition=reader.text_edition(edition) if here else "",
        missing=missing(reader, edition, part),
        whole_in=whole_in(reader, part.number),
    )


def whole_in(reader: Reader, part: int) -> tuple[str, ...]:
    """The compiled editions that have every section of a part, the default one first."""
    found = {
        edition
        for ready in reader.ready()
        for edition in ready.own_editions
        if str(part) in ready.whole_parts[edition] and edition not in reader.unread
    }
    return tuple(edition for edition in reader.editions if edition in found)


def missing(reader: Reader, edition: str, part: Part) -> str:
    """What an edition lacks of a part here, and how to get it; empty where it is whole.

    A fetched edition gets single parts; that of the packages is replaced by a fetched one.
    """
    whole = reader.whole_parts[edition]
    if str(part.number) in whole:
        return ""
    of, here = reader.text_edition(edition), _sections_here(reader, edition, part)
    if not here:
        lack = f"edition {edition} has no text of it here"
    elif of == edition:
        lack = f"edition {edition} has only some sections of it here"
    else:
        lack = f"edition {edition} has no text of it here, only some sections of {of}"
    if part.is_retired:
        return f"{lack}; it is retired"
    if whole:
        return f"{lack}: octome sync {edition} --parts {part.number} fetches it"
    return f"{lack}: octome sync fetches a whole edition"


def _sections_here(reader: Reader, edition: str, part: Part) -> int:
    """How many sections of a part are here."""
    is_like = "NOT GLOB" if part.number == 3 else "GLOB"
    (count,) = reader.row(
        f"SELECT count(*) FROM section WHERE number {is_like} ? AND edition = ?",
        "PS3.*" if part.number == 3 else f"{_prefix(part.number)}*",
        reader.text_edition(edition),
    )
    return int(count)


def section_numbers(part: int, section: str) -> list[str]:
    """The numbers that a section of a part may have here, by its number or its official id.

    Examples
    --------
    >>> section_numbers(5, "chapter_7"), section_numbers(3, "C.7")
    (['PS3.5-chapter_7', 'PS3.5-7'], ['C.7'])
    """
    candidates = dict.fromkeys((section, ID_PREFIX.sub("", section, count=1)))
    return [_prefix(part) + number for number in candidates]


def part_of(words: list[str]) -> Part | None:
    """The part that what a path leads to is in; None where it is a page of no part."""
    match words:
        case ["sections", number]:
            return PARTS.get(split_number(number)[0])
        case ["parts", number, *_] if number.isdecimal():
            return PARTS.get(int(number))
        case ["context-groups" | "templates", _] | ["codes", _, _]:
            return PARTS[16]
    return None


def _prefix(part: int) -> str:
    """What the numbers of a part's sections begin with: those of PS3.3 stand alone."""
    return "" if part == 3 else f"PS3.{part}-"


def _titles(reader: Reader, edition: str) -> dict[int, Titles]:
    """The sections that are here, by part."""
    found: dict[int, Titles] = {}
    for whole, title in reader.rows(
        "SELECT number, title FROM section WHERE edition = ? ORDER BY position",
        reader.text_edition(edition),
    ):
        part, number = split_number(whole)
        found.setdefault(part, {})[number] = title
    return found


def split_number(number: str) -> tuple[int, str]:
    """The part of a section, and its number there.

    >>> split_number("PS3.5-7.1"), split_number("C.7.6")
    ((5, '7.1'), (3, 'C.7.6'))
    """
    found = NUMBER.fullmatch(number)
    return (int(found[1]), found[2]) if found else (3, number)


def _chapters(part: int, titles: Titles) -> Iterator[Chapter]:
    """The chapters of a part, each with the sections within it that are within no other."""
    grouped: dict[str, list[str]] = {}
    for number in titles:
        grouped.setdefault(_chapter_of(number, titles), []).append(number)
    for chapter in sorted(grouped, key=OTHERS.__eq__):
        known = set(grouped[chapter]) - {chapter}
        yield Chapter(
            title=_titled(chapter, titles[chapter]) if chapter in titles else chapter,
            path=f"/sections/{_prefix(part)}{chapter}" if chapter in titles else "",
            sections=tuple(
                Link(f"/sections/{_prefix(part)}{number}", _titled(number, titles[number]))
                for number in grouped[chapter]
                if number in known and not _is_within_one(known, number)
            ),
        )


def _chapter_of(number: str, titles: Titles) -> str:
    """The chapter of a section; where that is not here, the next level of an annex."""
    if "_" in number:
        return TEMPLATES if number.startswith("TID_") else OTHERS
    first, *below = number.split(".")
    return first if first in titles or not below or first.isdecimal() else f"{first}.{below[0]}"


def _titled(number: str, title: str) -> str:
    """A title with its number in front, where it has one: a foreword has not."""
    return title if "_" in number or title.startswith(number) else f"{number} {title}"


def _is_within_one(numbers: set[str], number: str) -> bool:
    words = number.split(".")
    return any(".".join(words[:end]) in numbers for end in range(1, len(words)))
