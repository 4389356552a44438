"""Text and order for an edition that has only facts, lent by an older edition that has both.

The lender is asked for the same module and path first. Failing that, a level made of the same
tags, or the usual items of the same sequence, lends; and then each line says whose text it is.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Mapping, Sequence

from octome.standard.compile.forest import Forest, Line

GROUP = 4  # digits of a tag


class Lender:
    """An edition with text, ready to lend.

    Parameters
    ----------
    forest : Forest
        Holds both editions' levels.
    tables : mapping
        The lender's modules and macros: path to the number of the root level.
    """

    def __init__(self, forest: Forest, tables: Mapping[str, int]) -> None:
        self._forest = forest
        self._place: dict[int, str] = {}
        counts: Counter[int] = Counter()
        waiting = deque((level, path) for path, level in tables.items())
        while waiting:
            level, path = waiting.popleft()
            counts[level] += 1
            if level in self._place:
                continue
            self._place[level] = path
            for line in forest.levels[level]:
                if line.items is not None:
                    waiting.append((line.items, f"{path}/{line.tag}"))
        self._level_of_tags: dict[frozenset[str], int] = {}
        self._level_of_parent: dict[str, int] = {}
        self._line_of_tag: dict[str, tuple[int, Line]] = {}
        # The commonest first, so that it is the one that stays.
        for level, _ in counts.most_common():
            lines = forest.levels[level]
            self._level_of_tags.setdefault(frozenset(line.tag for line in lines), level)
            for line in lines:
                if line.text is not None:
                    self._line_of_tag.setdefault(line.tag, (level, line))
                if line.items is not None:
                    self._level_of_parent.setdefault(line.tag, line.items)
        self._lent: dict[tuple[int, int | None, bool, str], int] = {}

    def lend(self, own: int, same: int | None, parent: str = "") -> int:
        """The borrower's level `own` in the Standard's order and with text.

        Parameters
        ----------
        own : int
            The borrower's level.
        same : int or None
            The lender's level at the same path, if it has one.
        parent : str
            The tag of the sequence whose items `own` are; empty for a whole table.
        """
        return self._lend(own, same, same is not None, parent)

    def _lend(self, own: int, reference: int | None, is_same: bool, parent: str) -> int:  # noqa: FBT001
        lines = self._forest.levels[own]
        if reference is None:
            is_same = False
            tags = frozenset(line.tag for line in lines)
            reference = self._level_of_tags.get(tags, self._level_of_parent.get(parent))
        key = (own, reference, is_same, parent)
        if key not in self._lent:
            model = self._forest.levels[reference] if reference is not None else ()
            foreign = None if is_same or reference is None else self._place[reference]
            pairs = in_order_of(lines, model)
            self._lent[key] = self._forest.add(
                self._with_text(line, twin, foreign, is_same) for line, twin in pairs
            )
        return self._lent[key]

    def _with_text(
        self,
        line: Line,
        twin: Line | None,
        foreign: str | None,
        is_same: bool,  # noqa: FBT001
    ) -> Line:
        """The borrower's line with the text of the lender's, from the place `foreign` if set."""
        text, place, items = None, None, line.items
        if twin is not None and twin.text is not None:
            text = twin.text
            place = f"{foreign}/{line.tag}" if foreign else None
        elif line.tag in self._line_of_tag:
            level, other = self._line_of_tag[line.tag]
            text, place = other.text, f"{self._place[level]}/{line.tag}"
        if items is not None:
            below = twin.items if twin is not None else None
            if twin is not None and line.value_types != twin.value_types and below is not None:
                # One of several macros that the borrower has merged: only this one's items.
                own = {other.tag for other in self._forest.levels[below]}
                merged = self._forest.levels[items]
                items = self._forest.add(other for other in merged if other.tag in own)
            items = self._lend(items, below, is_same and below is not None, line.tag)
        value_types = twin.value_types if twin is not None else line.value_types
        return line._replace(text=text, place=place, value_types=value_types, items=items)


def in_order_of(lines: Iterable[Line], model: Sequence[Line]) -> list[tuple[Line, Line | None]]:
    """Lines in the order of a model, each with its twin there; a new one after a neighbour.

    A line whose tag stands several times in the model, once for each macro, stands as often. A new
    one comes after the one with the next lower tag of its group.

    Examples
    --------
    >>> tags = ("00200001", "00200002", "00200003")
    >>> one, two, three = (Line(tag, None, None, None, None, None) for tag in tags)
    >>> [line.tag[-1] for line, _ in in_order_of([one, two, three], [three, one])]
    ['3', '1', '2']
    """
    lines = list(lines)
    own = {line.tag: line for line in lines}
    ordered: list[tuple[Line, Line | None]] = [
        (own[twin.tag], twin) for twin in model if twin.tag in own
    ]
    known = {twin.tag for twin in model}
    for line in sorted((line for line in lines if line.tag not in known), key=lambda one: one.tag):
        lower = [
            (other.tag, at)
            for at, (other, _) in enumerate(ordered)
            if other.tag < line.tag and other.tag[:GROUP] == line.tag[:GROUP]
        ]
        ordered.insert(max(lower)[1] + 1 if lower else len(ordered), (line, None))
    return ordered
