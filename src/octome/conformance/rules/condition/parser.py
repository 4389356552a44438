"""Words to expressions: the few dozen ways in which the Standard states a condition.

What is not understood becomes `Unknown` with its words, and only it: in `A is present and the
moon is full` the first half still decides where A is not present. A piece is understood as a whole
or not at all: a comparison that goes on in words that no rule knows is unknown too.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from octome.conformance.rules.condition.expression import (
    All,
    Compares,
    Differs,
    Equals,
    Expression,
    Fact,
    HasCode,
    HasItems,
    Not,
    PointsToPrivate,
    Present,
    Unknown,
    both,
    either,
)
from octome.conformance.rules.condition.fact import fact_in
from octome.conformance.rules.condition.phrase import (
    ABSENT,
    BETWEEN,
    CODE,
    CODED,
    CONNECTIVE,
    EMPTY,
    EXPLAINED,
    FILLED,
    ITEMS,
    JOINS,
    JOINT,
    LIKE,
    MEANING,
    MORE_ITEMS,
    NAMED_UID,
    NON_ZERO,
    NONE_OF,
    NOT_CODED,
    NUMBERS,
    ORDERS,
    ORDINALS,
    OTHER,
    POINTS,
    PRIVATE,
    PRONOUN,
    QUALIFIERS,
    SUBJECTS,
    THERE,
    UNLIKE,
    VALUE,
    ZERO,
)


@dataclass(frozen=True, slots=True)
class Subject:
    """An attribute that something is said of; `index` picks one of its values."""

    tag: int
    index: int | None = None


class NotUnderstood(Exception):
    """No rule fits these words."""


class Ambiguous(Exception):
    """Which attributes are taken together, `A or B and C`, nobody can tell."""


def parsed(words: str) -> Expression:
    """A condition's words, attributes as tokens, as an expression.

    Examples
    --------
    >>> parsed("@00080060 is CT or MR")
    Equals(tag=524384, among=('CT', 'MR'), index=None)
    >>> parsed("@00080060 is present and the moon is full")
    All(parts=(Present(tag=524384, with_value=False), Unknown(words='the moon is full')))
    """
    return _parsed(_tidy(words))


def _tidy(words: str) -> str:
    words = re.sub(r"\bor/and\b|\band/or\b", "or", words.strip(" .;:,"))
    # A SOP Class is named by what it stores, by its UID, or by both.
    words = NAMED_UID.sub(r'"\1"', words)
    words = re.sub(r"\b(?:whose )?SOP Class is\b", "@00080016 is", words)
    words = QUALIFIERS.sub("", words)
    return re.sub(r"\s+([,;.])", r"\1", re.sub(r"\s+", " ", words)).strip(" .;:,")


def _parsed(words: str) -> Expression:
    """Statements found in words, joined as tightly as the words between them say."""
    pieces, joints = _split(_start(words))
    parts: list[Expression] = []
    between: list[int] = []
    said, at = None, 0
    while at < len(pieces):
        goes_on = bool(parts) and "@" not in pieces[at] and not isinstance(parts[-1], Unknown)
        part, said, end = _longest(pieces, joints, at, said)
        if goes_on and not isinstance(part, Unknown | Fact):
            # It says more of the same attribute, and belongs to what was said of it.
            parts[-1] = JOINS[joints[at - 1][0]]((parts[-1], part))
        elif parts and isinstance(part, Unknown) and isinstance(parts[-1], Unknown):
            parts[-1] = Unknown(parts[-1].words + joints[at - 1][1] + part.words)
        else:
            between += [joints[at - 1][0]] if parts else []
            parts.append(part)
        at = end
    return _tree(parts, between)


def _longest(
    pieces: list[str], joints: list[tuple[int, str]], at: int, said: Subject | None
) -> tuple[Expression, Subject | None, int]:
    """The longest run of pieces that is one statement: a list of values holds `or` too."""
    for end in range(len(pieces), at, -1):
        run = pieces[at]
        for number in range(at + 1, end):
            run += joints[number - 1][1] + pieces[number]
        try:
            part, subject = _statement(_start(run), said)
        except NotUnderstood:
            continue
        except Ambiguous:
            return Unknown(run), said, end
        return part, subject, end
    explained = EXPLAINED.match(pieces[at])
    if explained and explained[1] != pieces[at]:
        part, subject, _ = _longest([explained[1]], [], 0, said)
        return part, subject, at + 1
    return Unknown(pieces[at]), said, at + 1


def _tree(parts: list[Expression], between: list[int]) -> Expression:
    if not between:
        return parts[0]
    weakest = min(between)
    joined, run, at = [], [], 0
    for at, part in enumerate(parts):
        run.append(part)
        if at == len(between) or between[at] == weakest:
            joined.append(_tree(run, between[at - len(run) + 1 : at]))
            run = []
    return JOINS[weakest](joined)


def _start(words: str) -> str:
    """Words without the conjunction that they begin with."""
    return re.sub(r"^(?:(?:if|when|that|whether)\s+)+", "", words.strip(" ,;"))


def _split(words: str) -> tuple[list[str], list[tuple[int, str]]]:
    """Pieces between connectives that stand outside of parentheses and quotes, and these."""
    pieces, joints, last = [], [], 0
    for match in CONNECTIVE.finditer(words):
        before = words[: match.start()]
        if before.count("(") == before.count(")") and before.count('"') % 2 == 0:
            pieces.append(words[last : match.start()])
            joints.append((int(str(match.lastgroup)[1:]), match[0]))
            last = match.end()
    return [*pieces, words[last:]], joints


def _statement(words: str, said: Subject | None) -> tuple[Expression, Subject | None]:
    """One statement about one attribute, or the same about several; else a known fact."""
    fact = fact_in(words)
    if fact is not None:
        return fact, said
    counted = MORE_ITEMS.fullmatch(words)
    if counted:
        return HasItems(int(counted["tag"], 16), 2), said
    subjects, joined, rest = _subjects(words)
    if subjects:
        return joined([_predicate(rest, subject) for subject in subjects]), subjects[-1]
    if said is not None and PRONOUN.match(words):
        return _predicate(re.sub(r"^(?:the |its |that )(?=value)", "", words), said), said
    if said is not None:
        nth = re.match(r"(?:and )?[Vv]alue (\d) (?=is|equals|has)", words)
        if nth:
            subject = Subject(said.tag, int(nth[1]) - 1)
            return _predicate(words[nth.end() :], subject), subject
    raise NotUnderstood


def _subjects(words: str) -> tuple[list[Subject], Callable[..., Expression], str]:
    """The attributes that a statement begins with, how they are joined, and what it says."""
    lead = re.match(r"(?:[Nn]either|either|both|any of) ", words)
    at = lead.end() if lead else 0
    neither = bool(lead and lead[0].lower().startswith("neither"))
    subjects: list[Subject] = []
    joints: set[str] = set()
    while True:
        subject = _subject(words, at)
        if subject is None:
            break
        subjects.append(subject[0])
        at = subject[1]
        joint = JOINT.match(words, at)
        if joint is None:
            break
        joints.add(joint[1])
        at = joint.end()
    rest = words[at:].strip()
    if {"and", "or"} <= joints:
        raise Ambiguous
    if neither:
        return subjects, lambda parts: both(Not(part) for part in parts), rest
    # "A or B are not present" means none of them, "either A or B is not present" any.
    is_none = lead is None and NONE_OF.match(rest)
    return subjects, either if "or" in joints and not is_none else both, rest


def _subject(words: str, at: int) -> tuple[Subject, int] | None:
    for pattern in SUBJECTS:
        match = pattern.match(words, at)
        if match:
            groups = match.groupdict()
            index = int(groups["nth"]) - 1 if groups.get("nth") else None
            index = ORDINALS[groups["word"]] if groups.get("word") else index
            return Subject(int(match["tag"], 16), index), match.end()
    return None


def _predicate(words: str, subject: Subject) -> Expression:
    """What is said of an attribute; all of the words have to be understood."""
    words = words.strip()
    for pattern, made in _SIMPLE:
        match = pattern.fullmatch(words)
        if match:
            return made(subject, match)
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
    return Equals(subject.tag, (str(int(match["other"], 16)),))


def _items(subject: Subject, match: re.Match[str]) -> Expression:
    count = NUMBERS.get(match["count"] or "one", 1)
    how = match["how"] or "exactly"
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
    """A list of values, understood to its end."""
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
    """A list of codes, understood to its end."""
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
