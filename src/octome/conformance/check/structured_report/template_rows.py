"""The content tree held against the template that it names (PS3.16)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from octome.conformance.check.consistency.disagreement import Disagreement
from octome.conformance.check.finding import Outcome
from octome.conformance.check.structured_report.content_tree import ContentItem, ContentTree
from octome.conformance.check.structured_report.template_details import details, shown
from octome.conformance.check.structured_report.template_level import TemplateLevel, is_old
from octome.conformance.rules.structured_report.report_rules import ReportRules
from octome.conformance.rules.structured_report.template import Row, Template
from octome.dicom.tag import TAG

TID = re.compile(r"\d+[A-Z]?")
OF_2016 = " (as of 2016; later editions may differ)"
KEY_OBJECTS = "1.2.840.10008.5.1.4.1.1.88.59"
OF_KEY_OBJECTS = "2010"


def template_rows(tree: ContentTree, rules: ReportRules) -> Iterator[Disagreement]:
    """The rows that a named template needs are there, as it has them."""
    tid = _named(tree.root)
    if not tid and tree.root.ds.text(TAG.SOPClassUID) == KEY_OBJECTS:
        # PS3.3 A.35.4: it need not be named.
        template = rules.template(OF_KEY_OBJECTS)
        for found in _whole(tree.root, template) if template else ():
            yield replace(found, outcome="warning")
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
    yield from _whole(tree.root, template)


def _whole(root: ContentItem, template: Template) -> Iterator[Disagreement]:
    for row in template.rows[:1]:
        if row.concepts and root.concept not in row.concepts and not is_old(root):
            message = f"TID {template.tid} has another root: {row.name}, not {root.name}"
            path = "ConceptNameCodeSequence"
            yield _finding(template, path, message, "Name the template that was used", row.tid)
        yield from _level(TemplateLevel(root, row, row.rows), template)


def _named(item: ContentItem) -> str:
    """The template of the Standard that an item names; empty if it names none."""
    for named in item.ds.items(TAG.ContentTemplateSequence):
        if named.text(TAG.MappingResource) in ("DCMR", ""):
            return named.text(TAG.TemplateIdentifier)
    return ""


def _level(level: TemplateLevel, template: Template) -> list[Disagreement]:
    """What the rows of one level find in an item."""
    item, rows = level.item, level.rows
    found: list[Disagreement] = []
    missing = [row for row in rows if _is_missing(row, level)]
    other: list[tuple[ContentItem, Row]] = []
    for child, child_rows in level.fitting.items():
        named = [row for row in rows if child.concept in row.concepts]
        is_known = any(row.included for row in rows) and not any(row in missing for row in named)
        if named and not child_rows and not child.reference and not is_known:
            other.append((child, named[0]))
    for child, row in other:
        message = (
            f"{child.label}: it is {child.relationship} {child.value_type}, but "
            f"{shown(row)} is {row.relationship} {row.value_type}".replace("is  ", "is ")
        )
        path = child.inside("ValueType")
        found.append(_finding(template, path, message, "Use what the template has", row.tid))
    missing = [row for row in missing if not any(row is one for _, one in other)]
    if missing:
        alternatives = [row for row in missing if _is_alternative(row)]
        needed = [shown(row) for row in missing if not _is_alternative(row)]
        one_of = " or ".join(map(shown, alternatives))
        names = ", ".join(dict.fromkeys([*needed, one_of] if one_of else needed))
        path = item.inside("ContentSequence")
        message = f"{item.label}: it lacks {names}"
        fix = "Add the content items, or do not name the template"
        found.append(_finding(template, path, message, fix, missing[0].tid))
    for row in rows:
        count = level.counts[id(row)]
        is_alone = all(each == [row] for each in level.fitting.values() if row in each)
        if row.most is not None and count > row.most and row.concepts and is_alone:
            path = item.inside("ContentSequence")
            message = f"{item.label}: it has {shown(row)} {count} times, not {row.most}"
            wrong = _finding(template, path, message, "Keep one of them", row.tid)
            found.append(replace(wrong, code="template-items"))
    for detail in details(level):
        wrong = _finding(template, detail.path, detail.message, detail.fix, detail.row.tid)
        outcome = detail.outcome if template.is_of_edition else "warning"
        found.append(replace(wrong, code=detail.code, outcome=outcome))
    for child, child_rows in level.fitting.items():
        found += _best(child, child_rows, template)
    return found


def _best(child: ContentItem, rows: list[Row], template: Template) -> list[Disagreement]:
    """The least that one of the rows that an item may be finds below it."""
    named = _named(child)
    rows = [row for row in rows if row.tid == named] or rows
    least: list[Disagreement] | None = None
    for row in rows:
        is_open = not row.rows and not (row.is_closed and child.children)
        here = [] if is_open else _level(TemplateLevel(child, row, row.rows), template)
        if not here:
            return []
        least = here if least is None or len(here) < len(least) else least
    return least or []


def _is_missing(row: Row, level: TemplateLevel) -> bool:
    """Whether a row is needed, and no child may be it."""
    if level.counts[id(row)] or row.included or level.has_old:
        return False
    condition = row.condition
    is_required = condition is not None and condition.is_required and bool(level.is_met(row))
    if not (row.is_mandatory or is_required):
        return False
    # A concept of the same meaning may stand in its place.
    return row.concept.is_exact or not any(
        not rows and (child.relationship, child.value_type) == (row.relationship, row.value_type)
        for child, rows in level.fitting.items()
    )


def _is_alternative(row: Row) -> bool:
    return row.condition is not None and row.condition.kind in ("one of", "only one of")


def _finding(template: Template, path: str, message: str, fix: str, tid: str) -> Disagreement:
    outcome: Outcome = "violation" if template.is_of_edition else "warning"
    return Disagreement(
        code="template",
        outcome=outcome,
        path=path,
        message=message + ("" if template.is_of_edition else OF_2016),
        fix=fix,
        section=f"PS3.16 TID {tid}",
    )
