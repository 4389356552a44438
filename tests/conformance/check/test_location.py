"""The position of a data set in the Standard's tables."""

from __future__ import annotations

from octome.conformance.check.location import Location

ROOT = Location(module="Tea", section="PS3.3 C.99", link="/modules/tea")


def test_the_root_has_no_path() -> None:
    assert (ROOT.path, ROOT.shape) == ("", "")


def test_items_in_items_have_numbers_in_the_path_and_none_in_the_shape() -> None:
    inside = ROOT.item("CupSequence", "00080001", 3).item("LeafSequence", "00080002", 0)
    assert inside.path == "CupSequence[3].LeafSequence[0]."
    assert inside.shape == "CupSequence[].LeafSequence[]."
    assert inside.link == "/modules/tea/00080001/00080002"


def test_an_item_is_in_the_module_of_its_sequence() -> None:
    inside = ROOT.item("CupSequence", "00080001", 3)
    assert (inside.module, inside.section) == ("Tea", "PS3.3 C.99")
