"""`/parts/<part>` and `/parts/<part>/<section>`: a part of the Standard, and its sections."""

from __future__ import annotations

import re

from octome.standard.model.page import Link
from octome.standard.model.section import SectionIndex
from octome.standard.pages.reader import Reader

# What the ids of sections in the official files begin with: `chapter_7`, `sect_7.1`.
ID_PREFIX = re.compile(r"(?:chapter|sect|section|annex)_", re.IGNORECASE)


def part_page(reader: Reader, edition: str, part: int) -> SectionIndex | None:
    """The chapters and annexes of a part, or the topmost sections that are here; None for none."""
    prefix = _prefix(part)
    found = reader.rows(
        "SELECT number, title FROM section WHERE edition = ? AND "
        f"number {'NOT GLOB ?' if part == 3 else 'GLOB ?'} ORDER BY position",
        reader.text_edition(edition),
        "PS3.*" if part == 3 else f"{prefix}*",
    )
    numbers = {number for number, _ in found}
    sections = tuple(
        Link(f"/sections/{number}", _titled(number.removeprefix(prefix), title))
        for number, title in found
        if not _has_parent_in(numbers, number, prefix)
    )
    if not sections:
        return None
    return SectionIndex(
        path=f"/parts/{part}", edition=edition, title=f"PS3.{part}", sections=sections
    )


def section_numbers(part: int, section: str) -> list[str]:
    """The numbers that a section of a part may have here, by its number or its official id.

    Examples
    --------
    >>> section_numbers(5, "chapter_7"), section_numbers(3, "C.7")
    (['PS3.5-chapter_7', 'PS3.5-7'], ['C.7'])
    """
    candidates = dict.fromkeys((section, ID_PREFIX.sub("", section, count=1)))
    return [_prefix(part) + number for number in candidates]


def _prefix(part: int) -> str:
    """What the numbers of a part's sections begin with: those of PS3.3 stand alone."""
    return "" if part == 3 else f"PS3.{part}-"


def _titled(number: str, title: str) -> str:
    """A title with its number in front, where it has one: a foreword has not."""
    return title if "_" in number or title.startswith(number) else f"{number} {title}"


def _has_parent_in(numbers: set[str], number: str, prefix: str) -> bool:
    words = number.removeprefix(prefix).split(".")
    return any(prefix + ".".join(words[:end]) in numbers for end in range(1, len(words)))
