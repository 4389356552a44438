"""The values of content items."""

from __future__ import annotations

import pytest
from pydicom.dataset import Dataset
from report_items import COMPREHENSIVE, CT, LENGTH, SR, instance, item, number, report
from small_instance import WrongIn, dataset


def without(ds: Dataset, keyword: str) -> Dataset:
    delattr(ds, keyword)
    return ds


@pytest.mark.parametrize(
    ("child", "wrong"),
    [
        (item("PNAME"), ""),
        (item("PNAME", TextValue="Frog"), "missing PersonName"),
        (item("DATE", TextValue="20260131"), "missing Date"),
        (item("TEXT", TextValue=""), "empty TextValue"),
        (item("CODE", ConceptCodeSequence=[]), "empty ConceptCodeSequence"),
        (item("UIDREF", concept=None), "missing ConceptNameCodeSequence"),
        (item("CONTAINER", concept=None), ""),
        (item("CONTAINER", TextValue="Frog"), "missing ContinuityOfContent"),
        (number(), ""),
        (number(unit=None), "missing MeasuredValueSequence[0].MeasurementUnitsCodeSequence"),
        (number(value=""), "missing MeasuredValueSequence[0].NumericValue"),
        (item("NUM", MeasuredValueSequence=[]), ""),
        (item("NUM", TextValue="1"), "missing MeasuredValueSequence"),
        (dataset(RelationshipType="CONTAINS"), "missing ValueType"),
    ],
)
def test_an_item_has_the_value_of_its_type(
    wrong_in_report: WrongIn, child: Dataset, wrong: str
) -> None:
    found = wrong_in_report(report(COMPREHENSIVE, child))
    code, _, keyword = wrong.partition(" ")
    assert found == ([f"violation {code} ContentSequence[0].{keyword}"] if wrong else [])


def test_a_unit_is_of_ucum(wrong_in_report: WrongIn) -> None:
    found = wrong_in_report(report(COMPREHENSIVE, number(unit=("mm", "99POND", "mm"))))
    path = "ContentSequence[0].MeasuredValueSequence[0].MeasurementUnitsCodeSequence[0]"
    assert found == [f"warning unit {path}"]


def test_a_number_has_one_value(wrong_in_report: WrongIn) -> None:
    measured = number().MeasuredValueSequence[0]
    twice = item("NUM", concept=LENGTH, MeasuredValueSequence=[measured, measured])
    path = "ContentSequence[0].MeasuredValueSequence"
    assert wrong_in_report(report(COMPREHENSIVE, twice)) == [f"violation too-many-items {path}"]


def test_the_root_has_a_title(wrong_in_report: WrongIn) -> None:
    ds = without(report(COMPREHENSIVE, item("TEXT")), "ConceptNameCodeSequence")
    assert wrong_in_report(ds) == ["violation missing ConceptNameCodeSequence"]


@pytest.mark.parametrize(
    ("value_type", "sop_class", "is_wrong"),
    [
        ("IMAGE", CT, False),
        ("IMAGE", SR + "66.4", False),
        ("IMAGE", SR + "88.33", True),
        ("IMAGE", SR + "9.1.1", True),
        ("IMAGE", "1.2.3.4", False),
        ("WAVEFORM", CT, True),
        ("WAVEFORM", SR + "9.1.1", False),
        ("COMPOSITE", SR + "88.33", False),
    ],
)
def test_an_image_is_an_image(
    wrong_in_report: WrongIn, value_type: str, sop_class: str, is_wrong: bool
) -> None:
    ds = report(COMPREHENSIVE, instance(value_type, sop_class=sop_class))
    path = "ContentSequence[0].ReferencedSOPSequence[0].ReferencedSOPClassUID"
    assert wrong_in_report(ds) == [f"violation reference-class {path}"] * is_wrong


@pytest.mark.parametrize(
    ("more", "wrong"),
    [
        ({"FloatingPointValue": 1.5}, ""),
        ({"FloatingPointValue": 2.5}, "FloatingPointValue"),
        ({"RationalNumeratorValue": 3, "RationalDenominatorValue": 2}, ""),
        ({"RationalNumeratorValue": 3, "RationalDenominatorValue": 4}, "RationalNumeratorValue"),
        ({"RationalNumeratorValue": 3, "RationalDenominatorValue": 0}, "RationalDenominatorValue"),
    ],
)
def test_the_forms_of_a_value_agree(
    wrong_in_report: WrongIn, more: dict[str, float], wrong: str
) -> None:
    measured = number()
    for keyword, value in more.items():
        setattr(measured.MeasuredValueSequence[0], keyword, value)
    path = f"ContentSequence[0].MeasuredValueSequence[0].{wrong}"
    expected = [f"violation numeric-value {path}"] if wrong else []
    assert wrong_in_report(report(COMPREHENSIVE, measured)) == expected


@pytest.mark.parametrize(
    ("sop_class", "is_wrong"), [(CT, True), (SR + "9.1.1", True), (SR + "4.2", False)]
)
def test_composite_is_neither_an_image_nor_a_waveform(
    wrong_in_report: WrongIn, sop_class: str, is_wrong: bool
) -> None:
    found = wrong_in_report(report(COMPREHENSIVE, instance("COMPOSITE", sop_class=sop_class)))
    path = "ContentSequence[0].ReferencedSOPSequence[0].ReferencedSOPClassUID"
    assert found == [f"warning reference-class {path}"] * is_wrong


@pytest.mark.parametrize(("sop_class", "is_wrong"), [(CT, True), (SR + "66.4", False)])
def test_a_segment_is_of_a_segmentation(
    wrong_in_report: WrongIn, sop_class: str, is_wrong: bool
) -> None:
    image = instance(sop_class=sop_class)
    image.ReferencedSOPSequence[0].ReferencedSegmentNumber = 1
    path = "ContentSequence[0].ReferencedSOPSequence[0].ReferencedSegmentNumber"
    found = wrong_in_report(report(COMPREHENSIVE, image))
    assert found == [f"violation forbidden {path}"] * is_wrong
