"""Templates of structured reports as trees of rows (PS3.16)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from octome.conformance.rules.structured_report.row_condition import RowCondition, exclusion_of

Concept = tuple[str, str]
UNKNOWN = "?"  # includes a template that is not known


@dataclass(frozen=True, slots=True)
class Choice:
    """Codes of which one is used; any code if there are none.

    `parameter` is the parameter of the template that gives them; `is_exact` is false where a code
    of the same meaning may be used in place of a named one (`DT`).
    """

    codes: frozenset[Concept] = frozenset()
    parameter: str = ""
    is_exact: bool = True


ANY = Choice()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a template. No `most` is any number of items.

    `is_ordered` is whether its items come in the order of the rows, `is_closed` whether its
    template allows no other items. `passed` are the parameters that an inclusion hands on.
    """

    tid: str
    number: str
    relationship: str
    value_type: str
    concept: Choice
    name: str
    most: int | None
    is_mandatory: bool
    condition: RowCondition | None = None
    is_by_reference: bool = False
    units: Choice = ANY
    values: Choice = ANY
    is_ordered: bool = False
    is_closed: bool = False
    included: str = ""
    passed: tuple[tuple[str, Choice], ...] = ()
    rows: tuple[Row, ...] = field(default=())

    @property
    def concepts(self) -> frozenset[Concept]:
        """The concepts that it may have; none for any."""
        return self.concept.codes


Rows = tuple[Row, ...]
Source = Callable[[str], "Rows | None"]


@dataclass(frozen=True, slots=True)
class Template:
    """A template with all that it includes; its rows are those of the first level."""

    tid: str
    rows: Rows
    is_of_edition: bool


def template(tid: str, source: Source, *, is_of_edition: bool) -> Template | None:
    """A template, with the rows of included ones in their places; None if it is not known."""
    rows = source(tid)
    if rows is None:
        return None
    return Template(tid, _expanded(rows, source, (tid,), {}), is_of_edition)


def _expanded(
    rows: Rows, source: Source, above: tuple[str, ...], given: Mapping[str, Choice]
) -> Rows:
    found: list[Row] = []
    for each in rows:
        row = _with_parameters(each, given)
        inside = _expanded(row.rows, source, above, given)
        included = source(row.included) if row.included and row.included not in above else None
        if not row.included:
            found.append(replace(row, rows=inside))
        elif included is None:
            found.append(replace(row, included=UNKNOWN, rows=()))
        else:
            there = _expanded(included, source, (*above, row.included), dict(row.passed))
            found += [_as_included(one, row, inside) for one in there]
    return tuple(found)


def _with_parameters(row: Row, given: Mapping[str, Choice]) -> Row:
    """A row with what the including template gives for its parameters; any code for others."""

    def chosen(choice: Choice) -> Choice:
        return given.get(choice.parameter, ANY) if choice.parameter else choice

    return replace(
        row,
        concept=chosen(row.concept),
        units=chosen(row.units),
        values=chosen(row.values),
        passed=tuple((name, chosen(choice)) for name, choice in row.passed),
    )


def _as_included(row: Row, by: Row, inside: Rows) -> Row:
    """A row of an included template, as the row that includes it makes it."""
    return replace(
        row,
        relationship=row.relationship or by.relationship,
        is_by_reference=by.is_by_reference or row.is_by_reference,
        most=None if by.most is None or row.most is None else row.most * by.most,
        is_mandatory=row.is_mandatory and by.is_mandatory,
        condition=row.condition if by.is_mandatory else exclusion_of(row.condition),
        is_ordered=row.is_ordered and by.most == 1,
        rows=row.rows + inside,
    )
