"""Of a clean instance of every CIOD: each required attribute removed, emptied or corrupted."""

from __future__ import annotations

import os

import pytest
from planted import Tally, plant
from small_instance import encoded

from octome.conformance.check import Checker
from octome.conformance.made.instance import make
from octome.standard.library import Library

# A share of the attributes in the suite; all of them with OCTOME_PLANT=1.
SHARE = float(os.environ.get("OCTOME_PLANT", "0.25"))


@pytest.mark.parametrize("edition", ["2020b", "2026b"])
def test_every_planted_defect_is_found_where_it_is(library: Library, edition: str) -> None:
    checker, tally = Checker(library, edition), Tally()
    for ciod in library.ciods(edition):
        content = encoded(make(checker.book, ciod.id))
        plant(library, checker, ciod.id, content, tally, SHARE)
    assert tally.missed == []
    planted = sum(tally.planted.values())
    assert planted > 10_000 * SHARE
    # What else is reported hangs on the value that is gone: a condition, a length, a reference.
    assert sum(tally.alone.values()) > 0.9 * planted
