"""From text to expressions: the few dozen ways in which the Standard states a condition.

Only the part that is not understood becomes `Unknown`, with its text: in `A is present and the moon
is full` the first half still decides if A is missing. A piece is understood completely or not at
all: a comparison followed by words that no rule matches is unknown too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from octome.conformance.rules.condition.conjunction import Joint, grouped, split
from octome.conformance.rules.condition.expression import (
    Expression,
    HasItems,
    Predicate,
    Unknown,
)
from octome.conformance.rules.condition.logic import Agreed, Not, both, either
from octome.conformance.rules.condition.phrase import (
    CAPITAL_VALUE,
    EXPLAINED,
    JOINT,
    MORE_ITEMS,
    NAMED_UID,
    NONE_OF,
    NOT_THERE,
    NTH_VALUE,
    ORDINALS,
    PRONOUN,
    QUALIFIERS,
    SUBJECTS,
)
from octome.conformance.rules.condition.predicate import predicate_in
from octome.conformance.rules.condition.statement import NotUnderstood, Subject, stated


class Ambiguous(Exception):
    """The grouping of attributes is ambiguous, as in `A or B and C`."""


def parsed(words: str) -> Expression:
    """The text of a condition, attributes as tokens, as an expression.

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
    words = CAPITAL_VALUE.sub("value", words)
    return re.sub(r"\s+([,;.])", r"\1", re.sub(r"\s+", " ", words)).strip(" .;:,")


def _parsed(words: str) -> Expression:
    """The statements in a text, grouped by the conjunctions between them."""
    pieces, joints = split(_start(words))
    # Statements in a row about the same attribute are grouped first.
    runs: list[tuple[list[Expression], list[Joint]]] = []
    between: list[Joint] = []
    subject, at = None, 0
    while at < len(pieces):
        part, subject, end = _longest(pieces, joints, at, subject)
        joint = joints[at - 1] if at else None
        if joint is None:
            runs.append(([part], []))
        elif _continues(runs[-1][0], pieces[at], part):
            runs[-1][0].append(part)
            runs[-1][1].append(joint)
        elif phrase := _one_phrase(runs[-1][0], joint, part, between):
            runs[-1] = ([phrase], [])
        else:
            between.append(joint)
            runs.append(([part], []))
        at = end
    return grouped([grouped(*run) for run in runs], between)


def _continues(run: list[Expression], piece: str, part: Expression) -> bool:
    """Whether a piece continues about the attribute of the pieces before it."""
    if isinstance(run[-1], Unknown) or isinstance(part, Unknown | Predicate):
        return False
    return "@" not in piece and not NTH_VALUE.match(piece)


def _one_phrase(
    run: list[Expression], joint: Joint, part: Expression, between: list[Joint]
) -> Unknown | None:
    """One phrase that is not understood, if a conjunction is a word inside it.

    Not after an `or`: in "A or X and Y" the `and` may join A too.
    """
    before, after = run[-1], part
    if not isinstance(before, Unknown) or not isinstance(after, Unknown) or joint.is_loose:
        return None
    if joint.word == "and" and between and between[-1].word == "or":
        return None
    return Unknown(before.words + joint.text + after.words)


def _longest(
    pieces: list[str], joints: list[Joint], at: int, previous: Subject | None
) -> tuple[Expression, Subject | None, int]:
    """The longest run of pieces that is one statement: a list of values contains `or` too."""
    for end in range(len(pieces), at, -1):
        run, before = pieces[at], 0
        for number in range(at + 1, end):
            before = len(run)
            run += joints[number - 1].text + pieces[number]
        explained = EXPLAINED.match(run) if end > at + 1 else None
        if explained and len(explained[1]) > before:  # it explains the last piece
            run = explained[1]
        try:
            part, subject = _statement(_start(run), previous)
        except NotUnderstood:
            continue
        except Ambiguous:
            return Unknown(run), previous, end
        return part, subject, end
    explained = EXPLAINED.match(pieces[at])
    if explained and explained[1] != pieces[at]:
        part, subject, _ = _longest([explained[1]], [], 0, previous)
        return part, subject, at + 1
    return Unknown(pieces[at]), previous, at + 1


def _start(words: str) -> str:
    """A text without the conjunction at its beginning."""
    return re.sub(r"^(?:(?:if|when|that|whether)\s+)+", "", words.strip(" ,;"))


def _statement(words: str, previous: Subject | None) -> tuple[Expression, Subject | None]:
    """A statement about one attribute, or the same about several; else a predicate."""
    known = predicate_in(words)
    if known is not None:
        return known, previous
    counted = MORE_ITEMS.fullmatch(words)
    if counted:
        return HasItems(int(counted["tag"], 16), 2), previous
    subjects, joined, rest = _subjects(words)
    if subjects:
        return joined([stated(rest, subject) for subject in subjects]), subjects[-1]
    if previous is not None and PRONOUN.match(words):
        return stated(re.sub(r"^(?:the |its |that )(?=value)", "", words), previous), previous
    if previous is not None:
        nth = NTH_VALUE.match(words)
        if nth:
            subject = Subject(previous.tag, int(nth[1]) - 1)
            return stated(words[nth.end() :], subject), subject
    raise NotUnderstood


def _subjects(words: str) -> tuple[list[Subject], Callable[..., Expression], str]:
    """The attributes at the beginning of a statement, how they are joined, and the rest."""
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
    if lead is None and "or" in joints and NOT_THERE.match(rest):
        return subjects, _any_or_none, rest  # "A or B is not present" can be both
    is_none = lead is None and NONE_OF.match(rest)
    return subjects, either if "or" in joints and not is_none else both, rest


def _any_or_none(parts: Iterable[Expression]) -> Expression:
    parts = tuple(parts)
    return Agreed((either(parts), both(parts)))


def _subject(words: str, at: int) -> tuple[Subject, int] | None:
    for pattern in SUBJECTS:
        match = pattern.match(words, at)
        if match:
            groups = match.groupdict()
            index = int(groups["nth"]) - 1 if groups.get("nth") else None
            index = ORDINALS[groups["word"]] if groups.get("word") else index
            return Subject(int(match["tag"], 16), index), match.end()
    return None
