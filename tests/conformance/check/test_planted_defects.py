"""A clean instance of every CIOD, with each required attribute removed, emptied or corrupted."""

from __future__ import annotations

import pytest
from planted import Tally, plant

from octome.conformance.check.checker import Checker
from soak import amount

SHARE = amount(0.06, whole=1.0)  # of the attributes


@pytest.mark.parametrize("edition", ["2020b", "2026b"])
def test_every_planted_defect_is_found_at_its_attribute(
    checkers: dict[str, Checker], made_instances: dict[tuple[str, str], bytes], edition: str
) -> None:
    checker, tally = checkers[edition], Tally()
    for (made_in, ciod), content in made_instances.items():
        if made_in == edition:
            plant(checker, ciod, content, tally, SHARE)
    assert tally.missed == []
    planted = sum(tally.planted.values())
    assert planted > 10_000 * SHARE
    # What else is reported hangs on the value that is gone: a condition, a length, a reference.
    assert sum(tally.alone.values()) > 0.9 * planted
