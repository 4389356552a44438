"""The children of a content item, and the rows of a template that each of them may be."""

from __future__ import annotations

from functools import cached_property

from octome.conformance.check.scope import code_of
from octome.conformance.check.structured_report.content_tree import ContentItem
from octome.conformance.rules.condition.expression import Truth
from octome.conformance.rules.structured_report.template import Concept, Row, Rows
from octome.dicom.tag import TAG

# Old codes of SNOMED: which of today's they are is not known for all.
OLD = frozenset({"SRT", "SNM3", "99SDM"})


class TemplateLevel:
    """One level of a template in one content item.

    Parameters
    ----------
    item : ContentItem
        Whose children are compared.
    row : Row
        The row that the item is.
    rows : Rows
        The rows below it.
    """

    def __init__(self, item: ContentItem, row: Row, rows: Rows) -> None:
        self.item, self.row, self.rows = item, row, rows
        self.fitting = {child: [row for row in rows if fits(row, child)] for child in item.children}

    @cached_property
    def counts(self) -> dict[int, int]:
        """How many children may be each row, by the `id` of the row."""
        found = {id(row): 0 for row in self.rows}
        for rows in self.fitting.values():
            for row in rows:
                found[id(row)] += 1
        return found

    @cached_property
    def certain(self) -> dict[ContentItem, Row]:
        """The children that may be one row only."""
        return {child: rows[0] for child, rows in self.fitting.items() if len(rows) == 1}

    @cached_property
    def has_old(self) -> bool:
        """Whether a child has a code of an old scheme."""
        return any(is_old(child) for child in self.item.children)

    def named(self, row: Row, number: str) -> list[Row]:
        """The rows of the same template with a number that a condition names."""
        return [one for one in self.rows if (one.tid, one.number) == (row.tid, number)]

    def is_present(self, row: Row, number: str) -> Truth:
        """Whether there is a child for the row of that number; None where the row is elsewhere."""
        found = self.named(row, number)
        return any(self.counts[id(one)] for one in found) if found else None

    def is_met(self, row: Row) -> Truth:
        """Whether the condition of a row is met; None where that is not known."""
        condition = row.condition
        if condition is None or self.has_old:
            return None
        others = [self.is_present(row, number) for number in condition.rows - {row.number}]
        if condition.kind == "value":
            [number] = condition.rows
            values = self._values(row, number)
            return None if values is None else not values.isdisjoint(condition.codes)
        if None in others:
            return None
        if condition.kind == "present":
            return all(others)
        return not any(others)  # the others of `one of`, and what is `absent`

    def _values(self, row: Row, number: str) -> set[Concept] | None:
        """The codes that are the values of the row of that number, here or above."""
        if (self.row.tid, self.row.number) == (row.tid, number):
            return values_of(self.item)
        rows = self.named(row, number)
        items = [child for child, one in self.certain.items() if one in rows]
        if not rows or (not items and self.is_present(row, number)):
            return None
        return {code for item in items for code in values_of(item)}


def fits(row: Row, item: ContentItem) -> bool:
    """Whether an item may be the one of a row."""
    if row.included or (item.reference and not row.is_by_reference):
        return False
    return (
        row.relationship in ("", item.relationship)
        and (row.value_type in ("", item.value_type) or bool(item.reference))
        and (not row.concepts or item.concept in row.concepts or bool(item.reference))
    )


def is_old(item: ContentItem) -> bool:
    """Whether its concept is of an old scheme."""
    return item.concept[0] in OLD


def values_of(item: ContentItem) -> set[Concept]:
    """The value of a CODE."""
    return {code_of(code) for code in item.ds.items(TAG.ConceptCodeSequence)}


def units_of(item: ContentItem) -> set[Concept]:
    """The units of a NUM."""
    return {
        code_of(code)
        for value in item.ds.items(TAG.MeasuredValueSequence)
        for code in value.items(TAG.MeasurementUnitsCodeSequence)
    }
