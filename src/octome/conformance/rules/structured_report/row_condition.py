"""The condition of a template row, where it is about other rows of the template (PS3.16 6.1.7)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from octome.standard.template_line import CODE

Concept = tuple[str, str]
# `one of` and `only one of`: of the row and the named ones, at least or exactly one is present.
# The others are about one named row: that it is present, absent, or has one of some values.
Kind = Literal["one of", "only one of", "present", "absent", "value"]
ROW = r"\d+[a-z]?"
LIST = rf"(?P<rows>{ROW}(?:(?: ?, ?| ?- ?|,? and |,? or ){ROW})*)"
ROWS = rf"rows? \(?{LIST}\)?"
STATES = {"is present": True, "exists": True, "present": True, "": True,
          "is absent": False, "is not present": False, "does not exist": False}  # fmt: skip
ONE_OF = re.compile(rf"at least one of {ROWS} (?:shall|must) be present", re.IGNORECASE)
ONLY_ONE_OF = re.compile(rf"xor {ROWS}", re.IGNORECASE)
STATE = re.compile(
    rf"(?P<word>iff?) row (?P<rows>{ROW}) ?(?P<state>{'|'.join(STATES)})", re.IGNORECASE
)
VALUE = re.compile(
    rf"(?P<word>iff?) (?:the )?(?:value of )?row (?P<rows>{ROW})(?: value| concept value)? "
    r"(?:=|is|equals) (?P<codes>\(.*\))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowCondition:
    """A condition.

    `is_only` is whether the row must be absent where it is not met, `is_required` whether it must
    be present where it is.
    """

    kind: Kind
    rows: frozenset[str]
    codes: frozenset[Concept] = frozenset()
    is_only: bool = False
    is_required: bool = True


def row_condition(words: str) -> RowCondition | None:
    """The condition that words state; None where it is about something else, or is not understood.

    Examples
    --------
    >>> found = row_condition("XOR Row 3")
    >>> found.kind, found.rows, found.is_only
    ('only one of', frozenset({'3'}), True)
    >>> row_condition("IF it rains") is None
    True
    """
    text = " ".join(words.split()).rstrip(". ")
    if found := ONE_OF.fullmatch(text):
        return RowCondition(kind="one of", rows=_rows(found["rows"]))
    if found := ONLY_ONE_OF.fullmatch(text):
        return RowCondition(kind="only one of", rows=_rows(found["rows"]), is_only=True)
    if found := STATE.fullmatch(text):
        kind: Kind = "present" if STATES[found["state"].casefold()] else "absent"
        return RowCondition(kind=kind, rows=_rows(found["rows"]), is_only=_is_only(found["word"]))
    if found := VALUE.fullmatch(text):
        codes = frozenset((one["scheme"], one["value"]) for one in CODE.finditer(found["codes"]))
        between = re.sub(r"\bor\b(?: equals\b)?|,", "", CODE.sub("", found["codes"]))
        if codes and not between.strip():
            return RowCondition(
                kind="value",
                rows=_rows(found["rows"]),
                codes=codes,
                is_only=_is_only(found["word"]),
            )
    return None


def exclusion_of(condition: RowCondition | None) -> RowCondition | None:
    """What is left of a condition that requires nothing: what it excludes."""
    if condition is None or not condition.is_only:
        return None
    return replace(condition, is_required=False)


def _is_only(word: str) -> bool:
    return word.casefold() == "iff"


def _rows(words: str) -> frozenset[str]:
    return frozenset(_each(words))


def _each(words: str) -> Iterator[str]:
    for one in re.split(r" ?, ?(?:and |or )?| and | or ", words):
        first, _, last = one.replace(" ", "").partition("-")
        if last.isdigit() and first.isdigit():
            yield from map(str, range(int(first), int(last) + 1))
        else:
            yield from filter(None, (first, last))
