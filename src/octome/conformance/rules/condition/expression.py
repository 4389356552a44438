"""Expressions over an instance, in three values: true, false, or not to be decided.

An expression asks a `Scope` for what it needs; it knows nothing of data sets. None means that
the instance does not decide it, and it spreads as in Kleene's logic: false and unknown is false,
true and unknown is unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, Protocol, get_args

Truth = bool | None
Word = Literal["and", "or"]
Order = Literal["<", "<=", ">", ">="]


class Scope(Protocol):
    """What an expression may ask of the data set that its attribute is in, or has to be in.

    Each answer is one for every data set where the attribute may be meant: usually one, several
    where it is about a frame and the question comes from outside of the frames.
    """

    def presence(self, tag: int) -> Truth:
        """Whether the attribute is there, empty or not."""

    def has_value(self, tag: int) -> Truth:
        """Whether it is there with a value, or with an item."""

    def values(self, tag: int) -> Sequence[Sequence[object]] | None:
        """Its values wherever it is meant; empty if it is not there; None if that is not known."""

    def codes(self, tag: int) -> Sequence[tuple[str, str]] | None:
        """Coding scheme and value of the items of a code sequence; None if not known."""

    def number_of_items(self, tag: int) -> int | None:
        """How many items a sequence has, 0 if it is not there."""

    def is_demanded(self, tag: int) -> Truth:
        """Whether the CIOD requires the attribute in every instance, whatever this one holds."""

    def predicate(self, name: str) -> Truth:
        """A predicate of the instance or of the scope, by its name in `predicate.py`."""


class Expression(Protocol):
    """Something that is true or false of a place, or that the place cannot decide."""

    def truth(self, at: Scope, /) -> Truth:
        """Its truth in a scope."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Words that no instance can decide, or that are not understood."""

    words: str

    def truth(self, _at: Scope, /) -> Truth:
        """Never decided."""
        return None


@dataclass(frozen=True, slots=True)
class Constant:
    """What holds, or does not, whatever the instance."""

    value: bool

    def truth(self, _at: Scope, /) -> Truth:
        """The value."""
        return self.value


@dataclass(frozen=True, slots=True)
class Present:
    """The attribute is there; `with_value`: and is not empty."""

    tag: int
    with_value: bool = False

    def truth(self, at: Scope) -> Truth:
        """Asked of the place."""
        return at.has_value(self.tag) if self.with_value else at.presence(self.tag)


@dataclass(frozen=True, slots=True)
class Equals:
    """One value of the attribute is one of those; `index` picks the value, from 0; None: any."""

    tag: int
    among: tuple[str, ...]
    index: int | None = None

    def truth(self, at: Scope) -> Truth:
        """False where the attribute is not there."""
        found = at.values(self.tag)
        if found is None:
            return None
        return any(self._holds(values) for values in found)

    def _holds(self, values: Sequence[object]) -> bool:
        if self.index is None:
            return any(same(value, term) for value in values for term in self.among)
        return len(values) > self.index and any(
            same(values[self.index], term) for term in self.among
        )


@dataclass(frozen=True, slots=True)
class Differs:
    """One value of the attribute is none of those; without `index`, no value is."""

    tag: int
    among: tuple[str, ...]
    index: int | None = None

    def truth(self, at: Scope) -> Truth:
        """Not decided where the attribute is not there: an absent value does not differ."""
        found = at.values(self.tag)
        if not found or not any(found):
            return None
        return not Equals(self.tag, self.among, self.index).truth(at)


@dataclass(frozen=True, slots=True)
class Compares:
    """The value is compared with a number: `<`, `<=`, `>` or `>=`."""

    tag: int
    order: Order
    bound: float
    index: int = 0

    def truth(self, at: Scope) -> Truth:
        """False where the attribute is not there."""
        found = at.values(self.tag)
        if found is None:
            return None
        return any(len(values) > self.index and self._holds(values[self.index]) for values in found)

    def _holds(self, value: object) -> bool:
        number = as_number(value)
        if number is None:
            return False
        return {
            "<": number < self.bound,
            "<=": number <= self.bound,
            ">": number > self.bound,
            ">=": number >= self.bound,
        }[self.order]


@dataclass(frozen=True, slots=True)
class HasCode:
    """A code sequence holds one of the codes, each a coding scheme and a value."""

    tag: int
    among: tuple[tuple[str, str], ...]

    def truth(self, at: Scope) -> Truth:
        """False where the sequence is not there."""
        found = at.codes(self.tag)
        return None if found is None else any(code in self.among for code in found)


@dataclass(frozen=True, slots=True)
class HasItems:
    """A sequence has at least, or exactly, so many items."""

    tag: int
    least: int
    most: int | None = None

    def truth(self, at: Scope) -> Truth:
        """False where the sequence is not there."""
        count = at.number_of_items(self.tag)
        if count is None:
            return None
        return self.least <= count and (self.most is None or count <= self.most)


@dataclass(frozen=True, slots=True)
class PointsToPrivate:
    """A value of the attribute is the tag of a private one (PS3.5 7.8)."""

    tag: int

    def truth(self, at: Scope) -> Truth:
        """False where the attribute is not there."""
        found = at.values(self.tag)
        if found is None:
            return None
        return any(isinstance(tag, int) and tag >> 16 & 1 for values in found for tag in values)


@dataclass(frozen=True, slots=True)
class Demanded:
    """The CIOD requires the attribute in every instance."""

    tag: int

    def truth(self, at: Scope) -> Truth:
        """Asked of the place."""
        return at.is_demanded(self.tag)


@dataclass(frozen=True, slots=True)
class Predicate:
    """A named predicate, which is not about one attribute: see `predicate.py`."""

    name: str

    def truth(self, at: Scope) -> Truth:
        """Asked of the place."""
        return at.predicate(self.name)


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite."""

    part: Expression

    def truth(self, at: Scope) -> Truth:
        """Not known if the part is not."""
        truth = self.part.truth(at)
        return None if truth is None else not truth


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds."""

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
    """One of the parts holds."""

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
    """Parts joined by `and` and by `or`, where the words leave open which are taken together.

    `words` has the word between each part and the next.
    """

    parts: tuple[Expression, ...]
    words: tuple[Word, ...]

    def __post_init__(self) -> None:
        if len(self.words) != len(self.parts) - 1 or not set(self.words) <= set(get_args(Word)):
            raise ValueError(f"{len(self.parts)} parts cannot be joined by {self.words}")

    def truth(self, at: Scope) -> Truth:
        """What every way of taking them together gives; not decided where these differ."""
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


def _joined(word: Word, left: Truth, right: Truth) -> Truth:
    """Two truths joined by a word."""
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
    """The words in an expression that were not understood."""
    match expression:
        case Unknown(words):
            return [words]
        case Not(part):
            return unknowns(part)
        case All(parts) | AnyOf(parts) | Mixed(parts):
            return [words for part in parts for words in unknowns(part)]
    return []


def same(value: object, term: str) -> bool:
    """Whether a value is the one that the Standard names: as text, or as a number.

    Examples
    --------
    >>> same("YES", "YES"), same(8, "8"), same("1.0", "1"), same(1, "0001H")
    (True, True, True, True)
    """
    if isinstance(value, str):
        if value == term:
            return True
        if term[:1].isalpha() and term[-1:] != "H":
            return False  # a word, as nearly all are
    number, expected = as_number(value), as_number(term)
    return number is not None and number == expected


@lru_cache(1 << 12)
def as_number(value: object) -> float | None:
    """A value as a number; hexadecimal as the Standard writes it (`0001H`); None if it is none."""
    if isinstance(value, int | float):
        return float(value)
    text = str(value)
    try:
        return float(int(text[:-1], 16)) if text[-1:] == "H" else float(text)
    except ValueError:
        return None
