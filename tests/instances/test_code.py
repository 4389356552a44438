"""Codes of PS3.16 with their meanings."""

from __future__ import annotations

import pytest

from octome.errors import (
    UnknownName,
)
from octome.instances.code import coded, unit


@pytest.mark.parametrize(
    ("scheme", "value", "meaning"),
    [
        ("SCT", "81745001", "Eye"),
        ("DCM", "128251", "Flow image for image processing"),
        ("DCM", "111900", "Macula centered"),
    ],
)
def test_a_code_has_the_meaning_of_its_scheme(scheme: str, value: str, meaning: str) -> None:
    found = coded(scheme, value)
    assert (found.CodeValue, found.CodingSchemeDesignator) == (value, scheme)
    assert found.CodeMeaning == meaning


def test_each_call_returns_a_new_item() -> None:
    first = coded("SCT", "81745001")
    first.CodeMeaning = "changed"
    assert coded("SCT", "81745001").CodeMeaning == "Eye"


def test_a_code_that_does_not_exist_is_refused() -> None:
    with pytest.raises(UnknownName, match="no code 0 of the scheme DCM"):
        coded("DCM", "0")


def test_a_unit_is_of_ucum() -> None:
    decibel = unit("dB")
    assert (decibel.CodeValue, decibel.CodingSchemeDesignator) == ("dB", "UCUM")
    assert decibel.CodeMeaning == "decibel"
