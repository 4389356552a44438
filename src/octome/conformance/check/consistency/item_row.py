"""Rows of `item_rules.tsv`, and what their cells say about values and numbers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from octome.conformance.check.consistency.disagreement import Disagreement
from octome.conformance.check.finding import Outcome
from octome.dicom.data_set import DataSet

Place = tuple[tuple[int, int], ...]  # tags of sequences and numbers of items that lead there


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of `item_rules.tsv`; what its attributes are for depends on the rule.

    `within` is the sequence whose items the row is about, 0 for any data set; `classes` are the
    SOP Classes that it is about, empty for all, or if `is_of_others` those that it is not about;
    they begin with `!` in the table. `nth` is the value that it is about, from 0.
    """

    rule: str
    tag: int
    keyword: str
    other: int
    other_keyword: str
    value: str
    other_value: str
    nth: int | None
    within: int
    classes: frozenset[str]
    is_of_others: bool
    outcome: Outcome
    section: str

    def is_about(self, sop_class: str) -> bool:
        """Whether the row is about instances of this class."""
        return not self.classes or (sop_class in self.classes) != self.is_of_others

    def texts(self, ds: DataSet) -> list[str]:
        """The values of the first attribute that the row is about."""
        count = ds.count(self.tag)
        chosen = range(count) if self.nth is None else range(self.nth, min(self.nth + 1, count))
        return [ds.text(self.tag, at) for at in chosen]

    def applies(self, ds: DataSet) -> bool:
        """Whether the first attribute has a value, and one that the row is about."""
        if self.value.startswith("!"):
            found = self.texts(ds)
            return any(found) and not any(is_allowed(self.value[1:], each) for each in found)
        if not self.value:
            return ds.has_value(self.tag)
        return any(each and is_allowed(self.value, each) for each in self.texts(ds))

    def condition(self, ds: DataSet) -> str:
        """Why the row applies, in words."""
        found = "\\".join(self.texts(ds))
        return f"{self.keyword} is {found}" if self.value and found else f"{self.keyword} is there"

    def finding(
        self, place: Place, code: str, keyword: str, words: tuple[str, str]
    ) -> Disagreement:
        """A finding of this row; `words` are its message and its fix."""
        message, fix = words
        return Disagreement(
            code=code,
            outcome=self.outcome,
            path=path_in(place, keyword),
            message=message,
            fix=fix,
            section=self.section,
        )


def is_allowed(allowed: str, value: str) -> bool:
    """Whether a value is one of `A|B`, or a number that is `>0`, `>=0`, `<=0` or `0..9`."""
    number, limits = _number(value), _limits(allowed)
    if limits is None:
        return any(
            value == each or (number is not None and number == _number(each))
            for each in allowed.split("|")
        )
    if number is None:
        return False
    least, most = limits
    is_above = number >= least if allowed[:2] == ">=" or allowed[0] != ">" else number > least
    return is_above and number <= most


def described(allowed: str) -> str:
    """The values that are allowed, in words."""
    for mark, words in ((">=", "at least "), ("<=", "at most "), (">", "greater than ")):
        if allowed.startswith(mark):
            return words + allowed.removeprefix(mark)
    least, dots, most = allowed.partition("..")
    return f"from {least} to {most}" if dots else " or ".join(allowed.split("|"))


@cache
def _limits(allowed: str) -> tuple[float, float] | None:
    """The least and the most number that is allowed; None if it is a list of values."""
    if allowed.startswith(">"):
        return float(allowed.lstrip(">=")), float("inf")
    if allowed.startswith("<="):
        return float("-inf"), float(allowed.removeprefix("<="))
    least, dots, most = allowed.partition("..")
    return (float(least), float(most)) if dots else None


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def path_in(place: Place, keyword: str) -> str:
    """The path in keywords; only for findings, as reading the dictionary takes a while."""
    from pydicom.datadict import keyword_for_tag

    words = [f"{keyword_for_tag(tag) or f'{tag:08x}'}[{number}]" for tag, number in place]
    return ".".join([*words, keyword])


def counted(count: int, noun: str) -> str:
    """A number of things."""
    return f"{count:,} {noun}{'s' * (count != 1)}"


@cache
def rows() -> dict[int, tuple[Row, ...]]:
    """The rows by the tag of their first attribute."""
    table = Path(__file__).with_name("item_rules.tsv")
    found: dict[int, tuple[Row, ...]] = {}
    for line in table.read_text("utf-8").splitlines()[1:]:
        row = _row(line.split("\t"))
        found[row.tag] = (*found.get(row.tag, ()), row)
    return found


def _row(cells: list[str]) -> Row:
    rule, tag, keyword, other, other_keyword, value, other_value, nth, within, of, strength = cells[
        :11
    ]
    return Row(
        rule=rule,
        tag=int(tag, 16),
        keyword=keyword,
        other=int(other, 16) if other else 0,
        other_keyword=other_keyword,
        value=value,
        other_value=other_value,
        nth=int(nth) - 1 if nth else None,
        within=int(within.partition(" ")[0], 16) if within else 0,
        classes=frozenset(f"1.2.840.10008.5.1.4.{end}" for end in of.removeprefix("!").split()),
        is_of_others=of.startswith("!"),
        outcome="warning" if strength == "warning" else "violation",
        section=f"PS3.3 {cells[11]}",
    )
