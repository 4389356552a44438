"""Rows of a template about frogs, and items for them."""

from __future__ import annotations

from pydicom.dataset import Dataset
from report_items import COMPREHENSIVE, Code, report
from small_instance import encoded

from octome.conformance.check.structured_report.content_tree import content_tree
from octome.conformance.check.structured_report.template_level import TemplateLevel
from octome.conformance.rules.structured_report.template import Choice, Row
from octome.dicom.part10 import read_encoded


def named(letter: str) -> Code:
    """The concept of a frog."""
    return (letter, "99POND", f"Frog {letter}")


def row(number: str, letter: str, value_type: str = "TEXT", **more: object) -> Row:
    """A row of TID 7 with the concept of a frog."""
    given: dict[str, object] = {
        "tid": "7",
        "relationship": "CONTAINS",
        "name": f"Frog {letter}",
        "most": 1,
        "is_mandatory": False,
    } | more
    concept = Choice(frozenset({("99POND", letter)}))
    return Row(number=number, value_type=value_type, concept=concept, **given)  # type: ignore[arg-type]


def level_of(rows: tuple[Row, ...], *children: Dataset, root: Row | None = None) -> TemplateLevel:
    """Those children below the root of a report, next to those rows."""
    tree = content_tree(read_encoded(encoded(report(COMPREHENSIVE, *children))).data_set)
    assert tree is not None
    return TemplateLevel(tree.root, root or row("0", "Root", "CONTAINER", is_closed=True), rows)
