"""Attributes that contradict each other, planted one at a time into clean instances."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest
from contradiction import Contradiction, outcome
from contradictions_in_a_chain import IN_A_CHAIN, outcome_in_a_chain
from contradictions_in_images import IN_IMAGES, made_instance
from contradictions_in_reports import IN_REPORTS, report_instance

from octome.conformance.check.checker import Checker


def named(all_: list[Contradiction]) -> dict[str, object]:
    return {"argvalues": all_, "ids": [f"{one.base} {one.path}" for one in all_]}


@pytest.fixture(scope="module")
def made(checker_2020: Checker) -> Callable[[str], bytes]:
    return cache(lambda name: made_instance(checker_2020, name))


@pytest.mark.parametrize("one", **named(IN_REPORTS))
def test_a_contradiction_in_a_report_is_found(checker_2020: Checker, one: Contradiction) -> None:
    assert outcome(checker_2020, report_instance(one.base), one).is_found


@pytest.mark.parametrize("one", **named(IN_IMAGES))
def test_a_contradiction_in_an_image_or_a_plan_is_found(
    checker_2020: Checker, made: Callable[[str], bytes], one: Contradiction
) -> None:
    assert outcome(checker_2020, made(one.base), one).is_found


@pytest.mark.parametrize("one", **named(IN_A_CHAIN))
def test_a_contradiction_in_a_chain_is_found(
    made_chain, checker: Checker, one: Contradiction
) -> None:  # type: ignore[no-untyped-def]
    assert outcome_in_a_chain(checker, made_chain.folder, one).is_found
