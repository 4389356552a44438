"""What the rows of a template state beyond which items there are.

Which rows exclude each other, the order of items, their units and values, and whether there may be
others. Packaged templates state none of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from octome.conformance.check.finding import Outcome
from octome.conformance.check.structured_report.content_tree import ContentItem
from octome.conformance.check.structured_report.template_level import (
    OLD,
    TemplateLevel,
    units_of,
    values_of,
)
from octome.conformance.rules.structured_report.template import Choice, Concept, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """What is wrong with one item, and what it is in an edition that has the template."""

    path: str
    message: str
    fix: str
    row: Row
    code: str = "template"
    outcome: Outcome = "violation"


def details(level: TemplateLevel) -> Iterator[Detail]:
    """All of them, of one level."""
    yield from _excluded(level)
    yield from _order(level)
    yield from _units(level)
    yield from _values(level)
    yield from _others(level)


def shown(row: Row) -> str:
    """A row in words."""
    return f"{row.name or row.value_type} (TID {row.tid} row {row.number})"


def _excluded(level: TemplateLevel) -> Iterator[Detail]:
    """A row that is there only if its condition is met."""
    reported: set[str] = set()
    for child, row in level.certain.items():
        condition = row.condition
        if condition is None or not condition.is_only or level.is_met(row) is not False:
            continue
        if condition.kind == "only one of":
            if reported:
                continue
            others = " or ".join(sorted(condition.rows - {row.number}))
            why = f"it excludes row {others}, which is there too"
            reported.add(row.number)
        else:
            why = "its condition is not met"
        message = f"{child.label}: {shown(row)} must not be present: {why}"
        yield Detail(path=child.path, message=message, fix="Keep what the template allows", row=row)


def _order(level: TemplateLevel) -> Iterator[Detail]:
    """Items come in the order of their rows, where that is significant.

    Writers that people rely on follow another order: a note.
    """
    places = {id(row): at for at, row in enumerate(level.rows)}
    last: dict[str, Row] = {}
    for child in level.item.children:
        row = level.certain.get(child)
        if row is None or not row.is_ordered:
            continue
        before = last.get(row.tid)
        if before is not None and places[id(row)] < places[id(before)]:
            message = f"{child.label}: {shown(row)} comes before {shown(before)} in the template"
            fix = "Put the items in the order of the template"
            yield Detail(path=child.path, message=message, fix=fix, row=row, outcome="note")
            return
        last[row.tid] = row


def _units(level: TemplateLevel) -> Iterator[Detail]:
    """A number has a unit of its row."""
    yield from _chosen(
        level,
        units_of,
        lambda row: row.units,
        "MeasuredValueSequence[0].MeasurementUnitsCodeSequence[0]",
    )


def _values(level: TemplateLevel) -> Iterator[Detail]:
    """A code has a value of its row."""
    yield from _chosen(level, values_of, lambda row: row.values, "ConceptCodeSequence[0]")


def _chosen(
    level: TemplateLevel,
    used: Callable[[ContentItem], set[Concept]],
    allowed: Callable[[Row], Choice],
    keyword: str,
) -> Iterator[Detail]:
    for child, rows in level.fitting.items():
        choices = [allowed(row) for row in rows]
        found = {code for code in used(child) if code[0] not in OLD}
        if not choices or not found or not all(choice.codes for choice in choices):
            continue
        codes = frozenset(code for choice in choices for code in choice.codes)
        if found.isdisjoint(codes):
            [(scheme, value), *_] = sorted(found)
            few = ", ".join(f"({value}, {scheme})" for scheme, value in sorted(codes)[:3])
            more = f" and {len(codes) - 3} more" if len(codes) > 3 else ""
            yield Detail(
                path=child.inside(keyword),
                message=f"{child.label}: {shown(rows[0])} has {few}{more}, not ({value}, {scheme})",
                fix="Use a code of the template",
                row=rows[0],
                code="code-not-in-group",
                # Where a term is not exact, another of the same meaning may stand in its place.
                outcome="violation" if all(choice.is_exact for choice in choices) else "warning",
            )


def _others(level: TemplateLevel) -> Iterator[Detail]:
    """A template that may not be extended has no other items."""
    rows = (level.row, *level.rows)
    if level.has_old or not all(row.is_closed and not row.included for row in rows):
        return
    named = {code for row in level.rows for code in row.concepts}
    for child, fitting in level.fitting.items():
        if not fitting and not child.reference and child.concept not in named:
            row = level.row
            message = f"{child.label}: TID {row.tid} has no such item below row {row.number}, and "
            message += "may not be extended"
            yield Detail(
                path=child.path,
                message=message,
                fix="Remove the item",
                row=row,
                code="template-items",
            )
