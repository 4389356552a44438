"""The data dictionary as a check needs it."""

from __future__ import annotations

import pytest

from octome.conformance.rules.dictionary import UNBOUNDED, Dictionary, Entry, multiplicity
from octome.standard.library import Library


@pytest.fixture(scope="module")
def dictionary(library: Library) -> Dictionary:
    return Dictionary(library, "2020b")


def test_an_entry_has_every_vr_and_the_multiplicity_as_numbers(dictionary: Dictionary) -> None:
    assert dictionary.get(0x00280030) == Entry(
        tag=0x00280030,
        keyword="PixelSpacing",
        name="Pixel Spacing",
        vrs=("DS",),
        vm=(2, 2, 1),
        is_retired=False,
    )
    smallest = dictionary.get(0x00280106)
    assert smallest is not None
    assert smallest.vrs == ("US", "SS")


def test_every_repeating_group_has_the_entry_of_the_first(dictionary: Dictionary) -> None:
    first = dictionary.get(0x60003000)
    assert first is not None
    assert first.keyword == "OverlayData"
    assert dictionary.get(0x60023000) == first


def test_an_unknown_tag_has_no_entry_and_its_digits_as_keyword(
    dictionary: Dictionary,
) -> None:
    assert dictionary.get(0x00280001) is None
    assert dictionary.keyword(0x00280001) == "00280001"
    assert dictionary.keyword(0x00100010) == "PatientName"


def test_names_and_vrs_are_those_of_the_entries(dictionary: Dictionary) -> None:
    assert dictionary.names[0x00100010] == "Patient's Name"
    assert dictionary.vr_of[0x00280106] == "US or SS"


def test_a_multiplicity_is_minimum_maximum_and_step() -> None:
    assert multiplicity("3-3n") == (3, UNBOUNDED, 3)
    assert multiplicity("1-8") == (1, 8, 1)
    assert multiplicity("") == (0, UNBOUNDED, 1)
