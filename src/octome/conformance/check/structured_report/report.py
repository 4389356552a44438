"""All checks of one structured report."""

from __future__ import annotations

from collections.abc import Iterator

from octome.conformance.check.consistency.disagreement import Disagreement
from octome.conformance.check.structured_report.content_tree import content_tree
from octome.conformance.check.structured_report.coordinates import (
    coordinates,
    origins,
    selected,
)
from octome.conformance.check.structured_report.evidence import evidence, own_documents
from octome.conformance.check.structured_report.items import items_related, references_by_place
from octome.conformance.check.structured_report.key_objects import key_objects
from octome.conformance.check.structured_report.template_rows import template_rows
from octome.conformance.check.structured_report.values import values
from octome.conformance.rules.structured_report.report_rules import ReportRules
from octome.dicom.data_set import DataSet
from octome.dicom.tag import TAG


def disagreements_in_report(ds: DataSet, rules: ReportRules) -> Iterator[Disagreement]:
    """What departs from the Standard in the content of a report; nothing in other instances."""
    tree = content_tree(ds)
    if tree is None:
        return
    relationships = rules.relationships(ds.text(TAG.SOPClassUID))
    yield from items_related(tree, relationships)
    yield from references_by_place(tree, relationships)
    yield from values(tree)
    yield from coordinates(tree)
    if relationships is not None:
        yield from selected(tree)
    yield from origins(tree)
    yield from evidence(tree)
    yield from own_documents(tree)
    yield from key_objects(tree, rules.book)
    yield from template_rows(tree, rules)
