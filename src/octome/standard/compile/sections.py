"""The sections of an edition, from any source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from octome.standard.block import Block, walk
from octome.standard.compile.markup import caption_anchor, read_html
from octome.standard.official import (
    natural_key,
    numbered,
    official_url,
    part_and_anchor,
    section_number,
)
from octome.standard.sources.records import EditionRecords, Fragment, SectionRecord


class EditionSection(NamedTuple):
    """A section with its own number, `C.7.6.1`, or `PS3.15-E.3.1` in another part than PS3.3.

    `place` is its part, of two digits, and its anchor; `inside` the anchors of what it holds.
    """

    number: str
    title: str
    blocks: tuple[Block, ...]
    url: str
    place: tuple[str, str]
    inside: tuple[str, ...]

    @property
    def path(self) -> str:
        """Of its page."""
        return f"/sections/{self.number}"


def sections_of(records: EditionRecords) -> list[EditionSection]:
    """The sections, in the order of the Standard."""
    if records.section_records:
        return [_read(section) for section in records.section_records]
    found = [
        _read_html(url, html, records.edition)
        for url, html in records.sections.items()
        if section_number(url)
    ]
    return sorted(found, key=lambda section: natural_key(section.number))


def _read(section: SectionRecord) -> EditionSection:
    place = (f"{section.part:02}", section.anchor)
    return EditionSection(
        number=numbered(*place),
        title=section.title or section.label or section.anchor,
        blocks=section.text.blocks,
        url=section.url,
        place=place,
        inside=section.anchors,
    )


def _read_html(url: str, html: str, edition: str) -> EditionSection:
    blocks = read_html(Fragment(html))
    title, rest = titled_section(blocks)
    return EditionSection(
        number=section_number(url),
        title=title,
        blocks=rest,
        url=official_url(url, edition),
        place=part_and_anchor(url),
        inside=tuple(captions(blocks)),
    )


def captions(blocks: tuple[Block, ...]) -> Iterator[str]:
    """The anchors of every captioned figure and table in a section."""
    for block in walk(blocks):
        for span in block.spans:
            anchor = caption_anchor(block.words[span.start : span.end])
            if span.kind == "strong" and anchor:
                yield anchor


def titled_section(blocks: tuple[Block, ...]) -> tuple[str, tuple[Block, ...]]:
    """A section's title without its number, and the rest of it.

    A figure, a table or an entry of the bibliography that is cited by itself has no heading: its
    caption or its label is its title.
    """
    if not blocks or blocks[0].kind != "heading":
        return next(_labels(blocks), "Note"), blocks
    number, _, name = blocks[0].words.partition(" ")
    title = name if re.search(r"\d", number) else f"{number} {name}"
    return title, blocks[1:]


def _labels(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Possible titles of a section without heading: `Figure C.1-1. A Frog`, `Frogs 2020`."""
    for block in walk(blocks):
        for span in block.spans:
            words = block.words[span.start : span.end]
            if span.kind == "strong" and words.startswith(("Figure", "Table")):
                yield words
            if span.kind == "abbreviation" and block.words[: span.start].endswith("["):
                yield words
