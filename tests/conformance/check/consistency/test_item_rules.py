"""The table of rules, applied to every data set of an instance."""

from __future__ import annotations

from small_instance import dataset, encoded, found_by

from octome.conformance.check.consistency.item_rules import item_rules
from octome.dicom.part10 import read_encoded


def test_a_rule_is_applied_in_items_of_items() -> None:
    inner = dataset(IconImageSequence=[dataset(PixelAspectRatio=[0, 1])])
    found = found_by(item_rules, dataset(SourceImageSequence=[inner]))
    path = "SourceImageSequence[0].IconImageSequence[0].PixelAspectRatio"
    assert f"violation range {path}" in found


def test_a_data_set_that_is_cut_is_left_alone() -> None:
    whole = encoded(dataset(PixelAspectRatio=[0, 1], PatientComments="frog"))
    assert list(item_rules(read_encoded(whole)))
    assert not list(item_rules(read_encoded(whole[:-3])))
