"""Single attributes with tighter limits than their value representation."""

from __future__ import annotations

import pytest
from pydicom.dataset import Dataset
from small_instance import WrongIn


@pytest.mark.parametrize("offset", ["+0000", "-1200", "+1400", "+0530"])
def test_an_offset_from_utc_is_between_12_hours_behind_and_14_ahead(
    ct: Dataset, wrong_in: WrongIn, offset: str
) -> None:
    ct.TimezoneOffsetFromUTC = offset
    assert wrong_in(ct) == []


@pytest.mark.parametrize("offset", ["-1230", "+1401", "0100", "-0000"])
def test_any_other_offset_is_wrong(ct: Dataset, wrong_in: WrongIn, offset: str) -> None:
    ct.TimezoneOffsetFromUTC = offset
    assert wrong_in(ct) == ["violation value-format TimezoneOffsetFromUTC"]
