"""Expressions joined: not, and, or, and an order of both that is not clear."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from octome.conformance.rules.condition.expression import Expression, Scope, Truth, Unknown

Word = Literal["and", "or"]


@dataclass(frozen=True, slots=True)
class Not:
    """The negation."""

    part: Expression

    def truth(self, at: Scope) -> Truth:
        """Unknown if the part is unknown."""
        truth = self.part.truth(at)
        return None if truth is None else not truth


@dataclass(frozen=True, slots=True)
class All:
    """Every part is true."""

    parts: tuple[Expression, ...]

    def truth(self, at: Scope) -> Truth:
        """False as soon as one is."""
        every: Truth = True
        for part in self.parts:
            truth = part.truth(at)
            if truth is False:
                return False
            if truth is None:
                every = None
        return every


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part is true."""

    parts: tuple[Expression, ...]

    def truth(self, at: Scope) -> Truth:
        """True as soon as one is."""
        any_: Truth = False
        for part in self.parts:
            truth = part.truth(at)
            if truth:
                return True
            if truth is None:
                any_ = None
        return any_


@dataclass(frozen=True, slots=True)
class Mixed:
    """Parts joined by `and` and by `or` whose grouping is ambiguous.

    `words` has the conjunction between each part and the next.
    """

    parts: tuple[Expression, ...]
    words: tuple[Word, ...]

    def __post_init__(self) -> None:
        if len(self.words) != len(self.parts) - 1 or not set(self.words) <= set(get_args(Word)):
            raise ValueError(f"{len(self.parts)} parts cannot be joined by {self.words}")

    def truth(self, at: Scope) -> Truth:
        """The common result of every grouping; undecided if they differ."""
        truths = [part.truth(at) for part in self.parts]
        found: dict[tuple[int, int], set[Truth]] = {
            (at, at + 1): {truth} for at, truth in enumerate(truths)
        }
        for length in range(2, len(truths) + 1):
            for start in range(len(truths) - length + 1):
                end = start + length
                found[start, end] = {
                    _joined(self.words[middle - 1], left, right)
                    for middle in range(start + 1, end)
                    for left in found[start, middle]
                    for right in found[middle, end]
                }
        every = found[0, len(truths)]
        return every.pop() if len(every) == 1 else None


@dataclass(frozen=True, slots=True)
class Agreed:
    """One statement that can be read in several ways."""

    readings: tuple[Expression, ...]

    def truth(self, at: Scope) -> Truth:
        """The common result of every reading; undecided if they differ."""
        truths = {reading.truth(at) for reading in self.readings}
        return truths.pop() if len(truths) == 1 else None


def _joined(word: Word, left: Truth, right: Truth) -> Truth:
    """Two truths joined by a conjunction."""
    decisive = word == "or"
    if decisive in (left, right):
        return decisive
    return None if None in (left, right) else not decisive


def both(parts: Iterable[Expression]) -> Expression:
    """All of the parts; a single one is itself."""
    parts = tuple(parts)
    return parts[0] if len(parts) == 1 else All(parts)


def either(parts: Iterable[Expression]) -> Expression:
    """Any of the parts; a single one is itself."""
    parts = tuple(parts)
    return parts[0] if len(parts) == 1 else AnyOf(parts)


def unknowns(expression: Expression) -> list[str]:
    """The texts in an expression that were not understood."""
    match expression:
        case Unknown(words):
            return [words]
        case Not(part):
            return unknowns(part)
        case All(parts) | AnyOf(parts) | Mixed(parts) | Agreed(parts):
            return [words for part in parts for words in unknowns(part)]
    return []
