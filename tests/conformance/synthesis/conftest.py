"""What the tests of the synthesis share."""

from __future__ import annotations

from functools import partial

import pytest
from slots import SlotAt, slot_in

from octome.conformance.check.checker import Checker


@pytest.fixture
def slot_at(checker_2020: Checker) -> SlotAt:
    """Builds the slot of an attribute, by CIOD and keyword, of 2020b."""
    return partial(slot_in, checker_2020.book)
