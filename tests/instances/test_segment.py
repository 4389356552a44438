"""Segments that are surfaces: their codes and their names."""

from __future__ import annotations

import pytest
from pydicom.dataset import Dataset

from octome.errors import (
    UnknownName,
)
from octome.instances.segment import names_in_order, segment, segments_by_name, surface_name


def holding(*items: Dataset) -> Dataset:
    ds = Dataset()
    ds.SegmentSequence = list(items)
    return ds


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
    # As octome once wrote it.
    item.SegmentedPropertyTypeCodeSequence = segment(1, "IPL").SegmentedPropertyTypeCodeSequence
    assert surface_name(item) == "IPL-10um"


def test_a_bound_is_not_the_surface_to_those_who_pick_by_code() -> None:
    bound, surface = (
        segment(1, name).SegmentedPropertyTypeCodeSequence[0] for name in ("IPL-10um", "IPL")
    )
    assert (surface.CodeValue, surface.CodingSchemeDesignator) == ("128291", "DCM")
    assert (bound.CodeValue, bound.CodingSchemeDesignator) == ("SLAB-BOUND", "99OCTOME")


def test_the_ellipsoid_zone_is_read_by_both_of_its_codes() -> None:
    for profile, value in (("2024c", "128295"), ("2024d", "128321")):
        item = segment(8, "EZ", profile)  # type: ignore[arg-type]
        assert item.SegmentedPropertyTypeCodeSequence[0].CodeValue == value
        assert surface_name(item) == "EZ"
        assert list(segments_by_name(holding(item))) == ["EZ"]


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
