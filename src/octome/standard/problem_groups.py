"""Problems of an edition as few lines: what is wrong in the same way is one line."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from octome.standard.sources.records import Problem

NOT_IN_SOURCE = "not in the source: part {}"
OF_PART = re.compile(r"part (\d+)\b")
MOST_SHOWN = 3


def grouped(problems: Iterable[Problem]) -> list[str]:
    """A line for each kind of problem of a part, with the first few and how many more there are.

    The words of a problem begin with its kind: `a row without a tag: Frog Name`.
    """
    groups: dict[tuple[int, str], list[Problem]] = {}
    for problem in problems:
        groups.setdefault((problem.part, problem.words.partition(": ")[0]), []).append(problem)
    lines = []
    for (part, kind), found in groups.items():
        if kind == NOT_IN_SOURCE.partition(": ")[0]:
            numbers = [int(number) for each in found for number in OF_PART.findall(each.words)]
            lines.append(f"{kind}: {'part' if len(found) == 1 else 'parts'} {spelled(numbers)}")
        elif len(found) <= MOST_SHOWN:
            lines += map(str, found)
        else:
            place = f"PS3.{part}: " if part else ""
            shown = ", ".join(map(_detail, found[:MOST_SHOWN]))
            more = len(found) - MOST_SHOWN
            lines.append(f"{place}{kind} ({len(found):,}): {shown} and {more:,} more")
    return lines


def is_missing_part(problem: Problem) -> bool:
    """Whether a problem is that the source has no such part."""
    return problem.words.startswith(NOT_IN_SOURCE.format(""))


def _detail(problem: Problem) -> str:
    words = problem.words.partition(": ")[2]
    return f"{words} in {problem.anchor}" if words and problem.anchor else words or problem.anchor


def is_of(words: str, numbers: Collection[int]) -> bool:
    """Whether the words of a problem name one of these parts."""
    found = OF_PART.search(words)
    return found is not None and int(found[1]) in numbers


def spelled(numbers: Iterable[int]) -> str:
    """Numbers in order, runs of three or more as ranges.

    Examples
    --------
    >>> spelled([1, 2, 8, 10, 11, 12])
    '1, 2, 8, 10 to 12'
    """
    runs = groupby(enumerate(sorted(numbers)), lambda each: each[1] - each[0])
    words: list[str] = []
    for _, pairs in runs:
        run = [number for _, number in pairs]
        words += [f"{run[0]} to {run[-1]}"] if len(run) > 2 else map(str, run)
    return ", ".join(words)
