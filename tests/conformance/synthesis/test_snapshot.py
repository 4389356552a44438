"""A snapshot gives the same values as a reader of the encoded instance."""

from __future__ import annotations

import pytest
from pydicom.dataset import Dataset

from octome.conformance.check.checker import Checker
from octome.conformance.synthesis.file import encoded_instance
from octome.conformance.synthesis.instance import make
from octome.conformance.synthesis.snapshot import snapshot
from octome.dicom.data_set import DataSet
from octome.dicom.part10 import read_encoded


def answers(ds: DataSet) -> list[object]:
    """Everything that a rule can read, in items too."""
    return [
        (
            element.tag,
            ds.has_value(element.tag),
            ds.values(element.tag),
            [answers(item) for item in ds.items(element.tag)],
        )
        for element in ds
    ]


@pytest.mark.parametrize(
    "ciod", ["ct-image", "enhanced-mr-image", "segmentation", "rt-plan", "comprehensive-sr"]
)
def test_a_snapshot_equals_the_encoded_instance(checkers: dict[str, Checker], ciod: str) -> None:
    book = checkers["2020b"].book
    ds = make(book, ciod, all_optional=True)
    encoded = read_encoded(encoded_instance(ds), book.dictionary.vr_of)
    assert answers(snapshot(ds)) == answers(encoded.data_set)


def test_values_have_the_types_of_a_reader() -> None:
    ds = Dataset()
    ds.ImageType, ds.PatientID, ds.Rows = ["ORIGINAL", "PRIMARY"], "", 4
    ds.SliceThickness, ds.FrameIncrementPointer, ds.PixelData = "1.50", 0x00181063, b"\1\2"
    found = snapshot(ds)
    assert found.values(0x00080008) == ("ORIGINAL", "PRIMARY")
    assert found.values(0x00180050) == ("1.50",)
    assert found.values(0x00280009) == (0x00181063,)
    assert (found.values(0x7FE00010), found.has_value(0x7FE00010)) == ((), True)
    assert (found.has_value(0x00100020), 0x00100020 in found) == (False, True)


def test_an_item_has_its_parent_and_later_changes_have_no_effect() -> None:
    ds, item = Dataset(), Dataset()
    item.CodeValue = "7"
    ds.ConceptNameCodeSequence = [item]
    found = snapshot(ds)
    (inner,) = found.items(0x0040A043)
    item.CodeValue = "8"
    assert inner.values(0x00080100) == ("7",)
    assert inner.parent is found
    assert inner.parent_sequence == 0x0040A043
