"""What an instance gets."""

from __future__ import annotations

import pytest
from pydicom.dataset import Dataset
from slots import SlotAt

from octome.conformance.check.checker import Checker
from octome.conformance.check.scope import Instance
from octome.conformance.synthesis.instance_plan import InstancePlan
from octome.conformance.synthesis.selection import (
    is_added,
    is_filled,
    is_required,
    number_of_items,
    used_modules,
)
from octome.conformance.synthesis.snapshot import snapshot


@pytest.mark.parametrize(
    ("keyword", "required", "added", "added_with_optional"),
    [
        ("Rows", True, True, True),  # Type 1
        ("AccessionNumber", True, True, True),  # Type 2
        ("StationName", False, False, True),  # Type 3
        # Type 1C: not before its condition can be evaluated.
        ("PlanarConfiguration", False, False, False),
        # Listed as added, and as left out.
        ("PatientPosition", False, True, True),
        ("DigitalSignaturesSequence", False, False, False),
    ],
)
def test_types_and_tables_decide_what_is_added(
    slot_at: SlotAt, keyword: str, required: bool, added: bool, added_with_optional: bool
) -> None:
    slot = slot_at("ct-image", keyword)
    assert is_required(slot) is required
    assert is_added(slot) is added
    assert is_added(slot_at("ct-image", keyword, all_optional=True)) is added_with_optional


def test_references_are_listed_if_there_are_any(slot_at: SlotAt) -> None:
    image = Dataset()
    image.ReferencedSOPClassUID = "1.2.840.10008.5.1.4.1.1.2"
    image.ReferencedSOPInstanceUID = "2.25.1"
    with_reference = Dataset()
    with_reference.SourceImageSequence = [image]
    assert is_added(slot_at("ct-image", "ReferencedSeriesSequence", ds=with_reference))
    assert not is_added(slot_at("ct-image", "ReferencedSeriesSequence"))


def test_type_2_may_be_empty_unless_people_look_for_it(slot_at: SlotAt) -> None:
    assert not is_filled(slot_at("ct-image", "AccessionNumber"))
    assert is_filled(slot_at("ct-image", "AccessionNumber", all_optional=True))
    assert is_filled(slot_at("ct-image", "PatientName"))  # in the table


@pytest.mark.parametrize(
    ("ciod", "keyword", "path", "count"),
    [
        ("ct-image", "RequestAttributesSequence", (), 1),
        ("rt-plan", "ControlPointSequence", ("BeamSequence", "0"), 2),  # the first and the last
        ("blending-softcopy-presentation-state", "BlendingSequence", (), 2),
    ],
)
def test_a_sequence_has_as_many_items_as_it_needs(
    slot_at: SlotAt, ciod: str, keyword: str, path: tuple[str, ...], count: int
) -> None:
    assert number_of_items(slot_at(ciod, keyword, path=path)) == count


def test_optional_modules_are_used_with_all_that_is_optional(checker_2020: Checker) -> None:
    ciod = checker_2020.book.ciod("ct-image")
    empty = Instance(snapshot(Dataset()), ciod.demands)
    names = {
        rich: {
            module.name
            for module in used_modules(
                ciod,
                empty,
                InstancePlan(ciod="ct-image", sop_class="1.2", edition="2020b", all_optional=rich),
            )
        }
        for rich in (False, True)
    }
    mandatory = {module.name for module in ciod.modules if module.usage == "M"}
    assert names[False] == mandatory
    assert names[True] > mandatory | {"VOI LUT", "Device"}


@pytest.mark.parametrize(
    ("ciod", "module", "used"),
    [
        ("vl-microscopic-image", "ICC Profile", False),  # next to Optical Path
        ("vl-photographic-image", "ICC Profile", True),
        ("advanced-blending-presentation-state", "Graphic Layer", True),
    ],
)
def test_modules_that_go_with_others_or_against_them(
    checker_2020: Checker, ciod: str, module: str, used: bool
) -> None:
    rule = checker_2020.book.ciod(ciod)
    empty = Instance(snapshot(Dataset()), rule.demands)
    plan = InstancePlan(ciod=ciod, sop_class="1.2", edition="2020b", all_optional=True)
    names = {each.name for each in used_modules(rule, empty, plan)}
    assert (module in names) is used
