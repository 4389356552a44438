"""What the values of one instance have in common."""

from __future__ import annotations

from dataclasses import replace

from octome.conformance.synthesis.instance_plan import InstancePlan

PLAN = InstancePlan(ciod="ct-image", sop_class="1.2", edition="2020b")


def test_uids_depend_on_the_seed_and_on_what_they_are_of() -> None:
    assert PLAN.uid("study").startswith("2.25.")
    assert len(PLAN.uid("study")) <= 64
    assert PLAN.uid("study") == replace(PLAN, ciod="mr-image").uid("study")
    assert PLAN.uid("study") not in (PLAN.uid("series"), replace(PLAN, seed=1).uid("study"))


def test_each_request_is_a_separate_instance() -> None:
    others = [replace(PLAN, all_optional=True), replace(PLAN, edition="2026b")]
    assert len({plan.own_uid for plan in (PLAN, *others)}) == 3


def test_the_seed_is_a_day_of_the_year_2000() -> None:
    # 365 is the first day again.
    assert [replace(PLAN, seed=seed).day for seed in (0, 59, 365)] == [
        "20000101",
        "20000229",
        "20000101",
    ]


def test_optional_attributes_go_one_sequence_deep() -> None:
    rich = replace(PLAN, all_optional=True)
    assert [rich.may_be_optional(depth) for depth in (0, 1, 2)] == [True, True, False]
    assert not PLAN.may_be_optional(0)
