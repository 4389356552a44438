"""Coordinates of content items."""

from __future__ import annotations

import pytest
from report_items import SPATIAL, SR, graphic, instance, item, report, selected_image
from small_instance import WrongIn

FLAT = (0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0, 1.0, 0.0)


@pytest.mark.parametrize(
    ("graphic_type", "coordinates", "is_wrong"),
    [
        ("POINT", (1, 1), False),
        ("POINT", (1, 1, 2, 2), True),
        ("CIRCLE", (1, 1, 2, 2), False),
        ("CIRCLE", (1, 1, 2, 2, 3, 3), True),
        ("ELLIPSE", (1,) * 8, False),
        ("ELLIPSE", (1,) * 4, True),
        ("POLYLINE", (1, 1, 2, 2, 3, 3), False),
        ("POLYLINE", (1, 1, 2), True),
        ("POLYLINE", (1, 1), True),
        ("MULTIPOINT", (1, 1), False),
    ],
)
def test_a_graphic_in_an_image_has_its_points(
    wrong_in_report: WrongIn, graphic_type: str, coordinates: tuple[float, ...], is_wrong: bool
) -> None:
    ds = report(SPATIAL, graphic(graphic_type, *coordinates, of=selected_image()))
    expected = ["violation coordinates ContentSequence[0].GraphicData"] * is_wrong
    assert wrong_in_report(ds) == expected


@pytest.mark.parametrize(
    ("graphic_type", "coordinates", "outcome"),
    [
        ("POINT", (-1, 1), "warning"),
        ("CIRCLE", (-9, 1, 2, 2), "warning"),
        ("CIRCLE", (3, 5, -2, 5), "note"),
        ("POLYLINE", (-0.5, 1, 2, 2, 3, 3), "note"),
    ],
)
def test_only_a_point_or_a_centre_beyond_the_image_is_a_warning(
    wrong_in_report: WrongIn, graphic_type: str, coordinates: tuple[float, ...], outcome: str
) -> None:
    ds = report(SPATIAL, graphic(graphic_type, *coordinates, of=selected_image()))
    assert wrong_in_report(ds) == [f"{outcome} coordinates ContentSequence[0].GraphicData"]


@pytest.mark.parametrize(
    ("graphic_type", "coordinates", "is_wrong"),
    [
        ("POINT", (1, 1, 1), False),
        ("POLYGON", (*FLAT, 0.0, 0.0, 0.0), False),
        ("POLYGON", FLAT, True),
        ("POLYGON", (*FLAT, 5.0, 5.0, 0.0), True),
        ("POLYGON", (*FLAT, 0.0, 1.0, 0.5, 0.0, 0.0, 0.0), True),
        ("ELLIPSE", (1,) * 12, False),
        ("ELLIPSOID", (1,) * 12, True),
    ],
)
def test_a_graphic_in_space_has_its_points(
    wrong_in_report: WrongIn, graphic_type: str, coordinates: tuple[float, ...], is_wrong: bool
) -> None:
    ds = report(SPATIAL, graphic(graphic_type, *coordinates, value_type="SCOORD3D"))
    expected = ["violation coordinates ContentSequence[0].GraphicData"] * is_wrong
    assert wrong_in_report(ds) == expected


def test_a_graphic_has_a_type_of_its_value_type(wrong_in_report: WrongIn) -> None:
    ds = report(SPATIAL, graphic("CIRCLE", 1, 1, 1, value_type="SCOORD3D"))
    assert wrong_in_report(ds) == ["violation coordinates ContentSequence[0].GraphicType"]


@pytest.mark.parametrize(
    ("range_type", "positions", "is_wrong"),
    [
        ("POINT", [1], False),
        ("POINT", [1, 2], True),
        ("SEGMENT", [1, 2], False),
        ("MULTISEGMENT", [1, 2, 3], True),
        ("FROGS", [1], True),
        ("BEGIN", [], True),
    ],
)
def test_a_range_in_time_has_its_points(
    wrong_in_report: WrongIn, range_type: str, positions: list[int], is_wrong: bool
) -> None:
    of = instance(
        "WAVEFORM", relationship="SELECTED FROM", sop_class="1.2.840.10008.5.1.4.1.1.9.1.1"
    )
    times = item("TCOORD", of, TemporalRangeType=range_type, ReferencedSamplePositions=positions)
    wrong = wrong_in_report(report(SPATIAL, times))
    assert [line.split()[1] for line in wrong] == ["coordinates"] * is_wrong


def test_coordinates_are_selected_from_something(wrong_in_report: WrongIn) -> None:
    ds = report(SPATIAL, graphic("POINT", 1, 1))
    assert wrong_in_report(ds) == ["violation content-item ContentSequence[0]"]


def test_an_ellipse_has_axes_that_cross(wrong_in_report: WrongIn) -> None:
    ends = (0, 0, 90, 0, 90, 60, 0, 60)
    ds = report(SPATIAL, graphic("ELLIPSE", *ends, of=selected_image()))
    assert wrong_in_report(ds) == ["warning coordinates ContentSequence[0].GraphicData"]


@pytest.mark.parametrize(
    ("range_type", "positions", "wrong"),
    [
        ("SEGMENT", [1, 9], ""),
        ("SEGMENT", [9, 1], "warning"),
        ("POINT", [0], "violation"),
        ("MULTISEGMENT", [1, 9, 12, 10], "warning"),
    ],
)
def test_samples_are_in_order_from_1(
    wrong_in_report: WrongIn, range_type: str, positions: list[int], wrong: str
) -> None:
    ecg = instance("WAVEFORM", relationship="SELECTED FROM", sop_class=SR + "9.1.1")
    times = item("TCOORD", ecg, TemporalRangeType=range_type, ReferencedSamplePositions=positions)
    path = "ContentSequence[0].ReferencedSamplePositions"
    expected = [f"{wrong} coordinates {path}"] if wrong else []
    assert wrong_in_report(report(SPATIAL, times)) == expected


def test_coordinates_in_a_slide_state_their_origin(wrong_in_report: WrongIn) -> None:
    slide = instance(relationship="SELECTED FROM", sop_class=SR + "77.1.6")
    point = graphic("POINT", 1, 1, of=slide)
    path = "ContentSequence[0].PixelOriginInterpretation"
    assert wrong_in_report(report(SPATIAL, point)) == [f"violation missing {path}"]
    point.PixelOriginInterpretation = "VOLUME"
    assert wrong_in_report(report(SPATIAL, point)) == []
