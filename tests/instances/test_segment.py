"""Segments that are surfaces: their codes and their names."""

from __future__ import annotations

import pytest

from octome.errors import (
    UnknownName,
)
from octome.instances.segment import names_in_order, segment, surface_name


def test_a_segment_is_a_surface_by_its_code() -> None:
    item = segment(3, "ILM")
    assert (item.SegmentNumber, item.SegmentLabel) == (3, "ILM")
    (code,) = item.SegmentedPropertyTypeCodeSequence
    assert (code.CodingSchemeDesignator, code.CodeValue) == ("SCT", "280677004")
    assert item.SegmentedPropertyCategoryCodeSequence[0].CodeValue == "91723000"
    item.SegmentLabel = "something else"
    assert surface_name(item) == "ILM"


def test_a_bound_of_a_slab_keeps_its_offset() -> None:
    item = segment(1, "IPL-10um")
    assert item.SegmentDescription == "bound of a slab: IPL-10um"
    assert surface_name(item) == "IPL-10um"


def test_a_surface_unknown_to_octome_is_named_by_its_code() -> None:
    item = segment(1, "ILM")
    item.SegmentedPropertyTypeCodeSequence[0].CodeValue = "999"
    assert surface_name(item) == "SCT 999"


def test_a_name_without_a_code_is_refused() -> None:
    with pytest.raises(UnknownName):
        segment(1, "XYZ")


def test_names_go_from_the_vitreous_downwards() -> None:
    names = dict.fromkeys(("BM", "IPL+10um", "IPL", "ILM"))
    assert names_in_order(names) == ["ILM", "IPL", "IPL+10um", "BM"]
