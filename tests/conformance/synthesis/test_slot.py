"""Slots: where a value is needed, and the names that tables may use for it."""

from __future__ import annotations

from pydicom.dataset import Dataset

from octome.conformance.check.checker import Checker
from octome.conformance.synthesis.instance_plan import InstancePlan
from octome.conformance.synthesis.slot import Path, Slot

PLAN = InstancePlan(ciod="ct-image", sop_class="1.2", edition="2020b")


def slot(checker: Checker, path: Path) -> Slot:
    module = checker.book.ciod("ct-image").modules[0]
    rule = next(iter(module.level))
    ds = Dataset()
    return Slot(book=checker.book, plan=PLAN, rule=rule, root=ds, ds=ds, path=path)


def test_the_narrowest_name_comes_first(checker_2020: Checker) -> None:
    found = slot(checker_2020, ("CupSequence", "2"))
    word = found.rule.keyword
    assert found.names == (
        f"ct-image:CupSequence.{word}",
        f"CupSequence.{word}",
        f"ct-image:{word}",
        word,
    )


def test_item_depth_and_frame_follow_from_the_path(checker_2020: Checker) -> None:
    root = slot(checker_2020, ())
    assert (root.item, root.depth, root.frame, root.parent_sequence) == (0, 0, 0, "")
    inside = slot(checker_2020, ("PerFrameFunctionalGroupsSequence", "1", "CupSequence", "3"))
    assert (inside.item, inside.depth, inside.frame) == (3, 2, 1)
    assert inside.parent_sequence == "CupSequence"
    assert slot(checker_2020, ("CupSequence", "1")).frame == 0
