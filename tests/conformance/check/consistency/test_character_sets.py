"""Specific Character Set."""

from __future__ import annotations

import pytest
from small_instance import dataset, found_by

from octome.conformance.check.consistency.character_sets import character_sets


@pytest.mark.parametrize(
    "names", ["ISO_IR 100", "ISO_IR 192", "GB18030", ["", "ISO 2022 IR 87"], ["ISO 2022 IR 100"]]
)
def test_sets_that_may_be_used(names: object) -> None:
    assert found_by(character_sets, dataset(SpecificCharacterSet=names)) == []


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize(
    ("names", "wrong"),
    [
        ("ISO_IR 999", "warning defined-term"),
        ("ISO-IR 100", "warning defined-term"),
        (["ISO_IR 100", "ISO_IR 144"], "violation character-set"),
        (["ISO 2022 IR 6", "ISO_IR 100"], "violation character-set"),
        (["ISO_IR 192", "ISO 2022 IR 87"], "violation character-set"),
        (["", "GB18030"], "violation character-set"),
    ],
)
def test_sets_that_may_not(names: object, wrong: str) -> None:
    ds = dataset(SpecificCharacterSet=names)
    assert found_by(character_sets, ds) == [f"{wrong} SpecificCharacterSet"]
