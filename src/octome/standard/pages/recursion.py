"""Sequences whose items hold the same sequence again, to any depth: a macro includes itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from octome.standard.pages.reader import Reader
from octome.standard.pages.stored import StoredLine

# Those of sources that write macros out and so lose it. Source: PS3.3 Document Relationship Macro
# and Inventory Reference Macro.
KNOWN = ("0040a730", "00080422")


class Repetition(NamedTuple):
    """What some items hold again: the attributes of the level that `depth` tags lead to."""

    depth: int
    tags: tuple[str, ...]


class Trail(NamedTuple):
    """Where a path of tags leads: to `lines`, by way of `levels`, the root's and those of items.

    `tags` are without those that only repeat.
    """

    tags: tuple[str, ...]
    levels: tuple[list[int], ...]
    lines: list[StoredLine]

    def repetition(self, reader: Reader) -> Repetition | None:
        """What the items at its end hold again; None where they hold nothing again."""
        *above, last = self.levels
        for level in last:
            for (macro,) in reader.rows(
                "SELECT macro FROM inclusion WHERE level = ? AND lines = 0", level
            ):
                for depth in reversed(range(len(above))):
                    if tags := _tags_of(reader, above[depth], macro):
                        return Repetition(depth, tags)
        if last and self.tags and self.tags[-1] in KNOWN:
            tag = self.tags[-1]
            held = (reader.row("SELECT 1 FROM line WHERE level = ? AND tag = ?", level, tag)
                    for level in last)  # fmt: skip
            if not any(held):
                return Repetition(len(above) - 1, (tag,))
        return None


def follow(reader: Reader, edition: str, root: int, tags: Sequence[str]) -> Trail | None:
    """Where tags lead from the root level of a table; None where they lead nowhere.

    Below a sequence that repeats a level they lead on from that level.
    """
    trail = Trail((), ([root],), [])
    for tag in tags:
        found = reader.lines_of(edition, trail.levels[-1], tag)
        if not found:
            again = trail.repetition(reader)
            if again is None or tag not in again.tags:
                return None
            trail = Trail(trail.tags[: again.depth], trail.levels[: again.depth + 1], [])
            found = reader.lines_of(edition, trail.levels[-1], tag)
        trail = Trail((*trail.tags, tag), (*trail.levels, reader.levels_below(found)), found)
    return trail


def _tags_of(reader: Reader, levels: list[int], macro: str) -> tuple[str, ...]:
    """The attributes that some levels have from a macro."""
    return tuple(
        dict.fromkeys(
            tag
            for level in levels
            for (tag,) in reader.rows(
                "SELECT l.tag FROM inclusion i JOIN line l ON l.level = i.level "
                'AND l.position >= i."before" AND l.position < i."before" + i.lines '
                "WHERE i.level = ? AND i.macro = ? ORDER BY l.position",
                level,
                macro,
            )
        )
    )
