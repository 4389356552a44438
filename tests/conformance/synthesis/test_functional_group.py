"""Which functional groups are there, and where."""

from __future__ import annotations

from pydicom.dataset import Dataset

from octome.conformance.check.checker import Checker
from octome.conformance.synthesis.functional_group import groups_of, put_items
from octome.conformance.synthesis.instance import make
from octome.conformance.synthesis.instance_plan import InstancePlan


def test_each_frame_has_an_item_and_all_frames_share_one() -> None:
    ds = Dataset()
    ds.NumberOfFrames = 3
    assert put_items(ds) is True
    assert len(ds.SharedFunctionalGroupsSequence) == 1
    assert len(ds.PerFrameFunctionalGroupsSequence) == 3
    assert put_items(ds) is False


def test_one_frame_needs_no_number_of_frames() -> None:
    ds = Dataset()
    put_items(ds)
    assert len(ds.PerFrameFunctionalGroupsSequence) == 1


def test_a_group_is_shared_or_in_each_frame(checker_2020: Checker) -> None:
    ds = make(checker_2020.book, "enhanced-mr-image")
    shared = ds.SharedFunctionalGroupsSequence[0]
    frames = ds.PerFrameFunctionalGroupsSequence
    assert "PixelMeasuresSequence" in shared
    assert not any("PixelMeasuresSequence" in frame for frame in frames)
    for keyword in ("FrameContentSequence", "PlanePositionSequence"):
        assert keyword not in shared
        assert all(keyword in frame for frame in frames)


def test_a_ciod_without_a_table_has_the_groups_of_a_similar_one(checker_2020: Checker) -> None:
    book = checker_2020.book
    own, other = book.ciod("enhanced-mr-color-image"), book.ciod("enhanced-mr-image")
    plan = InstancePlan(ciod=own.id, sop_class="1.2", edition="2020b")
    assert groups_of(book, own, plan).keys() == own.groups.keys() | other.groups.keys()
    assert other.groups
