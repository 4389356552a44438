"""Attributes that are selected by their tags."""

from __future__ import annotations

import pytest
from small_instance import dataset, found_by

from octome.conformance.check.consistency.selector import selectors


@pytest.mark.parametrize(
    ("keyword", "value", "is_wrong"),
    [
        ("SelectorAttributeVR", "CS", False),
        ("SelectorAttributeVR", "LO", True),
        ("SelectorAttributeKeyword", "Modality", False),
        ("SelectorAttributeKeyword", "Frogs", True),
        ("SelectorAttributeName", "Modality", False),
        ("SelectorAttributeName", "Frogs", True),
    ],
)
def test_facts_are_those_of_the_selected_attribute(
    keyword: str, value: str, *, is_wrong: bool
) -> None:
    ds = dataset(ImageSetsSequence=[dataset(SelectorAttribute=0x00080060, **{keyword: value})])
    path = f"ImageSetsSequence[0].{keyword}"
    assert found_by(selectors, ds) == [f"warning selector {path}"] * is_wrong


def test_nothing_is_known_of_a_private_attribute() -> None:
    assert (
        found_by(selectors, dataset(SelectorAttribute=0x00091001, SelectorAttributeVR="LO")) == []
    )
