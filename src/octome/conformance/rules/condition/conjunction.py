"""How statements joined by `and` and `or` are grouped.

A comma before a conjunction, or `if` after it, makes it bind less tightly: in "A and B, or C" the
`or` binds last. Mixed conjunctions that bind equally tightly, as in "A, or if B, and C", can be
grouped in more than one way: the expression then keeps every reading, and is decided if they agree.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from octome.conformance.rules.condition.expression import Expression
from octome.conformance.rules.condition.logic import Mixed, Word, both, either

JOINS = {"and": both, "or": either}
CONNECTIVE = re.compile(
    r"(?:(?P<comma>[,;])\s+|\s+)(?P<word>and|or)\s+(?P<condition>(?:if|when|that|whose)\s+)?"
)


@dataclass(frozen=True, slots=True)
class Joint:
    """The conjunction between two statements; `is_loose`: it binds after the tight ones."""

    word: Word
    is_loose: bool
    text: str = ""


def split(words: str) -> tuple[list[str], list[Joint]]:
    """Pieces between conjunctions outside parentheses and quotes, and the conjunctions.

    Examples
    --------
    >>> pieces, joints = split("A is B, or if C (D and E)")
    >>> pieces, [(joint.word, joint.is_loose) for joint in joints]
    (['A is B', 'C (D and E)'], [('or', True)])
    """
    pieces: list[str] = []
    joints: list[Joint] = []
    last = 0
    for match in CONNECTIVE.finditer(words):
        before = words[: match.start()]
        if before.count("(") == before.count(")") and before.count('"') % 2 == 0:
            word: Word = "and" if match["word"] == "and" else "or"
            joints.append(Joint(word, bool(match["comma"] or match["condition"]), match[0]))
            pieces.append(words[last : match.start()])
            last = match.end()
    return [*pieces, words[last:]], joints


def grouped(parts: Sequence[Expression], joints: Sequence[Joint]) -> Expression:
    """Statements as one expression, tight joints first; `Mixed` if that is ambiguous."""
    loose = [joint for joint in joints if joint.is_loose]
    if not loose:
        return _one_level(parts, [joint.word for joint in joints])
    runs: list[Expression] = []
    start = 0
    for at in range(len(joints) + 1):
        if at == len(joints) or joints[at].is_loose:
            tight = [joint.word for joint in joints[start:at]]
            runs.append(_one_level(parts[start : at + 1], tight))
            start = at + 1
    return _one_level(runs, [joint.word for joint in loose])


def _one_level(parts: Sequence[Expression], words: Sequence[Word]) -> Expression:
    """Statements joined equally tightly."""
    if not words:
        return parts[0]
    if len(set(words)) == 1:
        return JOINS[words[0]](parts)
    return Mixed(tuple(parts), tuple(words))
