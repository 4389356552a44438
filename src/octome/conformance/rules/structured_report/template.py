"""Templates of structured reports as trees of rows (PS3.16), of an edition or packaged.

`templates.tsv` has rows of 2016 for TIDs 300, 1204, 1410, 1411, 1419, 1420, 1500, 1501, 1600, 2100,
5200, 10001, 10011 and what they include; what later editions are known to allow is allowed. A
concept has the code of SNOMED CT next to the older one. `?` includes a template that is not known.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from octome.standard.model.template import TemplatePage, TemplateRow

Concept = tuple[str, str]
UNKNOWN = "?"
HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a template. No `concepts` is any concept; no `most` is any number of items.

    `if_absent` are the rows of the template of which one is needed if this one is absent.
    """

    tid: str
    number: str
    relationship: str
    value_type: str
    concepts: frozenset[Concept]
    name: str
    most: int | None
    is_mandatory: bool
    if_absent: frozenset[str] = frozenset()
    is_by_reference: bool = False
    included: str = ""
    rows: tuple[Row, ...] = field(default=())


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
    return Template(tid, _expanded(rows, source, (tid,)), is_of_edition)


def _expanded(rows: Rows, source: Source, above: tuple[str, ...]) -> Rows:
    found: list[Row] = []
    for row in rows:
        inside = _expanded(row.rows, source, above)
        included = source(row.included) if row.included and row.included not in above else None
        if not row.included:
            found.append(replace(row, rows=inside))
        elif included is None:
            found.append(replace(row, included=UNKNOWN, rows=()))
        else:
            there = _expanded(included, source, (*above, row.included))
            found += [_as_included(one, row, inside) for one in there]
    return tuple(found)


def _as_included(row: Row, by: Row, inside: Rows) -> Row:
    """A row of an included template, as the row that includes it makes it."""
    return replace(
        row,
        relationship=row.relationship or by.relationship,
        is_by_reference=by.is_by_reference or row.is_by_reference,
        most=None if by.most is None or row.most is None else row.most * by.most,
        is_mandatory=row.is_mandatory and by.is_mandatory,
        if_absent=row.if_absent if by.is_mandatory else frozenset(),
        rows=row.rows + inside,
    )


def packaged(tid: str) -> Rows | None:
    """The packaged rows of a template."""
    return _packaged().get(tid)


@cache
def _packaged() -> dict[str, Rows]:
    flat: dict[str, list[tuple[int, Row]]] = {}
    lines = (HERE / "templates.tsv").read_text("utf-8").splitlines()[1:]
    for line in lines:
        tid, number, depth, relationship, value_type, included, *rest = line.split("\t")
        concepts, vm, requirement, if_absent = rest
        codes = [each.split(":", 2) for each in concepts.split("|") if each]
        row = Row(
            tid=tid,
            number=number,
            relationship=relationship.removeprefix("R-"),
            value_type=value_type,
            concepts=frozenset((scheme, value) for scheme, value, _ in codes),
            name=codes[0][2] if codes else "",
            most=_most(vm),
            is_mandatory=requirement == "M",
            if_absent=frozenset(if_absent.split()),
            is_by_reference=relationship.startswith("R-"),
            included=included,
        )
        flat.setdefault(tid, []).append((int(depth), row))
    return {tid: _nested(rows) for tid, rows in flat.items()}


def rows_of(page: TemplatePage, codes: Callable[[int], frozenset[Concept]]) -> Rows:
    """The rows of an edition's template; `codes` are those of a context group, if complete."""
    return _nested([(row.depth, _row(page.tid, row, codes)) for row in page.rows])


def _row(tid: str, row: TemplateRow, codes: Callable[[int], frozenset[Concept]]) -> Row:
    named = [code for line in row.concept_lines for code in line.codes]
    groups = [group for line in row.concept_lines for group in line.groups]
    is_open = any(line.parameters for line in row.concept_lines) or any(
        group.binding == "baseline" for group in groups
    )
    concepts = {(code.scheme, code.value) for code in named}
    for group in groups:
        members = codes(int(group.cid)) if group.cid.isdigit() else frozenset()
        is_open = is_open or not members
        concepts |= members
    is_included = row.included is not None or row.value_type == "INCLUDE"
    return Row(
        tid=tid,
        number=row.number,
        relationship=row.relationship,
        value_type=row.value_type,
        concepts=frozenset() if is_open else frozenset(concepts),
        name=named[0].meaning if named else "",
        most=_most(row.vm),
        is_mandatory=row.requirement == "M",
        is_by_reference=row.is_by_reference,
        included=(row.included.path.rpartition("/")[2] if row.included else UNKNOWN)
        if is_included
        else "",
    )


def _most(vm: str) -> int | None:
    last = vm.rpartition("-")[2].strip()
    return int(last) if last.isdigit() else None


def _nested(flat: list[tuple[int, Row]]) -> Rows:
    """Rows with those below them inside, by their depth."""
    starts = [at for at, (depth, _) in enumerate(flat) if depth <= flat[0][0]]
    return tuple(
        replace(flat[start][1], rows=_nested(flat[start + 1 : end]) if end > start + 1 else ())
        for start, end in pairwise([*starts, len(flat)])
    )
