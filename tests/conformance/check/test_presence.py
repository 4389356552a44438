"""Attributes that are missing, empty, or present although forbidden."""

from __future__ import annotations

from io import BytesIO

import pytest
from pydicom import DataElement, dcmread
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence
from small_instance import WrongIn, encoded

from octome.conformance.check.checker import Checker
from octome.conformance.synthesis.instance import make

RAMP = bytes((0, 1, 255, 1, 255, 0))  # an entry of 255, and 255 entries down to 0


def coded(value: str, scheme: str, meaning: str) -> Dataset:
    item = Dataset()
    item.CodeValue, item.CodingSchemeDesignator, item.CodeMeaning = value, scheme, meaning
    return item


def test_the_unchanged_image_has_no_violations(
    ct: Dataset, wrong_in: WrongIn, checker: Checker
) -> None:
    assert wrong_in(ct) == []
    assert checker.check(encoded(ct)).is_conformant


@pytest.mark.parametrize("keyword", ["SOPInstanceUID", "Modality", "Rows", "KVP", "PatientID"])
def test_a_missing_required_attribute_is_reported(
    ct: Dataset, wrong_in: WrongIn, keyword: str
) -> None:
    delattr(ct, keyword)
    assert f"violation missing {keyword}" in wrong_in(ct)


def test_type_1_needs_a_value(ct: Dataset, wrong_in: WrongIn) -> None:
    ct.ImageType = None
    assert wrong_in(ct) == ["violation empty ImageType"]


def test_type_2_may_be_empty(ct: Dataset, wrong_in: WrongIn) -> None:
    ct.KVP = None
    assert wrong_in(ct) == []


def test_a_type_that_another_module_overrides_does_not_count(
    checkers: dict[str, Checker], made_instances: dict[tuple[str, str], bytes]
) -> None:
    # C.8.6.1: SC Equipment has Modality as Type 3, General Series as Type 1.
    for edition, checker in checkers.items():
        sc = dcmread(BytesIO(made_instances[edition, "secondary-capture-image"]))
        del sc.Modality
        assert checker.check(encoded(sc)).is_conformant


def test_a_binary_zero_is_a_value(ct: Dataset, wrong_in: WrongIn) -> None:
    assert ct.PixelRepresentation == 0
    assert wrong_in(ct) == []


def test_a_true_condition_requires(ct: Dataset, wrong_in: WrongIn) -> None:
    # C.7.6.3: Planar Configuration where there is more than one sample per pixel.
    ct.SamplesPerPixel, ct.PhotometricInterpretation = 3, "RGB"
    assert "violation missing PlanarConfiguration" in wrong_in(ct)


def test_a_false_condition_forbids(ct: Dataset, wrong_in: WrongIn) -> None:
    ct.PlanarConfiguration = 0
    assert wrong_in(ct) == ["violation forbidden PlanarConfiguration"]


def test_what_may_be_present_otherwise_is_not_forbidden(ct: Dataset, wrong_in: WrongIn) -> None:
    # C.7.1.1: De-identification Method may be present whatever Patient Identity Removed is.
    ct.DeidentificationMethod = "none"
    assert wrong_in(ct) == []


def test_an_undecidable_condition_is_reported_with_its_text(
    ct: Dataset, checker_2020: Checker
) -> None:
    found = [f for f in checker_2020.check(encoded(ct)).findings if f.outcome == "undecided"]
    assert found
    by_path = {f.path: f for f in found}
    laterality = by_path["Laterality"]  # whether the body part is paired
    assert (laterality.code, laterality.type) == ("missing-undecided", "2C")
    assert "paired" in laterality.condition
    assert laterality.section == "PS3.3 C.7.3.1, Table C.7-5a"
    assert laterality.link == "/ciods/ct-image/general-series/00200060"


def test_items_are_checked_to_any_depth(ct: Dataset, wrong_in: WrongIn) -> None:
    reference = Dataset()
    reference.ReferencedSOPClassUID = "1.2.840.10008.5.1.4.1.1.2"
    reference.PurposeOfReferenceCodeSequence = [coded("121311", "DCM", "Localizer")]
    del reference.PurposeOfReferenceCodeSequence[0].CodeMeaning
    ct.ReferencedImageSequence = [reference]
    image = "violation missing ReferencedImageSequence[0]."
    assert wrong_in(ct) == [
        f"{image}ReferencedSOPInstanceUID",
        f"{image}PurposeOfReferenceCodeSequence[0].CodeMeaning",
    ]


def test_a_module_of_type_2_allows_no_item_where_another_is_optional(
    checker_2020: Checker,
) -> None:
    def found(ciod: str) -> list[str]:
        ds = make(checker_2020.book, ciod)
        view = coded("399162004", "SCT", "tea")
        view.ViewModifierCodeSequence = []
        ds.ViewCodeSequence = [view]
        findings = checker_2020.check(encoded(ds)).findings
        return [one.code for one in findings if one.path.endswith("ViewModifierCodeSequence")]

    assert found("digital-mammography-x-ray-image") == []
    assert found("ct-image") == ["too-few-items"]


def test_too_many_items_are_counted(ct: Dataset, wrong_in: WrongIn) -> None:
    # 10.6: one item in Request Attributes' code; here Patient's Size Code takes one or more.
    ct.AnatomicRegionSequence = [coded("69536005", "SCT", "Head"), coded("69536005", "SCT", "Head")]
    assert wrong_in(ct) == ["violation too-many-items AnatomicRegionSequence"]


def test_a_code_is_in_the_attribute_that_fits_it(ct: Dataset, wrong_in: WrongIn) -> None:
    item = coded("1", "99FROG", "made")
    del item.CodeValue
    item.LongCodeValue = "short"
    ct.AnatomicRegionSequence = [item]
    assert wrong_in(ct) == ["violation missing AnatomicRegionSequence[0].CodeValue"]


def content_item(**attributes: object) -> Dataset:
    item = Dataset()
    for keyword, value in attributes.items():
        setattr(item, keyword, value)
    return item


def sr_document(*children: Dataset) -> Dataset:
    ds = Dataset()
    ds.SOPClassUID, ds.SOPInstanceUID = "1.2.840.10008.5.1.4.1.1.88.33", "2.25.12"
    ds.ValueType, ds.ContinuityOfContent = "CONTAINER", "SEPARATE"
    ds.ConceptNameCodeSequence = [coded("126000", "DCM", "Imaging Measurement Report")]
    ds.ContentSequence = Sequence(children)
    return ds


def of_content(lines: list[str]) -> list[str]:
    return [line for line in lines if "ContentSequence[" in line]


def test_a_content_item_needs_what_its_value_type_needs(wrong_in: WrongIn) -> None:
    name = [coded("121071", "DCM", "Finding")]
    text = content_item(RelationshipType="CONTAINS", ValueType="TEXT", ConceptNameCodeSequence=name)
    assert of_content(wrong_in(sr_document(text))) == [
        "violation missing ContentSequence[0].TextValue"
    ]


def test_a_content_item_has_no_attributes_of_other_value_types(wrong_in: WrongIn) -> None:
    name = [coded("121071", "DCM", "Finding")]
    text = content_item(
        RelationshipType="CONTAINS",
        ValueType="TEXT",
        ConceptNameCodeSequence=name,
        TextValue="made",
        ContinuityOfContent="SEPARATE",
    )
    found = of_content(wrong_in(sr_document(text)))
    assert found == ["violation forbidden ContentSequence[0].ContinuityOfContent"]


def test_content_items_are_checked_in_content_items(wrong_in: WrongIn) -> None:
    name = [coded("121071", "DCM", "Finding")]
    deepest = content_item(
        RelationshipType="CONTAINS", ValueType="TEXT", ConceptNameCodeSequence=name
    )
    middle = content_item(
        RelationshipType="CONTAINS",
        ValueType="CONTAINER",
        ConceptNameCodeSequence=name,
        ContinuityOfContent="SEPARATE",
        ContentSequence=[deepest],
    )
    outer = content_item(
        RelationshipType="CONTAINS",
        ValueType="CONTAINER",
        ConceptNameCodeSequence=name,
        ContinuityOfContent="SEPARATE",
        ContentSequence=[middle],
    )
    path = "ContentSequence[0].ContentSequence[0].ContentSequence[0].TextValue"
    assert of_content(wrong_in(sr_document(outer))) == [f"violation missing {path}"]


def test_a_relationship_by_reference_needs_no_value_type(wrong_in: WrongIn) -> None:
    name = [coded("121071", "DCM", "Finding")]
    reference = content_item(
        RelationshipType="INFERRED FROM", ReferencedContentItemIdentifier=[1, 1]
    )
    texts = [
        content_item(
            RelationshipType="CONTAINS",
            ValueType="TEXT",
            ConceptNameCodeSequence=name,
            TextValue="x",
        )
        for _ in range(2)
    ]
    texts[1].ContentSequence = Sequence([reference])
    assert of_content(wrong_in(sr_document(*texts))) == []


def test_a_reference_to_a_single_frame_image_names_no_frame(ct: Dataset, wrong_in: WrongIn) -> None:
    reference = Dataset()
    reference.ReferencedSOPClassUID = ct.SOPClassUID
    reference.ReferencedSOPInstanceUID = "2.25.12"
    ct.SourceImageSequence = Sequence([reference])
    assert wrong_in(ct) == []
    reference.ReferencedFrameNumber = 1
    assert wrong_in(ct) == ["violation forbidden SourceImageSequence[0].ReferencedFrameNumber"]
    reference.ReferencedSOPClassUID = "1.2.840.10008.5.1.4.1.1.2.1"
    assert wrong_in(ct) == []


def test_an_image_without_orientation_has_a_patient_orientation(
    ct: Dataset, wrong_in: WrongIn, made_instances: dict[tuple[str, str], bytes]
) -> None:
    # A CT image has directions, an ultrasound image of one frame has none.
    assert "PatientOrientation" not in ct
    assert wrong_in(ct) == []
    us = dcmread(BytesIO(made_instances["2020b", "us-image"]))
    assert wrong_in(us) == []
    del us.PatientOrientation
    assert wrong_in(us) == ["violation missing PatientOrientation"]


def test_a_segmented_palette_replaces_a_plain_one(
    wrong_in: WrongIn, made_instances: dict[tuple[str, str], bytes]
) -> None:
    palette = dcmread(BytesIO(made_instances["2020b", "color-palette"]))
    for colour in ("Red", "Green", "Blue"):
        delattr(palette, f"{colour}PaletteColorLookupTableData")
        palette.add(DataElement(f"Segmented{colour}PaletteColorLookupTableData", "OW", RAMP))
    assert wrong_in(palette) == []
    del palette.SegmentedRedPaletteColorLookupTableData
    assert "violation missing RedPaletteColorLookupTableData" in wrong_in(palette)


def test_a_finding_names_what_meets_the_condition(ct: Dataset, checker_2020: Checker) -> None:
    def about(keyword: str) -> str:
        found = checker_2020.check(encoded(ct)).findings
        return next(f.message for f in found if f.path == keyword and f.outcome == "violation")

    ct.PlanarConfiguration = 0
    assert about("PlanarConfiguration").endswith("its condition is not met: SamplesPerPixel is 1")
    del ct.PlanarConfiguration
    ct.SamplesPerPixel, ct.PhotometricInterpretation = 3, "RGB"
    assert about("PlanarConfiguration").endswith("its condition is met: SamplesPerPixel is 3")
    ct.ContrastBolusRoute = "POND"
    assert about("ContrastBolusAgent").endswith(
        "Type 2 in the Contrast/Bolus Module, used as ContrastBolusRoute is there"
    )
