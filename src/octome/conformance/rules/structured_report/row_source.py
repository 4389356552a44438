"""The rows of templates: packaged, or those of an edition.

`templates.tsv` has rows of 2016 for TIDs 300, 1204, 1410, 1411, 1419, 1420, 1500, 1501, 1600, 2010,
2100, 5200, 10001, 10011 and what they include; what later editions are known to allow is allowed. A
concept has the code of SNOMED CT next to the older one. `?` includes a template that is not known.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from octome.conformance.rules.structured_report.row_condition import (
    RowCondition,
    exclusion_of,
    row_condition,
)
from octome.conformance.rules.structured_report.template import (
    ANY,
    UNKNOWN,
    Choice,
    Concept,
    Row,
    Rows,
)
from octome.standard.block import words_of

if TYPE_CHECKING:
    from octome.standard.model.template import TemplateLine, TemplatePage, TemplateRow

HERE = Path(__file__).parent
UNIT_NAMES = frozenset({"UNITS", "UNIT"})
Codes = Callable[[int], frozenset[Concept]]


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
            concept=Choice(frozenset((scheme, value) for scheme, value, _ in codes)),
            name=codes[0][2] if codes else "",
            most=_most(vm),
            is_mandatory=requirement == "M",
            condition=RowCondition(kind="one of", rows=frozenset(if_absent.split()))
            if if_absent
            else None,
            is_by_reference=relationship.startswith("R-"),
            included=included,
        )
        flat.setdefault(tid, []).append((int(depth), row))
    return {tid: _nested(rows) for tid, rows in flat.items()}


def rows_of(page: TemplatePage, codes: Codes) -> Rows:
    """The rows of an edition's template; `codes` are those of a context group, if complete."""
    return _nested([(row.depth, _row(page, row, codes)) for row in page.rows])


def _row(page: TemplatePage, row: TemplateRow, codes: Codes) -> Row:
    named = [code for line in row.concept_lines for code in line.codes]
    is_included = row.included is not None or row.value_type == "INCLUDE"
    is_conditional = row.requirement in ("MC", "UC") and row.condition is not None
    condition = (
        row_condition(words_of(row.condition.blocks)) if is_conditional and row.condition else None
    )
    units = [line for line in row.value_set_lines if line.name.upper() in UNIT_NAMES]
    values = [line for line in row.value_set_lines if not line.name]
    return Row(
        tid=page.tid,
        number=row.number,
        relationship=row.relationship,
        value_type=row.value_type,
        concept=_choice(row.concept_lines, codes),
        name=named[0].meaning if named else "",
        most=_most(row.vm),
        is_mandatory=row.requirement == "M",
        condition=condition if row.requirement == "MC" else exclusion_of(condition),
        is_by_reference=row.is_by_reference,
        units=_choice(units, codes),
        values=_choice(values, codes) if row.value_type == "CODE" else ANY,
        is_ordered=page.is_order_significant is True,
        is_closed=page.is_extensible is False,
        included=(row.included.path.rpartition("/")[2] if row.included else UNKNOWN)
        if is_included
        else "",
        passed=tuple(
            (line.name, _choice([line], codes))
            for line in row.value_set_lines
            if line.name.startswith("$")
        ),
    )


def _choice(lines: Sequence[TemplateLine], codes: Codes) -> Choice:
    """The codes that lines name; any code where one of them leaves it open."""
    named = [code for line in lines for code in line.codes]
    groups = [group for line in lines for group in line.groups]
    parameters = [name for line in lines for name in line.parameters]
    if parameters:
        is_alone = len(parameters) == 1 and not named and not groups
        return Choice(parameter=parameters[0]) if is_alone else ANY
    concepts = {concept for code in named for concept in _spellings((code.scheme, code.value))}
    for group in groups:
        members = codes(int(group.cid)) if group.cid.isdigit() else frozenset()
        if group.binding == "baseline" or not members:
            return ANY
        concepts |= members
    if any(not (line.codes or line.groups) for line in lines):
        return ANY  # a line of words
    return Choice(frozenset(concepts), is_exact=all(code.term == "EV" for code in named))


def _spellings(concept: Concept) -> set[Concept]:
    """A concept, and today's code of SNOMED CT for an older one."""
    from pydicom.sr._snomed_dict import mapping

    scheme, value = concept
    newer = mapping["SRT"].get(value) if scheme == "SRT" else None
    return {concept, ("SCT", newer)} if newer else {concept}


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
