"""The data sets that may have an attribute of a functional group."""

from __future__ import annotations

from pydicom.dataset import Dataset
from small_instance import ct_image, encoded

from octome.conformance.check.consistency.group_item import root_and_group_items
from octome.dicom.part10 import read_encoded

PIXEL_MEASURES = 0x00289110
SLICE_THICKNESS = 0x00180050


def with_measures(thickness: int) -> Dataset:
    item, groups = Dataset(), Dataset()
    item.SliceThickness = thickness
    groups.PixelMeasuresSequence = [item]
    return groups


def test_the_root_comes_first_then_shared_groups_then_each_frame() -> None:
    ds = ct_image()
    ds.SliceThickness = 1
    ds.SharedFunctionalGroupsSequence = [with_measures(2)]
    ds.PerFrameFunctionalGroupsSequence = [Dataset(), with_measures(3)]
    found = root_and_group_items(read_encoded(encoded(ds)), PIXEL_MEASURES, "PixelMeasuresSequence")
    assert [(here.text(SLICE_THICKNESS), path) for here, path in found] == [
        ("1.0", ""),
        ("2.0", "SharedFunctionalGroupsSequence[0].PixelMeasuresSequence[0]."),
        ("3.0", "PerFrameFunctionalGroupsSequence[1].PixelMeasuresSequence[0]."),
    ]
