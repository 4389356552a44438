"""The parts of the Standard as lines for the terminal."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from octome.terminal.sheet import Sheet

if TYPE_CHECKING:
    from octome.standard.model.section import PartPage, PartSummary, SectionIndex


def index_of_parts(sheet: Sheet, page: SectionIndex) -> list[str]:
    """Each part with its chapters."""
    lines: list[str] = []
    for one in page.parts:
        lines += sheet.head(f"PS3.{one.part.number} {one.part.title}  {one.part.path}")
        lines += _state(one.part, page.edition, sheet.width)
        lines += sheet.columns([(chapter.title, chapter.path) for chapter in one.chapters])
    return lines


def part_lines(sheet: Sheet, page: PartPage) -> list[str]:
    """What a part is about, the pages with its data, and its chapters with their sections."""
    lines = ["", *_state(page.part, page.edition, sheet.width)]
    if page.lists:
        lines += sheet.head("As data")
        lines += sheet.columns([(link.title, link.path) for link in page.lists])
    for chapter in page.chapters:
        lines += sheet.head(f"{chapter.title}  {chapter.path}".rstrip())
        lines += sheet.columns([(link.title, link.path) for link in chapter.sections])
    return [*lines, *sheet.url(page.standard_url)]


def _state(part: PartSummary, edition: str, width: int) -> list[str]:
    of = f" of {part.text_edition}" if part.text_edition != edition else ""
    what = f"section{'s' * (part.sections != 1)}{of}"
    count = f"{part.sections:,} {what} here." if part.sections else ""
    lack = f"{part.missing[:1].upper()}{part.missing[1:]}." if part.missing else ""
    return textwrap.wrap(" ".join(filter(None, (part.about, count, lack))), width)
