"""Units of measure by the grammar of UCUM (PS3.16 7.2.2, https://ucum.org/ucum).

`ucum_atoms.tsv` has the prefixes and atoms of UCUM 2.2; an atom of kind `metric` may have a prefix.
Those of kind `dicom` are not in UCUM: context groups of the Standard use them. `units.tsv` has the
units that context groups of 2026b list, with their meanings.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
EXPONENT = re.compile(r"[+-]?\d+$")
NUMBER = re.compile(r"\d+(?:[+-]\d+)?")  # UCUM has no `10-6`: the Standard uses it
PRINTABLE = re.compile(r"[ -~]+")  # an annotation may have spaces: `{X-Ray sources}`
DEEPEST = 20  # brackets in brackets
OPERATORS = "./"


class _Table:
    """Prefixes, atoms and known units."""

    def __init__(self) -> None:
        atoms = [line.split("\t") for line in _lines("ucum_atoms.tsv")]
        self.prefixes = frozenset(code for code, kind in atoms if kind == "prefix")
        self.metric = frozenset(code for code, kind in atoms if kind == "metric")
        self.atoms = tuple(code for code, kind in atoms if kind != "prefix")
        self.known = frozenset(self.atoms)
        self.meanings: dict[str, set[str]] = {}
        for line in _lines("units.tsv"):
            code, meaning = line.split("\t")
            self.meanings.setdefault(code, set()).add(meaning)
        # The first that is spelled so, or has such a name, apart from capitals.
        self.spelled: dict[str, str] = {}
        self.named: dict[str, str] = {}
        for code in (*self.meanings, *self.atoms):
            self.spelled.setdefault(code.casefold(), code)
        for code, meanings in self.meanings.items():
            for meaning in meanings:
                self.named.setdefault(meaning.casefold(), code)

    def is_simple(self, token: str) -> bool:
        """Whether a token is an atom, with a prefix if it may have one."""
        return token in self.known or any(
            token[:length] in self.prefixes and token[length:] in self.metric for length in (1, 2)
        )


def unknown_part(unit: str) -> str | None:
    """The part of a unit that UCUM does not have; None if the unit is valid.

    Examples
    --------
    >>> unknown_part("mm"), unknown_part("10*-6.mm2/s"), unknown_part("{counts}/s")
    (None, None, None)
    >>> unknown_part("MM"), unknown_part("ml/sec"), unknown_part("mm/")
    ('MM', 'sec', '/')
    """
    if unit in _table().meanings:
        return None
    if not PRINTABLE.fullmatch(unit):
        return unit
    try:
        _Reader(unit).read()
    except _UnknownPart as wrong:
        return wrong.part
    return None


def meaning_of_others(unit: str, meaning: str) -> tuple[str, ...]:
    """The other units that a meaning belongs to, if it is not one of the unit.

    Examples
    --------
    >>> meaning_of_others("mm", "centimeter"), meaning_of_others("mm", "millimeter")
    (('cm',), ())
    """
    words = meaning.casefold()
    owners = [
        code
        for code, known in _table().meanings.items()
        if words in {code.casefold(), *(one.casefold() for one in known)}
    ]
    is_own = unit in owners or unit not in _table().meanings
    return () if is_own else tuple(sorted(owners))


def suggestion(unit: str) -> str:
    """The unit that was probably meant: in other case, or by its name; empty if none is.

    Examples
    --------
    >>> suggestion("MM"), suggestion("millimetre"), suggestion("mmHg"), suggestion("frogs")
    ('mm', 'mm', 'mm[Hg]', '')
    """
    same = unit.casefold()
    words = same.replace("metre", "meter")
    table = _table()
    found = (
        table.spelled.get(same),
        table.named.get(words),
        table.named.get(words.removesuffix("s")),
    )
    return next(filter(None, found), "")


class _UnknownPart(Exception):
    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


class _Reader:
    """Reads one unit from left to right."""

    def __init__(self, unit: str) -> None:
        self.unit = unit
        self.at = 0

    def read(self) -> None:
        self._term(0)
        if self.at < len(self.unit):
            raise _UnknownPart(self.unit[self.at :])

    def _term(self, depth: int) -> None:
        if self._next() == "/":
            self.at += 1
        self._component(depth)
        while self._next() and self._next() in OPERATORS:
            self.at += 1
            self._component(depth)

    def _component(self, depth: int) -> None:
        if self._next() == "(" and depth < DEEPEST:
            self.at += 1
            self._term(depth + 1)
            if self._next() != ")":
                raise _UnknownPart(self.unit)
            self.at += 1
            return
        is_annotated = self._annotation()  # before a unit: the Standard had `{SUVbw}g/ml`
        token = self._token()
        if token and not NUMBER.fullmatch(token):
            base = EXPONENT.sub("", token)
            if not (_table().is_simple(token) or _table().is_simple(base)):
                raise _UnknownPart(token)
        if not (self._annotation() or is_annotated or token):
            raise _UnknownPart(self.unit[max(self.at - 1, 0) :])

    def _token(self) -> str:
        """A unit or a number: all up to an operator that is not in square brackets."""
        start, is_inside = self.at, False
        while self.at < len(self.unit):
            here = self.unit[self.at]
            if not is_inside and here in "./(){}":
                break
            is_inside = here == "[" or (is_inside and here != "]")
            self.at += 1
        return self.unit[start : self.at]

    def _annotation(self) -> bool:
        if self._next() != "{":
            return False
        end = self.unit.find("}", self.at)
        if end < 0 or "{" in self.unit[self.at + 1 : end]:
            raise _UnknownPart(self.unit[self.at :])
        self.at = end + 1
        return True

    def _next(self) -> str:
        return self.unit[self.at : self.at + 1]


@cache
def _table() -> _Table:
    return _Table()


def _lines(name: str) -> list[str]:
    return (HERE / name).read_text("utf-8").splitlines()[1:]
