"""Codes with a check digit."""

from __future__ import annotations

import pytest
from pydicom.sr._concepts_dict import concepts

from octome.conformance.rules.structured_report.check_digit import WRONG, wrong_code

# The Standard itself has a wrong digit in these, or pydicom's copy of it.
WRONG_IN_THE_STANDARD = {"115347700", "11524-0"}


@pytest.mark.parametrize("scheme", ["SCT", "LN"])
def test_every_code_of_the_context_groups_is_right(scheme: str) -> None:
    codes = {code for meanings in concepts[scheme].values() for code in meanings}
    assert len(codes) > 500
    assert {code for code in codes if wrong_code(scheme, code)} <= WRONG_IN_THE_STANDARD


@pytest.mark.parametrize("at", range(8))
def test_a_digit_that_is_another_is_always_found(at: int) -> None:
    right = "410668003"
    for digit in "0123456789".replace(right[at], ""):
        assert wrong_code("SCT", right[:at] + digit + right[at + 1 :]) == WRONG


def test_other_schemes_and_other_forms_are_left_alone() -> None:
    assert wrong_code("99POND", "1") == ""
    assert wrong_code("LN", "LA29518-1") == ""
    assert wrong_code("LN", "18785-7") == WRONG
