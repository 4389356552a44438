"""What is stated of one attribute, from text to an expression: the rest of a statement."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from octome.conformance.rules.condition.expression import (
    Compares,
    Differs,
    Equals,
    Expression,
    HasCode,
    HasItems,
    PointsToPrivate,
    Present,
)
from octome.conformance.rules.condition.logic import All, Not
from octome.conformance.rules.condition.phrase import (
    ABSENT,
    BETWEEN,
    CODE,
    CODED,
    EMPTY,
    FILLED,
    ITEMS,
    LIKE,
    MEANING,
    NON_ZERO,
    NOT_CODED,
    NUMBERS,
    ORDERS,
    OTHER,
    POINTS,
    PRIVATE,
    THERE,
    UNLIKE,
    VALUE,
    ZERO,
)
from octome.conformance.rules.condition.wording import tokens_in


@dataclass(frozen=True, slots=True)
class Subject:
    """The attribute that a statement is about; `index` picks one of its values."""

    tag: int
    index: int | None = None


class NotUnderstood(Exception):
    """No rule matches the text."""


def stated(words: str, subject: Subject) -> Expression:
    """What a statement says of its subject; all of its text must be understood."""
    words = words.strip()
    for pattern, build in _SIMPLE:
        match = pattern.fullmatch(words)
        if match:
            return build(subject, match)
    for pattern, order in ORDERS:
        match = pattern.fullmatch(words)
        if match:
            bound = float(NUMBERS.get(match["number"], match["number"]))
            return Compares(subject.tag, order, bound, subject.index or 0)
    for pattern, built in _COMPARISONS:
        match = pattern.match(words)
        if match and match.end():
            expression = built(subject, words[match.end() :].strip(" ,"))
            if expression is not None:
                return expression
    raise NotUnderstood


def _points(subject: Subject, match: re.Match[str]) -> Expression:
    return Equals(subject.tag, tuple(str(tag) for tag in tokens_in(match["others"])))


def _items(subject: Subject, match: re.Match[str]) -> Expression:
    count = NUMBERS.get(match["count"] or "one", 1)
    how = match["how"] or "exactly"
    if match["count"] == "multiple":
        return HasItems(subject.tag, 2)
    if how == "more than":
        return HasItems(subject.tag, count + 1)
    return HasItems(subject.tag, count, None if how == "at least" else count)


_SIMPLE: tuple[tuple[re.Pattern[str], Callable[[Subject, re.Match[str]], Expression]], ...] = (
    (ABSENT, lambda s, _: Not(Present(s.tag))),
    (EMPTY, lambda s, _: Not(Present(s.tag, with_value=True))),
    (NON_ZERO, lambda s, _: _non_zero(s)),
    (FILLED, lambda s, _: Present(s.tag, with_value=True)),
    (THERE, lambda s, _: Present(s.tag)),
    (ZERO, lambda s, _: Equals(s.tag, ("0",), s.index)),
    (POINTS, _points),
    (PRIVATE, lambda s, _: PointsToPrivate(s.tag)),
    (ITEMS, _items),
)  # fmt: skip


def _terms(words: str) -> tuple[str, ...] | None:
    """A list of values; None unless it is understood to its end."""
    found, at = [], 0
    words = re.sub(r"^(?:the )?(?:values? )?(?:of )?(?:either )?", "", words)
    while True:
        match = VALUE.match(words, at)
        if match is None:
            return None
        found.append(next(group for group in match.groupdict().values() if group))
        at = match.end()
        meaning = MEANING.match(words, at)
        at = meaning.end() if meaning else at
        if at == len(words):
            return tuple(found)
        joint = BETWEEN.match(words, at)
        if joint is None:
            return None
        at = joint.end()


def _code_terms(words: str) -> tuple[tuple[str, str], ...] | None:
    """A list of codes; None unless it is understood to its end."""
    found, at = [], 0
    while True:
        match = CODE.match(words, at)
        if match is None:
            return None
        found.append((match["scheme"], match["value"]))
        at = match.end()
        if at == len(words):
            return tuple(found)
        joint = BETWEEN.match(words, at)
        if joint is None:
            return None
        at = joint.end()


def _non_zero(subject: Subject) -> Expression:
    zero = Equals(subject.tag, ("0",), subject.index)
    return All((Present(subject.tag, with_value=True), Not(zero)))


def _other(subject: Subject, rest: str) -> Expression | None:
    terms = _terms(rest)
    if terms is None:
        return None
    differs = Not(Equals(subject.tag, terms, subject.index))
    return All((Present(subject.tag, with_value=True), differs))


def _unlike(subject: Subject, rest: str) -> Expression | None:
    terms = _terms(rest)
    return Differs(subject.tag, terms, subject.index) if terms else None


def _like(subject: Subject, rest: str) -> Expression | None:
    terms = _terms(rest)
    return Equals(subject.tag, terms, subject.index) if terms else None


def _coded(subject: Subject, rest: str) -> Expression | None:
    codes = _code_terms(rest)
    return HasCode(subject.tag, codes) if codes else None


def _not_coded(subject: Subject, rest: str) -> Expression | None:
    codes = _code_terms(rest)
    if codes is None:
        return None
    return All((Present(subject.tag, with_value=True), Not(HasCode(subject.tag, codes))))


_COMPARISONS: tuple[tuple[re.Pattern[str], Callable[[Subject, str], Expression | None]], ...] = (
    (NOT_CODED, _not_coded),
    (CODED, _coded),
    (OTHER, _other),
    (UNLIKE, _unlike),
    (LIKE, _like),
)
