"""Functional groups: which, where, and what is in them."""

from __future__ import annotations

from pydicom.dataset import Dataset
from small_instance import WrongIn, encoded

from octome.conformance.check.checker import Checker
from octome.conformance.synthesis.file import encoded_instance
from octome.conformance.synthesis.instance import make

SHARED = "SharedFunctionalGroupsSequence[0]"
FRAMES = "PerFrameFunctionalGroupsSequence"


def test_the_chain_has_its_groups_in_both_editions(
    structure: Dataset, checker: Checker, checker_2020: Checker
) -> None:
    for one in (checker, checker_2020):
        assert one.check(encoded(structure)).is_conformant


def test_a_mandatory_group_is_reported_as_missing(
    structure: Dataset, wrong_in: WrongIn, checker: Checker
) -> None:
    del structure.SharedFunctionalGroupsSequence[0].PixelMeasuresSequence
    assert wrong_in(structure) == [f"violation group-missing {SHARED}.PixelMeasuresSequence"]
    # Which groups are mandatory, 2026b has from 2020b.
    newer = checker.check(encoded(structure))
    assert [(f.outcome, f.edition) for f in newer.findings if f.code == "group-missing"] == [
        ("undecided", "2020b")
    ]
    assert newer.is_conformant


def test_a_tiled_segmentation_needs_no_frame_content_for_sure(checker: Checker) -> None:
    ds = make(checker.book, "segmentation", sop_class="1.2.840.10008.5.1.4.1.1.66.7")
    ds.DimensionOrganizationType = "TILED_FULL"
    ds.SegmentationType = "LABELMAP"
    for frame in ds.PerFrameFunctionalGroupsSequence:
        del frame.FrameContentSequence
    found = checker.check(encoded_instance(ds)).findings
    about = {f.path.rpartition(".")[2]: f.outcome for f in found if f.edition == "2020b"}
    assert about["FrameContentSequence"] == "undecided"
    assert about["SegmentationType"] == "undecided"


def test_full_tiles_leave_frame_content_open_in_the_edition_itself(checker_2020: Checker) -> None:
    ds = make(checker_2020.book, "segmentation")
    for frame in ds.PerFrameFunctionalGroupsSequence:
        del frame.FrameContentSequence
    for kind, outcome in (("TILED_FULL", "undecided"), ("3D", "violation")):
        ds.DimensionOrganizationType = kind
        found = checker_2020.check(encoded_instance(ds)).findings
        assert outcome in {f.outcome for f in found if f.path.endswith("FrameContentSequence")}


def test_a_group_that_some_frames_lack_is_missing_there(
    structure: Dataset, wrong_in: WrongIn
) -> None:
    del structure.PerFrameFunctionalGroupsSequence[2].PlanePositionSequence
    assert wrong_in(structure) == [f"violation group-missing {FRAMES}[2].PlanePositionSequence"]


def test_a_group_is_shared_or_per_frame_and_not_both(structure: Dataset, wrong_in: WrongIn) -> None:
    shared = structure.SharedFunctionalGroupsSequence[0]
    for frame in structure.PerFrameFunctionalGroupsSequence:
        frame.PixelMeasuresSequence = shared.PixelMeasuresSequence
    assert wrong_in(structure) == [f"violation group-in-both {SHARED}.PixelMeasuresSequence"]


def test_frame_content_is_never_shared(structure: Dataset, wrong_in: WrongIn) -> None:
    shared = structure.SharedFunctionalGroupsSequence[0]
    for frame in structure.PerFrameFunctionalGroupsSequence:
        shared.FrameContentSequence = frame.FrameContentSequence
        del frame.FrameContentSequence
    found = wrong_in(structure)
    assert f"violation group-misplaced {SHARED}.FrameContentSequence" in found


def test_there_is_an_item_for_each_frame(structure: Dataset, wrong_in: WrongIn) -> None:
    structure.PerFrameFunctionalGroupsSequence.pop()
    assert f"violation frame-count {FRAMES}" in wrong_in(structure)


def test_the_content_of_a_group_is_checked_in_each_frame_and_reported_once(
    structure: Dataset, checker_2020: Checker
) -> None:
    for frame in structure.PerFrameFunctionalGroupsSequence:
        del frame.PlanePositionSequence[0].ImagePositionPatient
    report = checker_2020.check(encoded(structure))
    [found] = [f for f in report.findings if f.outcome == "violation"]
    assert found.path == f"{FRAMES}[0].PlanePositionSequence[0].ImagePositionPatient"
    assert "in 39 more of 40 frames" in found.message
    assert found.module == "Plane Position (Patient)"


def test_a_group_required_by_its_condition_is_missing(
    structure: Dataset, wrong_in: WrongIn
) -> None:
    # A.52.4.4: positions where Ophthalmic Volumetric Properties Flag is YES.
    for frame in structure.PerFrameFunctionalGroupsSequence:
        del frame.PlanePositionSequence
    assert wrong_in(structure) == [f"violation group-missing {SHARED}.PlanePositionSequence"]


def test_a_condition_on_another_group_of_the_frame_is_decided(
    structure: Dataset, wrong_in: WrongIn
) -> None:
    # C.7.6.16.2.1: Slice Thickness where the volume flag, at the root, is YES.
    del structure.SharedFunctionalGroupsSequence[0].PixelMeasuresSequence[0].SliceThickness
    found = wrong_in(structure)
    assert found == [f"violation missing {SHARED}.PixelMeasuresSequence[0].SliceThickness"]


def test_a_group_of_each_frame_that_none_has_is_missing_in_the_first(
    structure: Dataset, wrong_in: WrongIn
) -> None:
    for frame in structure.PerFrameFunctionalGroupsSequence:
        del frame.FrameContentSequence
    assert f"violation group-missing {FRAMES}[0].FrameContentSequence" in wrong_in(structure)
