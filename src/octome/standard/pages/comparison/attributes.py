"""What changed in one attribute of a module or macro: its Type, and its description."""

from __future__ import annotations

from octome.standard.model.attribute import display_tag
from octome.standard.model.page import Link
from octome.standard.model.text import Text
from octome.standard.pages.comparison.changes import property_changes
from octome.standard.pages.comparison.descriptions import descriptions_not_compared
from octome.standard.pages.comparison.found import Found
from octome.standard.pages.comparison.side import Side, Sides
from octome.standard.pages.comparison.tables import counterparts, has_attributes, not_here
from octome.standard.pages.comparison.text import own_passages
from octome.standard.pages.stored import StoredLine, StoredTable


def of_attribute(sides: Sides, path: str, words: list[str]) -> Found | None:
    """One attribute in a module or macro, by tags or keywords; None where neither has it."""
    both = counterparts(sides, path)
    was, now = (_lines(side, table, words) for side, table in zip(sides, both, strict=True))
    side, table, lines = (sides.after, both[1], now) if now else (sides.before, both[0], was)
    if not lines or table is None:
        return None
    tags = [side.reader.tag(side.edition, word) or word for word in words]
    subject = Link(
        "/".join((table.path, *tags)), f"{display_tag(tags[-1])} {lines[0].name} in {table.name}"
    )
    lacking = [each for each, found in zip(sides, (was, now), strict=True) if not found]
    if lacking:
        return Found(subject, (_why(lacking[0], path, both[sides.index(lacking[0])], tags),), {})
    types = [", ".join(sorted({line.type or "none" for line in found})) for found in (was, now)]
    old, new = _text(sides.before, was[0]), _text(sides.after, now[0])
    found = own_passages(sides, old, new)
    return Found(
        subject,
        () if found else tuple(descriptions_not_compared(sides)),
        {
            "properties": property_changes(sides, subject.path, {"Type": (types[0], types[1])}),
            "passages": found,
        },
    )


def _lines(side: Side, table: StoredTable | None, words: list[str]) -> list[StoredLine]:
    return side.reader.lines_at(side.edition, table.level, words) if table else []


def _text(side: Side, line: StoredLine) -> Text | None:
    return side.reader.text(line.text, line.place)


def _why(side: Side, path: str, table: StoredTable | None, tags: list[str]) -> str:
    if not has_attributes(side, path, table):
        return not_here(side.edition)
    known = side.known_tags
    if known is not None and not set(tags) <= known:
        return f"Not compared: the source of {side.edition} does not have it."
    return f"{side.edition} does not have it there."
