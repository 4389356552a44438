"""Items that are alike: checked once, with the findings of each."""

from __future__ import annotations

from pydicom.dataset import Dataset
from small_instance import encoded

from octome.conformance.check.checker import Checker

FRAMES = "PerFrameFunctionalGroupsSequence"


def test_what_is_missing_in_alike_frames_is_counted_in_each(
    structure: Dataset, checker_2020: Checker
) -> None:
    frames = structure.PerFrameFunctionalGroupsSequence
    for frame in frames:
        del frame.PlanePositionSequence[0].ImagePositionPatient
    [found] = [f for f in checker_2020.check(encoded(structure)).findings if f.code == "missing"]
    assert found.path == f"{FRAMES}[0].PlanePositionSequence[0].ImagePositionPatient"
    assert f"also in {len(frames) - 1} more of {len(frames)} frames" in found.message


def test_a_frame_with_another_attribute_is_not_alike(
    structure: Dataset, checker_2020: Checker
) -> None:
    frame = structure.PerFrameFunctionalGroupsSequence[2]
    frame.PlanePositionSequence[0].PatientName = "Frog"
    found = checker_2020.check(encoded(structure)).findings
    assert f"{FRAMES}[2].PlanePositionSequence[0].PatientName" in {f.path for f in found}


def test_a_frame_with_another_value_that_a_list_has_is_not_alike(
    structure: Dataset, checker_2020: Checker
) -> None:
    for number, frame in enumerate(structure.PerFrameFunctionalGroupsSequence):
        source, derivation = Dataset(), Dataset()
        source.ReferencedSOPClassUID, source.ReferencedSOPInstanceUID = "1.2.3", f"2.25.{number}"
        source.SpatialLocationsPreserved = "SOMETIMES" if number == 2 else "YES"
        derivation.SourceImageSequence = [source]
        frame.DerivationImageSequence = [derivation]
    found = checker_2020.check(encoded(structure)).findings
    inside = "DerivationImageSequence[0].SourceImageSequence[0].SpatialLocationsPreserved"
    assert [f.path for f in found if f.code == "enumerated"] == [f"{FRAMES}[2].{inside}"]


def test_frames_with_different_private_attributes_are_alike(
    structure: Dataset, checker_2020: Checker
) -> None:
    frames = structure.PerFrameFunctionalGroupsSequence
    for number, frame in enumerate(frames):
        del frame.PlanePositionSequence[0].ImagePositionPatient
        frame.private_block(0x0011, "frog", create=True).add_new(number, "SQ", [Dataset()] * number)
    [found] = [f for f in checker_2020.check(encoded(structure)).findings if f.code == "missing"]
    assert f"also in {len(frames) - 1} more of {len(frames)} frames" in found.message
