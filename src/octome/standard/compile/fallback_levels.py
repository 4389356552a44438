"""Order and text of attribute tables for an edition that has only facts, from its fallback edition.

A level is first matched with the one at the same module and path. Failing that, with a level of the
same tags, or with the usual items of the same sequence; each line then names the source of its
text. An attribute alone takes no text from another place: there it may mean something else. Nor
does it take a text that contradicts its Type.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from octome.standard.compile.forest import Forest, Line

GROUP = 4  # digits of a tag
# Levels of so many tags that are the same are one macro, whatever sequence they are in.
TAGS_OF_A_MACRO = 3


class Model(NamedTuple):
    """The fallback edition's level that another one takes its order and text from.

    `is_same_place`: both are at the same module and path.
    """

    level: int | None
    is_same_place: bool


class FallbackLevels:
    """The attribute tables of an edition with text, for editions that have none.

    Parameters
    ----------
    forest : Forest
        Holds the levels of all editions.
    tables : mapping
        The fallback edition's modules and macros: path to the number of the root level.
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
        # The most common first, so that it is kept.
        for level, _ in counts.most_common():
            lines = forest.levels[level]
            self._level_of_tags.setdefault(frozenset(line.tag for line in lines), level)
            for line in lines:
                if line.text is not None:
                    self._line_of_tag.setdefault(line.tag, (level, line))
                if line.items is not None:
                    self._level_of_parent.setdefault(line.tag, line.items)
        self._completed: dict[tuple[int, Model, str], int] = {}

    def completed(self, own: int, same_place: int | None) -> int:
        """A table of an edition without text, in the Standard's order and with text.

        Parameters
        ----------
        own : int
            The root level of the table.
        same_place : int or None
            The fallback edition's root level of the same table, if it has that table.
        """
        return self._complete(own, Model(same_place, same_place is not None), "")

    def _complete(self, own: int, model: Model, parent: str) -> int:
        """A level completed; `parent` is the tag of the sequence it is below, if any."""
        lines = self._forest.levels[own]
        if model.level is None:
            tags = frozenset(line.tag for line in lines)
            alike = self._level_of_tags.get(tags) if len(tags) >= TAGS_OF_A_MACRO else None
            if alike is None:
                alike = self._level_of_parent.get(parent)
            model = Model(alike, is_same_place=False)
        key = (own, model, parent)
        if key not in self._completed:
            ordered = in_order_of(
                lines, () if model.level is None else self._forest.levels[model.level]
            )
            self._completed[key] = self._forest.add(
                self._with_text(line, counterpart, model) for line, counterpart in ordered
            )
        return self._completed[key]

    def _with_text(self, line: Line, counterpart: Line | None, model: Model) -> Line:
        """A line with the text of its counterpart in the model, or of the same sequence."""
        text, place, items = None, None, line.items
        level, fallback = model.level, counterpart
        is_same_place = model.is_same_place
        if fallback is None or fallback.text is None:
            level, fallback = self._same_sequence(line)
            is_same_place = False
        if fallback is not None and not _contradicts(line, fallback, is_same_place=is_same_place):
            text = fallback.text
            if level is not None and not is_same_place:
                place = f"{self._place[level]}/{line.tag}"
        value_types = line.value_types if counterpart is None else counterpart.value_types
        if items is not None:
            below = None if counterpart is None else counterpart.items
            if below is not None and line.value_types != value_types:
                # One of several macros that the source has merged: only the items of this one.
                tags = {item.tag for item in self._forest.levels[below]}
                merged = self._forest.levels[items]
                items = self._forest.add(item for item in merged if item.tag in tags)
            is_below_same = model.is_same_place and below is not None
            items = self._complete(items, Model(below, is_below_same), line.tag)
        return line._replace(text=text, place=place, value_types=value_types, items=items)

    def _same_sequence(self, line: Line) -> tuple[int | None, Line | None]:
        """The usual line of a sequence if its items have the same tags, with its level."""
        level, usual = self._line_of_tag.get(line.tag, (None, None))
        if usual is None or line.items is None or usual.items is None:
            return None, None
        levels = self._forest.levels
        own, others = ({item.tag for item in levels[at]} for at in (line.items, usual.items))
        return (level, usual) if own == others else (None, None)


def _contradicts(line: Line, fallback: Line, *, is_same_place: bool) -> bool:
    """Whether the text of one line contradicts the Type of another.

    At the same place the Type may have changed: a text may lack a condition then, but not state one
    that no longer exists.
    """
    if is_same_place:
        return is_conditional(fallback.type) and not is_conditional(line.type)
    return fallback.type != line.type


def is_conditional(type_: str | None) -> bool:
    """Whether an attribute of a Type depends on a condition."""
    return type_ in ("1C", "2C")


def in_order_of(lines: Iterable[Line], model: Sequence[Line]) -> list[tuple[Line, Line | None]]:
    """Lines in the order of a model, each with its counterpart there, if it has one.

    A line whose tag is in the model several times, once for each macro, comes as often. One whose
    tag is not in the model comes after the line with the next lower tag of its group.

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
        (own[counterpart.tag], counterpart) for counterpart in model if counterpart.tag in own
    ]
    known = {counterpart.tag for counterpart in model}
    for line in sorted((line for line in lines if line.tag not in known), key=lambda one: one.tag):
        lower = [
            (other.tag, at)
            for at, (other, _) in enumerate(ordered)
            if other.tag < line.tag and other.tag[:GROUP] == line.tag[:GROUP]
        ]
        ordered.insert(max(lower)[1] + 1 if lower else len(ordered), (line, None))
    return ordered
