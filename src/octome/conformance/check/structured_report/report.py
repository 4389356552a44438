"""All checks of one structured report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from octome.conformance.check.consistency.disagreement import Disagreement
from octome.dicom.data_set import DataSet
from octome.dicom.tag import TAG

if TYPE_CHECKING:
    from octome.conformance.rules.structured_report.report_rules import ReportRules

REPORTS = "1.2.840.10008.5.1.4.1.1.88."
# Encapsulated documents may have the root of a tree, which is in the document itself.
DOCUMENTS = "1.2.840.10008.5.1.4.1.1.104."


def is_report(ds: DataSet) -> bool:
    """Whether an instance is a structured report, which has a content tree."""
    uid = ds.text(TAG.SOPClassUID)
    has_tree = TAG.ContentSequence in ds and TAG.ValueType in ds and not uid.startswith(DOCUMENTS)
    return has_tree or uid.startswith(REPORTS)


def disagreements_in_report(ds: DataSet, rules: ReportRules) -> Iterator[Disagreement]:
    """What departs from the Standard in the content of a report."""
    # Imported here: most instances are not reports.
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

    tree = content_tree(ds)
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
