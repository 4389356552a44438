"""Value types, relationships and references by place."""

from __future__ import annotations

import pytest
from pydicom.dataset import Dataset
from report_items import (
    BASIC,
    COMPREHENSIVE,
    ENHANCED,
    KEY_OBJECTS,
    SPATIAL,
    by_place,
    graphic,
    instance,
    item,
    number,
    report,
    selected_image,
)
from small_instance import WrongIn

CHEST_CAD, DOSE, EXTENSIBLE, ANNOTATION = "88.65", "88.67", "88.35", "88.77"


@pytest.mark.parametrize(
    ("sop_class", "child", "outcome"),
    [
        (BASIC, item("TEXT"), ""),
        (BASIC, graphic("POINT", 1, 1, of=selected_image()), "violation"),
        (BASIC, number(), "violation"),
        (ENHANCED, number(), ""),
        (ENHANCED, graphic("POINT", 1, 1, 1, value_type="SCOORD3D"), "violation"),
        (COMPREHENSIVE, graphic("POINT", 1, 1, 1, value_type="SCOORD3D"), "violation"),
        (SPATIAL, graphic("POINT", 1, 1, 1, value_type="SCOORD3D"), ""),
        (KEY_OBJECTS, instance(), ""),
        (KEY_OBJECTS, number(), "violation"),
        (BASIC, item("TABLE"), ""),
        (CHEST_CAD, item("TEXT"), "warning"),
        (CHEST_CAD, number(), ""),
        (EXTENSIBLE, graphic("POINT", 1, 1, 1, value_type="SCOORD3D"), ""),
        (ANNOTATION, number(), ""),
    ],
)
def test_a_container_contains_what_its_class_allows(
    wrong_in_report: WrongIn, sop_class: str, child: Dataset, outcome: str
) -> None:
    wrong = [line for line in wrong_in_report(report(sop_class, child)) if "content-item" in line]
    expected = f"{outcome} content-item ContentSequence[0].ValueType"
    assert expected in wrong if outcome else wrong == []


@pytest.mark.parametrize(
    ("sop_class", "parent", "child", "is_wrong"),
    [
        (SPATIAL, "TEXT", item("CONTAINER", relationship="SELECTED FROM"), True),
        (SPATIAL, "TEXT", item("TEXT", relationship="HAS CONCEPT MOD"), False),
        (SPATIAL, "TEXT", item("NUM", relationship="HAS CONCEPT MOD"), True),
        (SPATIAL, "TEXT", item("TEXT"), True),
        (SPATIAL, "CONTAINER", item("CONTAINER", relationship="HAS OBS CONTEXT"), False),
        (BASIC, "TEXT", item("DATE", relationship="HAS ACQ CONTEXT"), True),
        (EXTENSIBLE, "TEXT", item("DATE", relationship="HAS PROPERTIES"), False),
        (EXTENSIBLE, "TEXT", item("DATE"), True),
    ],
)
def test_relationships_are_those_of_the_class(
    wrong_in_report: WrongIn, sop_class: str, parent: str, child: Dataset, is_wrong: bool
) -> None:
    wrong = wrong_in_report(report(sop_class, item(parent, child)))
    expected = "content-item ContentSequence[0].ContentSequence[0].ValueType"
    assert any(expected in line for line in wrong) == is_wrong


@pytest.mark.parametrize("relationship", ["HAS FROGS", ""])
def test_a_relationship_is_one_of_the_standard(wrong_in_report: WrongIn, relationship: str) -> None:
    ds = report(COMPREHENSIVE, item("TEXT", relationship=relationship))
    path = "ContentSequence[0].RelationshipType"
    assert wrong_in_report(ds) == [f"violation content-item {path}"]


def test_the_root_is_a_container(wrong_in_report: WrongIn) -> None:
    ds = report(COMPREHENSIVE)
    ds.ValueType, ds.TextValue = "TEXT", "It croaks"
    assert wrong_in_report(ds) == ["violation content-item ValueType"]


@pytest.mark.parametrize(
    ("place", "is_wrong"), [((1, 2), False), ((1, 9), True), ((2, 1), True), ((1, 1), True)]
)
def test_a_reference_leads_to_another_item(
    wrong_in_report: WrongIn, place: tuple[int, ...], is_wrong: bool
) -> None:
    ds = report(COMPREHENSIVE, item("TEXT", by_place(*place)), item("TEXT"))
    path = "ContentSequence[0].ContentSequence[0].ReferencedContentItemIdentifier"
    assert wrong_in_report(ds) == [f"violation content-reference {path}"] * is_wrong


def test_references_make_no_circle(wrong_in_report: WrongIn) -> None:
    ds = report(COMPREHENSIVE, item("TEXT", by_place(1, 2)), item("TEXT", by_place(1, 1)))
    assert len(wrong_in_report(ds)) == 1


@pytest.mark.parametrize(
    ("child", "is_wrong"),
    [
        (by_place(1, 1, relationship="INFERRED FROM"), False),
        (by_place(1, 1, relationship="SELECTED FROM"), True),
        (by_place(1, 1, relationship="HAS CONCEPT MOD"), True),
    ],
)
def test_a_reference_is_related_as_its_target_may_be(
    wrong_in_report: WrongIn, child: Dataset, is_wrong: bool
) -> None:
    ds = report(COMPREHENSIVE, item("TEXT"), item("TEXT", child))
    assert bool(wrong_in_report(ds)) == is_wrong


@pytest.mark.parametrize(
    ("sop_class", "outcome"), [(BASIC, "violation"), (DOSE, "warning"), (COMPREHENSIVE, "")]
)
def test_some_classes_have_no_references_by_place(
    wrong_in_report: WrongIn, sop_class: str, outcome: str
) -> None:
    of_image = by_place(1, 1, relationship="INFERRED FROM")
    ds = report(sop_class, instance(), item("TEXT", of_image))
    path = "ContentSequence[1].ContentSequence[0].ReferencedContentItemIdentifier"
    assert wrong_in_report(ds) == ([f"{outcome} content-item {path}"] if outcome else [])


def test_a_reference_has_no_value_of_its_own(wrong_in_report: WrongIn) -> None:
    both = item("TEXT", relationship="INFERRED FROM")
    both.ReferencedContentItemIdentifier = [1, 1]
    ds = report(COMPREHENSIVE, item("TEXT"), item("TEXT", both))
    path = "ContentSequence[1].ContentSequence[0].ReferencedContentItemIdentifier"
    assert wrong_in_report(ds) == [f"violation content-reference {path}"]
