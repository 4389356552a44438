"""Functional groups: the ones present, shared if allowed, else in each frame.

PS3.3 C.7.6.16 and the tables of functional group macros of the CIODs.
"""

from __future__ import annotations

from typing import Protocol

from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

from octome.conformance.check.scope import Instance, Scope
from octome.conformance.rules.rule import AttributeRule, CiodRule, GroupRule
from octome.conformance.rules.rulebook import Rulebook
from octome.conformance.synthesis.choice import (
    ADDED_GROUPS,
    BORROWED_GROUPS,
    LEFT_OUT_GROUPS,
    PER_FRAME,
)
from octome.conformance.synthesis.instance_plan import InstancePlan
from octome.conformance.synthesis.slot import Path, Slot
from octome.dicom.tag import TAG


class Adder(Protocol):
    """Adds attributes at slots."""

    plan: InstancePlan

    def add(self, slot: Slot) -> None:
        """Add it."""

    def slot(self, rule: AttributeRule, ds: Dataset, path: Path, scope: Scope | None) -> Slot:
        """The slot of an attribute in a data set."""


def groups_of(book: Rulebook, ciod: CiodRule, plan: InstancePlan) -> dict[int, GroupRule]:
    """The functional groups of a CIOD; those of a similar one if its own table is missing."""
    other = BORROWED_GROUPS.get(plan.ciod)
    return {**ciod.groups, **(book.ciod(other).groups if other else {})}


def put_groups(
    ciod: CiodRule,
    groups: dict[int, GroupRule],
    root: Dataset,
    instance: Instance,
    adder: Adder,
) -> bool:
    """Add functional groups that are needed and missing; returns whether any was added."""
    scope = Scope(instance, instance.root, frozenset(ciod.root_tags))
    is_changed = put_items(root)
    for group in groups.values():
        if _is_there(group, root) or not _is_needed(group, scope, adder.plan):
            continue
        is_changed = True
        if group.placement == "per frame" or group.rule.keyword in PER_FRAME:
            for number, frame in enumerate(root[TAG.PerFrameFunctionalGroupsSequence].value):
                path = ("PerFrameFunctionalGroupsSequence", str(number))
                adder.add(adder.slot(group.rule, frame, path, None))
        else:
            path = ("SharedFunctionalGroupsSequence", "0")
            adder.add(
                adder.slot(
                    group.rule, root[TAG.SharedFunctionalGroupsSequence].value[0], path, None
                )
            )
    return is_changed


def put_items(root: Dataset) -> bool:
    """Give each frame an item, and the shared groups one; returns whether any was added."""
    frames = int(root.get("NumberOfFrames") or 1)
    is_changed = False
    for tag, count in (
        (TAG.SharedFunctionalGroupsSequence, 1),
        (TAG.PerFrameFunctionalGroupsSequence, frames),
    ):
        if tag not in root:
            root.add_new(tag, "SQ", Sequence())
        while len(root[tag].value) < count:
            root[tag].value.append(Dataset())
            is_changed = True
    return is_changed


def _is_there(group: GroupRule, root: Dataset) -> bool:
    return any(
        group.tag in item
        for tag in (TAG.SharedFunctionalGroupsSequence, TAG.PerFrameFunctionalGroupsSequence)
        for item in root[tag].value
    )


def _is_needed(group: GroupRule, scope: Scope, plan: InstancePlan) -> bool:
    word = group.rule.keyword
    if {word, f"{plan.ciod}:{word}"} & LEFT_OUT_GROUPS.keys():
        return False
    if group.usage == "M" or {word, f"{plan.ciod}:{word}"} & ADDED_GROUPS.keys():
        return True
    if group.usage == "C":
        required, forbidden = group.requirement.required, group.requirement.forbidden
        if required.truth(scope):
            return True
        return plan.all_optional and forbidden.truth(scope) is False
    return plan.all_optional
