"""Which modules an instance uses."""

from __future__ import annotations

from pydicom.dataset import Dataset
from small_instance import WrongIn, encoded

from octome.conformance.check.checker import Checker


def modules(checker: Checker, ds: Dataset) -> tuple[str, ...]:
    return checker.check(encoded(ds)).modules


def test_mandatory_modules_are_used_always(checker_2020: Checker) -> None:
    ds = Dataset()
    ds.SOPClassUID, ds.SOPInstanceUID = "1.2.840.10008.5.1.4.1.1.2", "2.25.1"
    assert modules(checker_2020, ds) == (
        "Patient",
        "General Study",
        "General Series",
        "Frame of Reference",
        "General Equipment",
        "General Image",
        "Image Plane",
        "Image Pixel",
        "CT Image",
        "SOP Common",
    )


def test_a_unique_attribute_makes_a_user_option_used(ct: Dataset, wrong_in: WrongIn) -> None:
    ct.ClinicalTrialProtocolID = "made"
    found = wrong_in(ct)
    assert "violation missing ClinicalTrialSponsorName" in found
    assert "violation missing ClinicalTrialSubjectID" in found


def test_attributes_shared_with_a_used_module_do_not_make_a_module_used(
    ct: Dataset, checker_2020: Checker
) -> None:
    ct.PatientComments = "made"  # of the Patient Module
    assert "Clinical Trial Subject" not in modules(checker_2020, ct)


def test_a_true_condition_makes_a_module_required(ct: Dataset, wrong_in: WrongIn) -> None:
    # A.3.3: Multi-energy CT Image where Multi-energy CT Acquisition is YES.
    ct.MultienergyCTAcquisition = "YES"
    assert "violation missing MultienergyCTAcquisitionSequence" in wrong_in(ct)


def test_a_condition_of_another_edition_demands_no_module(ct: Dataset, checker: Checker) -> None:
    ct.MultienergyCTAcquisition = "YES"
    report = checker.check(encoded(ct))
    assert "Multi-energy CT Image" not in report.modules
    found = [f for f in report.findings if f.code == "module-undecided"]
    assert [f.outcome for f in found] == ["undecided"] * 3
    assert [f.module for f in found if "by its condition in 2020b" in f.message] == [
        "Multi-energy CT Image"
    ]


def test_a_condition_that_cannot_be_decided_is_reported(ct: Dataset, checker_2020: Checker) -> None:
    found = [f for f in checker_2020.check(encoded(ct)).findings if f.code == "module-undecided"]
    assert [f.module for f in found] == ["Contrast/Bolus"]
    assert found[0].condition


def test_one_attribute_that_other_modules_have_too_does_not_make_a_user_option_used(
    checker: Checker,
) -> None:
    # Of Image Plane, which a Secondary Capture may have (PS3.3 A.8.1).
    ds = Dataset()
    ds.SOPClassUID, ds.SOPInstanceUID = "1.2.840.10008.5.1.4.1.1.7", "2.25.1"
    ds.SliceThickness = 1
    report = checker.check(encoded(ds))
    assert "Image Plane" not in report.modules
    assert ("note", "SliceThickness") in {(f.outcome, f.path) for f in report.findings}
    # Type 1: this is what the module is for.
    ds.ImagePositionPatient = [0, 0, 0]
    assert "Image Plane" in modules(checker, ds)
