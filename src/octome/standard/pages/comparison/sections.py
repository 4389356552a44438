"""What changed in one section and in all sections within it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from octome.standard.block import Block
from octome.standard.counted import counted
from octome.standard.model.edition_diff import COMPARED_WITH, Passage
from octome.standard.model.page import Link
from octome.standard.pages.comparison.changes import Entry, changes
from octome.standard.pages.comparison.found import Found
from octome.standard.pages.comparison.side import Side, Sides
from octome.standard.pages.comparison.text import passages
from octome.standard.pages.part import split_number

MOST = 40
"""Of more sections that differ, the paragraphs are only on the page of each."""
# A dot is followed by a slash in ASCII: all that begins with the number and a dot.
WITHIN = (
    "SELECT number, title, text, digest FROM section WHERE edition = ?1 "
    "AND (number = ?2 OR number > ?2 || '.' AND number < ?2 || '/') ORDER BY position"
)


class Stored(NamedTuple):
    """A section in the store of an edition."""

    number: str
    title: str
    text: int
    digest: bytes

    @property
    def link(self) -> Link:
        """To its page."""
        return Link(f"/sections/{self.number}", f"{self.number} {self.title}")


def of_section(sides: Sides, number: str) -> Found | None:
    """The paragraphs of one section and those within it; None where neither edition has any."""
    was, now = ({found.number: found for found in _within(side, number)} for side in sides)
    if not was and not now:
        return None
    named = now.get(number) or was.get(number)
    subject = named.link if named else Link(f"/sections/{number}", number)
    part = str(split_number(number)[0])
    holed = [side.edition for side in sides if part not in side.reader.whole_parts[side.edition]]
    lacking = [
        side.edition
        for side, found in zip(sides, (was, now), strict=True)
        if number not in found and side.edition in holed
    ]
    if lacking:
        notes = [f"Not compared: {edition} does not have it here." for edition in lacking]
        return Found(subject, tuple(notes), {})
    notes = [
        f"{side.edition} does not have this section."
        for side, found in zip(sides, (was, now), strict=True)
        if number not in found
    ]
    if holed and was.keys() != now.keys():
        # What such a source lacks has neither come nor gone.
        was, now = (
            {key: one[key] for key in one if key in was and key in now} for one in (was, now)
        )
        notes.append(f"{' and '.join(holed)}: only some sections of PS3.{part} are here.")
    if below := (was.keys() | now.keys()) - {number}:
        notes.append(f"{COMPARED_WITH}{counted(len(below), 'section')} within it.")
    listed = changes(
        sides,
        *(
            {key: _entry(one) for key, one in found.items() if key != number}
            for found in (was, now)
        ),
    )
    differing = [
        key
        for key in dict.fromkeys((*now, *was))
        if key not in was or key not in now or was[key].digest != now[key].digest
    ]
    if len(differing) > MOST:
        return Found(subject, tuple(notes), {"sections": listed})
    found = tuple(
        replace(passage, within=None if key == number else (now.get(key) or was[key]).link)
        for key in differing
        for passage in _passages(sides, was.get(key), now.get(key))
    )
    return Found(subject, tuple(notes), {"sections": listed, "passages": found})


def _within(side: Side, number: str) -> Iterator[Stored]:
    return (Stored(*row) for row in side.reader.rows(WITHIN, side.edition, number))


def _entry(one: Stored) -> Entry:
    return Entry(one.title, one.link.path, state=one.digest, number=one.number)


def _passages(sides: Sides, was: Stored | None, now: Stored | None) -> tuple[Passage, ...]:
    texts = (
        (Block(kind="heading", words=one.title), *side.reader.blocks(one.text)) if one else ()
        for side, one in zip(sides, (was, now), strict=True)
    )
    return passages(*texts)
