"""Attributes in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from octome.standard.model.attribute import AttributeUse, display_tag, spelled_type

LEGS = AttributeUse(
    tag="0099a0ff",
    keyword="NumberOfLegs",
    name="Number of Legs",
    vr="US",
    vm="1",
    type="1C",
    path="/modules/frog/0099a0ff",
    has_items=False,
)


def test_tag_is_in_capitals_but_for_the_x_of_a_repeating_group() -> None:
    assert LEGS.display_tag == "(0099,A0FF)"
    assert display_tag("60xx00ab") == "(60xx,00AB)"


def test_type_is_spelled_with_the_choice_that_it_depends_on() -> None:
    assert LEGS.spelled_type == "Conditionally required (1C)"
    assert replace(LEGS, value_types="NUM").spelled_type.endswith(", if Value Type is NUM")
    assert spelled_type(None) == "Stated by the service that uses it"


def test_type_that_is_unknown_is_refused() -> None:
    with pytest.raises(ValueError, match="type is '4', which is not one of 1, 1C, 2, 2C, 3"):
        replace(LEGS, type="4")  # type: ignore[arg-type]
