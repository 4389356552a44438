"""Expressions over an instance, with three values: true, false, or undecided.

An expression reads from a `Scope`; it does not depend on data sets. None means that the instance
does not decide it, and it propagates as in Kleene's logic: false and unknown is false, true and
unknown is unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, Protocol

Truth = bool | None
Order = Literal["<", "<=", ">", ">="]
# Coding schemes with other values for the codes of SCT (PS3.16 8.1).
OLD_SNOMED = frozenset({"SRT", "SNM3", "99SDM"})


class Scope(Protocol):
    """What an expression reads from the data set that has, or should have, its attribute.

    A result has one entry for each data set where the attribute may be meant: usually one, several
    for an attribute of frames that is read from outside the frames.
    """

    def presence(self, tag: int) -> Truth:
        """Whether the attribute is present, empty or not."""

    def has_value(self, tag: int) -> Truth:
        """Whether it is present with a value, or with an item."""

    def values(self, tag: int) -> Sequence[Sequence[object]] | None:
        """Its values wherever it may be meant; empty if missing; None if unknown or unreadable."""

    def codes(self, tag: int) -> Sequence[tuple[str, str]] | None:
        """Coding scheme and value of the items of a code sequence; None if not known."""

    def number_of_items(self, tag: int) -> int | None:
        """How many items a sequence has, 0 if missing."""

    def is_demanded(self, tag: int) -> Truth:
        """Whether the CIOD requires the attribute in every instance."""

    def predicate(self, name: str) -> Truth:
        """A predicate of the instance or of the scope, by its name in `predicate.py`."""


class Expression(Protocol):
    """Something that is true, false or undecided in a scope."""

    def truth(self, at: Scope, /) -> Truth:
        """Its truth in a scope."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Text that no instance can decide, or that is not understood."""

    words: str

    def truth(self, _at: Scope, /) -> Truth:
        """Never decided."""
        return None


@dataclass(frozen=True, slots=True)
class Constant:
    """Always true, or always false."""

    value: bool

    def truth(self, _at: Scope, /) -> Truth:
        """The value."""
        return self.value


@dataclass(frozen=True, slots=True)
class Present:
    """The attribute is present; `with_value`: and is not empty."""

    tag: int
    with_value: bool = False

    def truth(self, at: Scope) -> Truth:
        """From the scope."""
        return at.has_value(self.tag) if self.with_value else at.presence(self.tag)


@dataclass(frozen=True, slots=True)
class Equals:
    """One value of the attribute is one of those given; `index` picks it, from 0; None: any."""

    tag: int
    among: tuple[str, ...]
    index: int | None = None

    def truth(self, at: Scope) -> Truth:
        """False if the attribute is missing."""
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
    """The value at `index` is none of those given; without `index`, no value is one of them."""

    tag: int
    among: tuple[str, ...]
    index: int | None = None

    def truth(self, at: Scope) -> Truth:
        """Undecided if the attribute is missing: an absent value does not differ."""
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
        """False if the attribute is missing; undecided if its value is not a number."""
        found = at.values(self.tag)
        if found is None:
            return None
        compared = [self._holds(each[self.index]) for each in found if len(each) > self.index]
        return True if True in compared else None if None in compared else False

    def _holds(self, value: object) -> Truth:
        number = as_number(value)
        if number is None:
            return None if value != "" else False
        return {
            "<": number < self.bound,
            "<=": number <= self.bound,
            ">": number > self.bound,
            ">=": number >= self.bound,
        }[self.order]


@dataclass(frozen=True, slots=True)
class HasCode:
    """A code sequence has one of the codes, each a coding scheme and a value."""

    tag: int
    among: tuple[tuple[str, str], ...]

    def truth(self, at: Scope) -> Truth:
        """False if the sequence is missing; unknown for a code that has another name today."""
        found = at.codes(self.tag)
        if found is None:
            return None
        if any(code in self.among for code in found):
            return True
        has_snomed = any(scheme == "SCT" for scheme, _ in self.among)
        return None if has_snomed and any(code[0] in OLD_SNOMED for code in found) else False


@dataclass(frozen=True, slots=True)
class HasItems:
    """A sequence has at least, or exactly, this many items."""

    tag: int
    least: int
    most: int | None = None

    def truth(self, at: Scope) -> Truth:
        """False if the sequence is missing."""
        count = at.number_of_items(self.tag)
        if count is None:
            return None
        return self.least <= count and (self.most is None or count <= self.most)


@dataclass(frozen=True, slots=True)
class PointsToPrivate:
    """A value of the attribute is the tag of a private attribute (PS3.5 7.8)."""

    tag: int

    def truth(self, at: Scope) -> Truth:
        """False if the attribute is missing."""
        found = at.values(self.tag)
        if found is None:
            return None
        return any(isinstance(tag, int) and tag >> 16 & 1 for values in found for tag in values)


@dataclass(frozen=True, slots=True)
class Demanded:
    """The CIOD requires the attribute in every instance."""

    tag: int

    def truth(self, at: Scope) -> Truth:
        """From the scope."""
        return at.is_demanded(self.tag)


@dataclass(frozen=True, slots=True)
class Predicate:
    """A named predicate, which is not about one attribute: see `predicate.py`."""

    name: str

    def truth(self, at: Scope) -> Truth:
        """From the scope."""
        return at.predicate(self.name)


def same(value: object, term: str) -> bool:
    """Whether a value equals a term of the Standard, as text or as a number.

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
    """A value as a number, also hexadecimal as in the Standard (`0001H`); None if it is not one."""
    if isinstance(value, int | float):
        return float(value)
    text = str(value)
    try:
        return float(int(text[:-1], 16)) if text[-1:] == "H" else float(text)
    except ValueError:
        return None
