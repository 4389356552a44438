"""Attribute trees with every subtree stored once.

The Code Sequence Macro alone is written out thousands of times in the sources. Here a table, and
the items of each sequence, is a *level*: a tuple of lines with a number of its own, and equal
levels have the same number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from hashlib import blake2b
from typing import NamedTuple

from octome.standard.compile.choice import value_types
from octome.standard.sources.records import Fragment, Row


class Line(NamedTuple):
    """One attribute in a level.

    `text` is the number of its description, `place` the path whose text that is where it is not
    its own, `value_types` what a choice among macros depends on, `items` the level below.
    """

    tag: str
    type: str | None
    text: int | None
    place: str | None
    value_types: str | None
    items: int | None


class Forest:
    """Levels by number; equal levels share one."""

    def __init__(self) -> None:
        self.levels: list[tuple[Line, ...]] = []
        self._numbers: dict[tuple[Line, ...], int] = {}
        self._digests: dict[int, bytes] = {}

    def add(self, lines: Iterable[Line]) -> int:
        """The number of a level, a new one if no level is equal to it."""
        level = tuple(lines)
        number = self._numbers.setdefault(level, len(self.levels))
        if number == len(self.levels):
            self.levels.append(level)
        return number

    def plant(self, rows: Iterable[Row], text_number: Callable[[Fragment], int]) -> int:
        """The number of the level that a table's outline makes.

        Parameters
        ----------
        rows : iterable of Row
            The outline: a row one deeper than the row before is the first of that row's items.
        text_number : callable
            From a description to its number.
        """
        # Open levels from the root down; a row waits with its items until its level closes.
        open_levels: list[list[tuple[Row, int | None]]] = [[]]

        def close() -> None:
            below = self._close(open_levels.pop(), text_number)
            row, _ = open_levels[-1][-1]
            open_levels[-1][-1] = (row, below)

        for row in rows:
            while row.depth < len(open_levels) - 1:
                close()
            if row.depth >= len(open_levels):
                open_levels.append([])
            open_levels[-1].append((row, None))
        while len(open_levels) > 1:
            close()
        return self._close(open_levels[0], text_number)

    def _close(
        self, waiting: list[tuple[Row, int | None]], text_number: Callable[[Fragment], int]
    ) -> int:
        choices = value_types([row.tag for row, _ in waiting])
        return self.add(
            Line(
                row.tag,
                row.type,
                text_number(row.text) if row.text else None,
                None,
                choice,
                items,
            )
            for (row, items), choice in zip(waiting, choices, strict=True)
        )

    def digest(self, number: int) -> bytes:
        """What a level states, as 16 bytes: the tags and types of all items, whatever the order.

        Two tables with the same digest state the same.
        """
        if number not in self._digests:
            facts = sorted(
                f"{line.tag} {line.type}".encode()
                + (b"" if line.items is None else self.digest(line.items))
                for line in set(self.levels[number])
            )
            self._digests[number] = blake2b(b"\0".join(facts), digest_size=16).digest()
        return self._digests[number]
