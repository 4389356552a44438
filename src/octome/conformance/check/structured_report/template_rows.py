"""The content tree held against the template that it names (PS3.16)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from octome.conformance.check.consistency.disagreement import Disagreement
from octome.conformance.check.finding import Outcome
from octome.conformance.check.structured_report.content_tree import ContentItem, ContentTree
from octome.conformance.rules.structured_report.report_rules import ReportRules
from octome.conformance.rules.structured_report.template import Row, Rows, Template
from octome.dicom.tag import TAG

TID = re.compile(r"\d+[A-Z]?")
OF_2016 = " (as of 2016; later editions may differ)"
# Old codes of SNOMED: which of today's they are is not known for all.
OLD = frozenset({"SRT", "SNM3", "99SDM"})


def template_rows(tree: ContentTree, rules: ReportRules) -> Iterator[Disagreement]:
    """The rows that a named template needs are there, as it has them."""
    tid = _named(tree.root)
    if not tid:
        return
    where = "ContentTemplateSequence[0].TemplateIdentifier"
    if not TID.fullmatch(tid):
        message = f"{tid!r} does not identify a template: the identifier is a number, such as 1500"
        yield Disagreement(
            code="template",
            path=where,
            message=message,
            fix="Give the number of the template alone",
            section="PS3.3 C.18.8",
        )
        return
    template = rules.template(tid)
    if template is None:
        if rules.has_templates:
            yield Disagreement(
                code="template",
                outcome="warning",
                path=where,
                message=f"the edition has no template {tid}",
                fix="Correct the identifier, or name the mapping resource that defines it",
                section="PS3.16 A",
            )
        return
    for row in template.rows[:1]:
        if row.concepts and tree.root.concept not in row.concepts and not _is_old(tree.root):
            message = f"TID {tid} has another root: {row.name}, not {tree.root.name}"
            path = "ConceptNameCodeSequence"
            yield _finding(template, path, message, "Name the template that was used", row.tid)
        yield from _level(tree.root, row.rows, template)


def _named(item: ContentItem) -> str:
    """The template of the Standard that an item names; empty if it names none."""
    for named in item.ds.items(TAG.ContentTemplateSequence):
        if named.text(TAG.MappingResource) in ("DCMR", ""):
            return named.text(TAG.TemplateIdentifier)
    return ""


def _level(item: ContentItem, rows: Rows, template: Template) -> list[Disagreement]:
    """What the rows of one level find in an item."""
    found: list[Disagreement] = []
    fitting = {child: [row for row in rows if _fits(row, child)] for child in item.children}
    has_old = any(_is_old(child) for child in item.children)
    counts = {id(row): 0 for row in rows}
    for child_rows in fitting.values():
        for row in child_rows:
            counts[id(row)] += 1
    present = {row.number for row in rows if counts[id(row)]}
    missing = [
        row
        for row in rows
        if not counts[id(row)] and not has_old and _is_needed(row, present) and not row.included
    ]
    other: list[tuple[ContentItem, Row]] = []
    for child, child_rows in fitting.items():
        named = [row for row in rows if child.concept in row.concepts]
        is_known = any(row.included for row in rows) and not any(row in missing for row in named)
        if named and not child_rows and not child.reference and not is_known:
            other.append((child, named[0]))
    for child, row in other:
        message = (
            f"{child.label}: it is {child.relationship} {child.value_type}, but "
            f"{_shown(row)} is {row.relationship} {row.value_type}".replace("is  ", "is ")
        )
        path = child.inside("ValueType")
        found.append(_finding(template, path, message, "Use what the template has", row.tid))
    missing = [row for row in missing if not any(row is one for _, one in other)]
    if missing:
        needed = [_shown(row) for row in missing if row.is_mandatory]
        one_of = " or ".join(_shown(row) for row in missing if not row.is_mandatory)
        names = ", ".join(dict.fromkeys([*needed, one_of] if one_of else needed))
        path = item.inside("ContentSequence")
        message = f"{item.label}: it lacks {names}"
        fix = "Add the content items, or do not name the template"
        found.append(_finding(template, path, message, fix, missing[0].tid))
    for row in rows:
        is_alone = all(child_rows == [row] for child_rows in fitting.values() if row in child_rows)
        if row.most is not None and counts[id(row)] > row.most and row.concepts and is_alone:
            path = item.inside("ContentSequence")
            message = f"{item.label}: it has {_shown(row)} {counts[id(row)]} times, not {row.most}"
            found.append(_finding(template, path, message, "Keep one of them", row.tid, "extra"))
    for child, child_rows in fitting.items():
        found += _best(child, child_rows, template)
    return found


def _best(child: ContentItem, rows: list[Row], template: Template) -> list[Disagreement]:
    """The least that one of the rows that an item may be finds below it."""
    named = _named(child)
    rows = [row for row in rows if row.tid == named] or rows
    least: list[Disagreement] | None = None
    for row in rows:
        here = _level(child, row.rows, template) if row.rows else []
        if not here:
            return []
        least = here if least is None or len(here) < len(least) else least
    return least or []


def _fits(row: Row, item: ContentItem) -> bool:
    """Whether an item may be the one of a row."""
    if row.included or (item.reference and not row.is_by_reference):
        return False
    return (
        row.relationship in ("", item.relationship)
        and (row.value_type in ("", item.value_type) or bool(item.reference))
        and (not row.concepts or item.concept in row.concepts or bool(item.reference))
    )


def _is_needed(row: Row, present: set[str]) -> bool:
    return row.is_mandatory or (bool(row.if_absent) and row.if_absent.isdisjoint(present))


def _is_old(item: ContentItem) -> bool:
    return item.concept[0] in OLD


def _shown(row: Row) -> str:
    return f"{row.name or row.value_type} (TID {row.tid} row {row.number})"


def _finding(
    template: Template, path: str, message: str, fix: str, tid: str, code: str = ""
) -> Disagreement:
    outcome: Outcome = "violation" if template.is_of_edition else "warning"
    return Disagreement(
        code="template-items" if code else "template",
        outcome=outcome,
        path=path,
        message=message + ("" if template.is_of_edition else OF_2016),
        fix=fix,
        section=f"PS3.16 TID {tid}",
    )
