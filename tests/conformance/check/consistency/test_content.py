"""The content tree of a structured report."""

from __future__ import annotations

import pytest
from pydicom.dataset import Dataset
from small_instance import dataset, found_by

from octome.conformance.check.consistency.content import (
    content_items,
    coordinates,
    referenced_content,
    selected_images,
)

SR = "1.2.840.10008.5.1.4.1.1.88."


def item(
    kind: str, relationship: str = "CONTAINS", *children: Dataset, **values: object
) -> Dataset:
    ds = dataset(ValueType=kind, RelationshipType=relationship, **values)
    if children:
        ds.ContentSequence = list(children)
    return ds


def report(number: int, *children: Dataset) -> Dataset:
    return dataset(
        SOPClassUID=f"{SR}{number}", ValueType="CONTAINER", ContentSequence=list(children)
    )


@pytest.mark.parametrize(
    ("number", "kind", "is_wrong"),
    [
        (11, "TEXT", False),
        (11, "SCOORD", True),
        (11, "NUM", True),
        (22, "NUM", False),
        (22, "SCOORD3D", True),
        (33, "SCOORD3D", True),
        (34, "SCOORD3D", False),
        (59, "IMAGE", False),
        (59, "NUM", True),
        (11, "TABLE", False),
        (35, "NUM", False),
    ],
)
def test_a_container_contains_what_its_class_allows(number: int, kind: str, is_wrong: bool) -> None:
    wrong = found_by(content_items, report(number, item(kind)))
    assert wrong == ["violation content-item ContentSequence[0].ValueType"] * is_wrong


def test_a_container_is_selected_from_nothing() -> None:
    ds = report(34, item("TEXT", "CONTAINS", item("CONTAINER", "SELECTED FROM")))
    path = "ContentSequence[0].ContentSequence[0].ValueType"
    assert found_by(content_items, ds) == [f"violation content-item {path}"]


@pytest.mark.parametrize(
    ("kind", "graphic", "count", "is_wrong"),
    [
        ("SCOORD", "CIRCLE", 4, False),
        ("SCOORD", "CIRCLE", 6, True),
        ("SCOORD", "POLYLINE", 6, False),
        ("SCOORD", "POLYLINE", 3, True),
        ("SCOORD3D", "POINT", 3, False),
        ("SCOORD3D", "POLYGON", 8, True),
    ],
)
def test_a_graphic_has_the_coordinates_of_its_type(
    kind: str, graphic: str, count: int, is_wrong: bool
) -> None:
    ds = report(34, item(kind, GraphicType=graphic, GraphicData=[1.0] * count))
    wrong = found_by(coordinates, ds)
    assert wrong == ["violation coordinates ContentSequence[0].GraphicData"] * is_wrong


def test_coordinates_name_their_image() -> None:
    assert found_by(selected_images, report(33, item("SCOORD"))) == [
        "violation content-item ContentSequence[0]"
    ]
    ds = report(33, item("SCOORD", "CONTAINS", item("IMAGE", "SELECTED FROM")))
    assert found_by(selected_images, ds) == []


@pytest.mark.parametrize(
    ("place", "is_wrong"), [([1], False), ([1, 1], False), ([1, 3], True), ([2, 1], True)]
)
def test_a_reference_leads_to_an_item(place: list[int], is_wrong: bool) -> None:
    by_place = dataset(RelationshipType="INFERRED FROM", ReferencedContentItemIdentifier=place)
    ds = report(33, item("TEXT"), by_place)
    path = "ContentSequence[1].ReferencedContentItemIdentifier"
    assert found_by(referenced_content, ds) == [f"violation content-reference {path}"] * is_wrong
