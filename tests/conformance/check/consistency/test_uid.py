"""UIDs of the instance itself."""

from __future__ import annotations

from pydicom.dataset import Dataset
from small_instance import WrongIn


def test_no_two_things_share_a_uid(ct: Dataset, wrong_in: WrongIn) -> None:
    ct.FrameOfReferenceUID = ct.StudyInstanceUID
    assert wrong_in(ct) == ["violation uid-reused FrameOfReferenceUID"]


def test_a_specimen_has_a_uid_of_its_own(ct: Dataset, wrong_in: WrongIn) -> None:
    specimen = Dataset()
    specimen.SpecimenUID = ct.StudyInstanceUID
    ct.SpecimenDescriptionSequence = [specimen]
    path = "SpecimenDescriptionSequence[0].SpecimenUID"
    assert f"violation uid-reused {path}" in wrong_in(ct)
