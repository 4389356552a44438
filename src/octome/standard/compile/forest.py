"""Attribute trees with every subtree stored once.

The Code Sequence Macro alone is written out thousands of times in the sources. Here a table, and
the items of each sequence, is a *level*: a tuple of lines with a number, and equal levels have the
same number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from hashlib import blake2b
from typing import NamedTuple

from octome.standard.compile.choice import value_types
from octome.standard.sources.records import Include, Row, SourceText


class Line(NamedTuple):
    """One attribute in a level.

    `text` is the number of its description, `place` the path that the text is from if it is not
    its own, `value_types` what a choice among macros depends on, `items` the level below.
    """

    tag: str
    type: str | None
    text: int | None
    place: str | None
    value_types: str | None
    items: int | None


class Inclusion(NamedTuple):
    """A macro that a level includes before the line at `position`: its id, and a text's number.

    `lines` is how many lines of the level are the macro's own and its includes'; none where it is
    included within itself, which has no end.
    """

    position: int
    macro: str
    text: int | None
    lines: int


Macros = Mapping[str, Iterable[Row | Include]]
"""The outline of each macro, by id; each may be read several times."""


class _OpenLevel:
    """A level whose rows are still being read; each is kept with its items until it closes."""

    def __init__(self) -> None:
        self.rows: list[tuple[Row, int | None]] = []
        self.inclusions: list[Inclusion] = []


class Forest:
    """Levels by number; equal levels share one."""

    def __init__(self) -> None:
        self.levels: list[tuple[Line, ...]] = []
        self.inclusions: dict[int, tuple[Inclusion, ...]] = {}
        self._numbers: dict[tuple[tuple[Line, ...], tuple[Inclusion, ...]], int] = {}
        self._digests: dict[int, bytes] = {}

    def add(self, lines: Iterable[Line], inclusions: tuple[Inclusion, ...] = ()) -> int:
        """The number of a level, a new one if no level is equal to it."""
        level = tuple(lines)
        number = self._numbers.setdefault((level, inclusions), len(self.levels))
        if number == len(self.levels):
            self.levels.append(level)
            if inclusions:
                self.inclusions[number] = inclusions
        return number

    def add_outline(
        self,
        rows: Iterable[Row | Include],
        text_number: Callable[[SourceText], int],
        macros: Macros | None = None,
    ) -> int:
        """The number of the level of a table's outline.

        Parameters
        ----------
        rows : iterable of Row and Include
            The outline: a row one deeper than the row before is the first of that row's items.
            The rows of a macro are written out where it is included.
        text_number : callable
            From a description to its number.
        macros : mapping, optional
            The macros that may be included.

        Raises
        ------
        KeyError
            A missing macro is included.
        """
        open_levels = [_OpenLevel()]

        def close(depth: int) -> None:
            while len(open_levels) - 1 > depth:
                below = self._close(open_levels.pop(), text_number)
                row, _ = open_levels[-1].rows[-1]
                open_levels[-1].rows[-1] = (row, below)

        def reach(depth: int) -> _OpenLevel:
            close(depth)
            if depth >= len(open_levels) and open_levels[-1].rows:
                open_levels.append(_OpenLevel())
            return open_levels[-1]

        def read(outline: Iterable[Row | Include], deeper: int, within: tuple[str, ...]) -> None:
            for row in outline:
                level = reach(row.depth + deeper)
                if isinstance(row, Row):
                    level.rows.append((row, None))
                    continue
                position = len(level.rows)
                if row.macro not in within:
                    read((macros or {})[row.macro], row.depth + deeper, (*within, row.macro))
                    close(row.depth + deeper)
                text = text_number(row.text) if row.text else None
                lines = len(level.rows) - position
                level.inclusions.append(Inclusion(position, row.macro, text, lines))

        read(rows, 0, ())
        close(0)
        return self._close(open_levels[0], text_number)

    def _close(self, level: _OpenLevel, text_number: Callable[[SourceText], int]) -> int:
        choices = value_types([row.tag for row, _ in level.rows])
        lines = (
            Line(
                row.tag,
                row.type,
                text_number(row.text) if row.text else None,
                None,
                choice,
                items,
            )
            for (row, items), choice in zip(level.rows, choices, strict=True)
        )
        # A macro that another one includes comes after that one, which is read later.
        inclusions = sorted(level.inclusions, key=lambda one: (one.position, -one.lines))
        return self.add(lines, tuple(inclusions))

    def digest(self, number: int) -> bytes:
        """What a level states, as 16 bytes: the tags and types of all items, in any order.

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
