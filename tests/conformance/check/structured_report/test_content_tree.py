"""The content tree of a structured report."""

from __future__ import annotations

from report_items import COMPREHENSIVE, FINDING, item, number, report
from small_instance import encoded

from octome.conformance.check.structured_report.content_tree import content_tree
from octome.dicom.part10 import read_encoded


def test_an_item_has_a_place_a_path_and_a_label() -> None:
    group = item("CONTAINER", item("TEXT"), number(), concept=("125007", "DCM", "Measurements"))
    ds = report(COMPREHENSIVE, item("TEXT"), group)
    tree = content_tree(read_encoded(encoded(ds)).data_set)
    last = tree.items[-1]
    assert last.path == "ContentSequence[1].ContentSequence[1]"
    assert last.inside("ValueType") == f"{last.path}.ValueType"
    assert last.label == "1.2.2 (Measurements > Length)"
    assert tree.items[1].concept == (FINDING[1], FINDING[0])
    assert tree.root.inside("ValueType") == "ValueType"


def test_a_place_leads_to_its_item() -> None:
    ds = report(COMPREHENSIVE, item("CONTAINER", item("TEXT"), number()))
    tree = content_tree(read_encoded(encoded(ds)).data_set)
    assert tree.at((1, 1, 2)) is tree.items[-1]
    assert tree.at((1,)) is tree.root
    assert tree.at((2,)) is tree.at(()) is tree.at((1, 1, 3)) is tree.at((1, 0)) is None
