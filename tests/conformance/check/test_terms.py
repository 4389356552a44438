"""Values against lists of terms, codes against context groups."""

from __future__ import annotations

import pytest
from pydicom.dataset import Dataset
from small_instance import encoded

from octome.conformance.check.checker import Checker
from octome.conformance.check.finding import Finding


def finding_of(checker: Checker, ds: Dataset, code: str) -> Finding:
    [found] = [one for one in checker.check(encoded(ds)).findings if one.code == code]
    return found


def test_a_finding_names_the_value_and_the_list(ct: Dataset, checker_2020: Checker) -> None:
    ct.PatientSex = "X"
    found = finding_of(checker_2020, ct, "enumerated")
    assert found.message == "Patient's Sex is 'X', not one of the Enumerated Values: M, F, O"
    assert (found.outcome, found.module, found.type) == ("violation", "Patient", "2")


def test_a_list_for_one_of_several_values_names_its_number(
    ct: Dataset, checker_2020: Checker
) -> None:
    ct.ImageType = ["ORIGINAL", "TERTIARY", "AXIAL"]
    message = finding_of(checker_2020, ct, "enumerated").message
    assert message.startswith("value 2 of Image Type is 'TERTIARY'")


@pytest.mark.parametrize(
    ("modality", "outcome"), [("XYZ", "note"), ("RT PLAN", "warning"), ("RTPLANN", "warning")]
)
def test_a_defined_term_may_be_extended_but_not_misspelt(
    modality: str, outcome: str, ct: Dataset, checker_2020: Checker
) -> None:
    ct.Modality = modality
    assert finding_of(checker_2020, ct, "defined-term").outcome == outcome


def test_a_misspelt_term_is_named_in_the_fix(ct: Dataset, checker_2020: Checker) -> None:
    ct.Modality = "RTPLANN"
    assert finding_of(checker_2020, ct, "defined-term").fix.startswith("Use RTPLAN if")


def test_terms_that_differ_in_a_digit_are_not_misspelt(ct: Dataset, checker_2020: Checker) -> None:
    ct.Modality = "RTPLAN2"
    assert finding_of(checker_2020, ct, "defined-term").outcome == "note"


def test_a_list_of_an_older_edition_decides_nothing(ct: Dataset, checker: Checker) -> None:
    ct.Modality, ct.PatientPosition = "XYZ", "HFDLL"
    found = [one for one in checker.check(encoded(ct)).findings if one.code == "defined-term"]
    assert [(one.outcome, one.path) for one in found] == [("undecided", "PatientPosition")]


def test_tags_with_an_h_are_the_same_tags(checker_2020: Checker) -> None:
    ds = Dataset()
    ds.SOPClassUID, ds.SOPInstanceUID = "1.2.840.10008.5.1.4.1.1.12.1", "2.25.1"
    ds.NumberOfFrames, ds.FrameIncrementPointer, ds.FrameTime = 2, 0x00181063, 40

    def codes() -> list[str]:
        findings = checker_2020.check(encoded(ds)).findings
        return [f.code for f in findings if f.path == "FrameIncrementPointer"]

    assert codes() == []
    ds.FrameIncrementPointer, ds.ActualFrameDuration = 0x00181242, 40
    assert "enumerated" in codes()
