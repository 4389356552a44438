"""Text and order for an edition that has only facts, lent by an older edition that has both.

The lender is asked for the same module and path first. Failing that, a level made of the same
tags, or the usual items of the same sequence, lends; and then each line says whose text it is.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Mapping

from octome.standard.forest import Forest, Line


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
            self._lent[key] = self._forest.add(
                self._with_text(line, model, reference if not is_same else None, is_same)
                for line in in_order_of(lines, [line.tag for line in model])
            )
        return self._lent[key]

    def _with_text(
        self,
        line: Line,
        model: tuple[Line, ...],
        foreign: int | None,
        is_same: bool,  # noqa: FBT001
    ) -> Line:
        # A tag may stand several times in the model, once for each macro: take the fullest.
        twins = [other for other in model if other.tag == line.tag]
        twin = max(
            twins, key=lambda t: len(self._forest.levels[t.items]) if t.items else 0, default=None
        )
        text, place = None, None
        if twin is not None and twin.text is not None:
            text = twin.text
            place = None if foreign is None else f"{self._place[foreign]}/{line.tag}"
        elif line.tag in self._line_of_tag:
            level, other = self._line_of_tag[line.tag]
            text, place = other.text, f"{self._place[level]}/{line.tag}"
        items = line.items
        if items is not None:
            below = twin.items if twin is not None else None
            items = self._lend(items, below, is_same and below is not None, line.tag)
        return line._replace(text=text, place=place, items=items)


def in_order_of(lines: Iterable[Line], model: list[str]) -> list[Line]:
    """Lines in the order of the model's tags; each new one after its nearest lower neighbour.

    Examples
    --------
    >>> new = [Line(tag, None, None, None, None, None) for tag in ("0010", "0011", "0020")]
    >>> [line.tag for line in in_order_of(new, ["0020", "0010"])]
    ['0020', '0010', '0011']
    """
    lines = list(lines)
    position = {tag: index for index, tag in reversed(list(enumerate(model)))}
    ordered = sorted(
        (line for line in lines if line.tag in position), key=lambda line: position[line.tag]
    )
    for line in sorted(
        (line for line in lines if line.tag not in position), key=lambda line: line.tag
    ):
        lower = [
            other for other in ordered if other.tag < line.tag and other.tag[:4] == line.tag[:4]
        ]
        at = ordered.index(max(lower, key=lambda other: other.tag)) + 1 if lower else len(ordered)
        ordered.insert(at, line)
    return ordered
