"""Presentation states: images, layers, graphics, displayed areas."""

from __future__ import annotations

import pytest
from pydicom.dataset import Dataset
from small_instance import dataset, found_by

from octome.conformance.check.consistency.presentation import (
    compound_graphics,
    displayed_areas,
    graphic_layers,
    graphics,
    shown_images,
)


def image(uid: str) -> Dataset:
    """A reference to an image."""
    return dataset(ReferencedSOPInstanceUID=uid)


def state(*shown: str, **values: object) -> Dataset:
    """A presentation state that shows images, and one displayed area for all."""
    series = dataset(ReferencedImageSequence=[image(uid) for uid in shown])
    area = dataset(PresentationSizeMode="SCALE TO FIT")
    ds = dataset(ReferencedSeriesSequence=[series], DisplayedAreaSelectionSequence=[area])
    ds.update(dataset(**values))
    return ds


def test_what_is_applied_names_images_that_are_shown() -> None:
    note = dataset(ReferencedImageSequence=[image("2.25.1")])
    assert found_by(shown_images, state("2.25.1", GraphicAnnotationSequence=[note])) == []
    path = "GraphicAnnotationSequence[0].ReferencedImageSequence"
    found = found_by(shown_images, state("2.25.2", GraphicAnnotationSequence=[note]))
    assert found == [f"violation presentation {path}"]


def test_each_image_has_a_displayed_area() -> None:
    ds = state("2.25.1", "2.25.2")
    assert found_by(shown_images, ds) == []
    ds.DisplayedAreaSelectionSequence[0].ReferencedImageSequence = [image("2.25.1")]
    found = found_by(shown_images, ds)
    assert found == ["violation presentation DisplayedAreaSelectionSequence"]


def test_an_annotation_is_on_a_layer_that_exists() -> None:
    ds = state(
        "2.25.1",
        GraphicLayerSequence=[dataset(GraphicLayer="POND")],
        GraphicAnnotationSequence=[dataset(GraphicLayer="POND")],
    )
    assert found_by(graphic_layers, ds) == []
    ds.GraphicAnnotationSequence[0].GraphicLayer = "FROG"
    path = "GraphicAnnotationSequence[0].GraphicLayer"
    assert found_by(graphic_layers, ds) == [f"violation graphic-layer {path}"]


def test_layers_have_names_of_their_own() -> None:
    layers = [dataset(GraphicLayer="POND"), dataset(GraphicLayer="POND")]
    path = "GraphicLayerSequence[0].GraphicLayer"
    found = found_by(graphic_layers, state("2.25.1", GraphicLayerSequence=layers))
    assert found == [f"violation graphic-layer {path}"]


@pytest.mark.parametrize(
    ("kind", "stated", "points", "is_wrong"),
    [
        ("POINT", 1, 1, False),
        ("CIRCLE", 2, 2, False),
        ("CIRCLE", 3, 3, True),
        ("ELLIPSE", 2, 2, True),
        ("POLYLINE", 3, 3, False),
        ("POLYLINE", 3, 4, True),
    ],
)
def test_a_graphic_has_the_points_of_its_type(
    kind: str, stated: int, points: int, is_wrong: bool
) -> None:
    graphic = dataset(
        GraphicType=kind, NumberOfGraphicPoints=stated, GraphicData=[1.0, 2.0] * points
    )
    ds = dataset(GraphicAnnotationSequence=[dataset(GraphicObjectSequence=[graphic])])
    path = "GraphicAnnotationSequence[0].GraphicObjectSequence[0].GraphicData"
    assert found_by(graphics, ds) == [f"violation graphic {path}"] * is_wrong


@pytest.mark.parametrize(("ratio", "is_wrong"), [(0.5, False), (0, True), (-1, True)])
def test_an_area_is_magnified_by_more_than_0(ratio: float, is_wrong: bool) -> None:
    area = dataset(PresentationPixelMagnificationRatio=ratio)
    ds = dataset(DisplayedAreaSelectionSequence=[area])
    path = "DisplayedAreaSelectionSequence[0].PresentationPixelMagnificationRatio"
    assert found_by(displayed_areas, ds) == [f"violation presentation {path}"] * is_wrong


@pytest.mark.parametrize(
    ("kind", "points", "is_wrong"),
    [("ARROW", 2, False), ("CROSSHAIR", 2, True), ("RULER", 1, True)],
)
def test_a_compound_graphic_has_the_points_of_its_type(
    kind: str, points: int, *, is_wrong: bool
) -> None:
    graphic = dataset(CompoundGraphicType=kind, GraphicData=[1.0] * 2 * points)
    ds = dataset(GraphicAnnotationSequence=[dataset(CompoundGraphicSequence=[graphic])])
    path = "GraphicAnnotationSequence[0].CompoundGraphicSequence[0].GraphicData"
    assert found_by(compound_graphics, ds) == [f"violation graphic {path}"] * is_wrong


@pytest.mark.parametrize(
    ("values", "is_wrong"),
    [
        ({}, True),
        ({"ImageRotation": 0, "ImageHorizontalFlip": "N"}, True),
        ({"ImageRotation": 180, "ImageHorizontalFlip": "N"}, False),
        ({"ImageRotation": 0, "ImageHorizontalFlip": "Y"}, False),
    ],
)
def test_the_corners_of_an_area_are_in_order_unless_it_is_turned(
    values: dict[str, object], *, is_wrong: bool
) -> None:
    area = dataset(DisplayedAreaTopLeftHandCorner=[4, 1], DisplayedAreaBottomRightHandCorner=[1, 4])
    ds = dataset(DisplayedAreaSelectionSequence=[area], **values)
    path = "DisplayedAreaSelectionSequence[0].DisplayedAreaBottomRightHandCorner"
    assert found_by(displayed_areas, ds) == [f"violation presentation {path}"] * is_wrong
    area.DisplayedAreaBottomRightHandCorner = [4, 4]
    assert found_by(displayed_areas, ds) == []
