"""Reports held against the templates that they name."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pydicom.dataset import Dataset
from report_items import (
    SPATIAL,
    Code,
    code,
    graphic,
    instance,
    item,
    number,
    report,
    selected_image,
)
from small_instance import WrongIn, encoded

from octome.conformance.check.checker import Checker
from octome.conformance.check.structured_report.report import disagreements_in_report
from octome.conformance.rules.structured_report.report_rules import ReportRules
from octome.dicom.part10 import read_encoded

MOD, CONTEXT = "HAS CONCEPT MOD", "HAS OBS CONTEXT"
LANGUAGE: Code = ("121049", "DCM", "Language of Content Item and Descendants")
PROCEDURE: Code = ("121058", "DCM", "Procedure reported")
MEASUREMENTS: Code = ("126010", "DCM", "Imaging Measurements")
GROUP: Code = ("125007", "DCM", "Measurement Group")
TRACKING: Code = ("112040", "DCM", "Tracking Unique Identifier")
LABEL: Code = ("112039", "DCM", "Tracking Identifier")
METHOD: Code = ("370129005", "SCT", "Measurement Method")
LIBRARY: Code = ("111028", "DCM", "Image Library")
GRID: Code = ("111690", "DCM", "Macular Grid Thickness and Volume Report")
FINDINGS: Code = ("121070", "DCM", "Findings")
SITE: Code = ("363698007", "SCT", "Finding Site")


def measurements() -> Dataset:
    """A report of TID 1500 with one measurement group, nothing wrong."""
    region = graphic("POINT", 1, 1, of=selected_image())
    region.ConceptNameCodeSequence = [code(("111030", "DCM", "Image Region"))]
    group = item(
        "CONTAINER",
        item("UIDREF", relationship=CONTEXT, concept=TRACKING),
        item("TEXT", relationship=CONTEXT, concept=LABEL),
        item("CODE", relationship=MOD, concept=METHOD),
        region,
        number(item("CODE", relationship=MOD, concept=METHOD)),
        concept=GROUP,
    )
    library = item("CONTAINER", concept=LIBRARY)
    return report(
        SPATIAL,
        item("CODE", relationship=MOD, concept=LANGUAGE),
        item("CODE", relationship=MOD, concept=PROCEDURE),
        library,
        item("CONTAINER", group, concept=MEASUREMENTS),
        tid="1500",
    )


def the_group(ds: Dataset) -> Dataset:
    return ds.ContentSequence[3].ContentSequence[0]


def test_a_report_by_the_template_has_no_findings(wrong_in_report: WrongIn) -> None:
    assert wrong_in_report(measurements()) == []


def other_root(ds: Dataset) -> None:
    ds.ConceptNameCodeSequence = [code(GROUP)]


def without(at: int) -> Callable[[Dataset], None]:
    def change(ds: Dataset) -> None:
        del ds.ContentSequence[at]

    change.__name__ = f"without_{at}"
    return change


def twice(ds: Dataset) -> None:
    ds.ContentSequence.append(ds.ContentSequence[0])


def other_scheme(ds: Dataset) -> None:
    ds.ContentSequence[0].ConceptNameCodeSequence[0].CodingSchemeDesignator = "99POND"


def other_relationship(ds: Dataset) -> None:
    the_group(ds).ContentSequence[0].RelationshipType = "CONTAINS"


def other_value_type(ds: Dataset) -> None:
    the_group(ds).ContentSequence[0] = item("TEXT", relationship=CONTEXT, concept=TRACKING)


def text_for_a_code(ds: Dataset) -> None:
    ds.ContentSequence[0] = item("TEXT", relationship=MOD, concept=LANGUAGE)


def without_identifier(ds: Dataset) -> None:
    del the_group(ds).ContentSequence[0]


def two_identifiers(ds: Dataset) -> None:
    the_group(ds).ContentSequence.append(the_group(ds).ContentSequence[0])


def words_for_a_number(ds: Dataset) -> None:
    ds.ContentTemplateSequence[0].TemplateIdentifier = "TID 1500"


GROUP_AT = "ContentSequence[3].ContentSequence[0]"


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        (other_root, "warning template ConceptNameCodeSequence"),
        (without(0), "warning template ContentSequence"),
        (without(1), "warning template ContentSequence"),
        (without(2), ""),
        (without(3), "warning template ContentSequence"),
        (twice, "warning template-items ContentSequence"),
        (other_scheme, "warning template ContentSequence"),
        (text_for_a_code, "warning template ContentSequence[0].ValueType"),
        (other_relationship, f"warning template {GROUP_AT}.ContentSequence[0].ValueType"),
        (other_value_type, f"warning template {GROUP_AT}.ContentSequence[0].ValueType"),
        (without_identifier, f"warning template {GROUP_AT}.ContentSequence"),
        (two_identifiers, f"warning template-items {GROUP_AT}.ContentSequence"),
        (words_for_a_number, "violation template ContentTemplateSequence[0].TemplateIdentifier"),
    ],
)
def test_a_departure_from_the_template_is_found(
    wrong_in_report: WrongIn, change: Callable[[Dataset], None], wrong: str
) -> None:
    ds = measurements()
    change(ds)
    found = [line for line in wrong_in_report(ds) if "content-item" not in line]
    assert found == ([wrong] if wrong else [])


def test_findings_of_the_packaged_rows_say_their_age(checker: Checker) -> None:
    ds = measurements()
    without(0)(ds)
    content = read_encoded(encoded(ds)).data_set
    [found] = disagreements_in_report(content, ReportRules(checker.book))
    assert "(TID 1204 row 1)" in found.message
    assert found.message.endswith("(as of 2016; later editions may differ)")


def test_codes_of_the_old_scheme_are_not_judged(wrong_in_report: WrongIn) -> None:
    ds = measurements()
    ds.ContentSequence[0].ConceptNameCodeSequence = [code(("G-FROG", "SRT", "Language"))]
    assert wrong_in_report(ds) == []


@pytest.mark.parametrize(("name", "tid"), [("DCMR", "9999"), ("99POND", "1500")])
def test_a_template_that_is_not_known_is_not_judged(
    wrong_in_report: WrongIn, name: str, tid: str
) -> None:
    ds = report(SPATIAL, instance(), tid=tid)
    ds.ContentTemplateSequence[0].MappingResource = name
    assert wrong_in_report(ds) == []


def test_a_macular_grid_has_its_thicknesses(wrong_in_report: WrongIn) -> None:
    eye = item("CODE", relationship=MOD, concept=SITE)
    findings = item("CONTAINER", eye, number(), concept=FINDINGS)
    language = item("CODE", relationship=MOD, concept=LANGUAGE)
    ds = report(SPATIAL, language, findings, title=GRID, tid="2100")
    assert "warning template ContentSequence[1].ContentSequence" in wrong_in_report(ds)


def test_a_dose_report_states_its_scope(wrong_in_report: WrongIn) -> None:
    title: Code = ("113701", "DCM", "X-Ray Radiation Dose Report")
    ds = report("88.67", item("TEXT"), title=title, tid="10001")
    assert wrong_in_report(ds) == ["warning template ContentSequence"]
