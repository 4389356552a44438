"""Functional groups: which are there, shared where they may be, else in each frame.

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
from octome.conformance.synthesis.instance_plan import Plan
from octome.conformance.synthesis.slot import Path, Spot
from octome.dicom.tag import TAG


class Adder(Protocol):
    """What puts an attribute at a spot."""

    plan: Plan

    def add(self, spot: Spot) -> None:
        """Add it."""

    def spot(self, rule: AttributeRule, ds: Dataset, path: Path, place: Scope | None) -> Spot:
        """Where it stands."""


def groups_of(book: Rulebook, ciod: CiodRule, plan: Plan) -> dict[int, GroupRule]:
    """The functional groups of a CIOD, those of another one where its table is not to be had."""
    other = BORROWED_GROUPS.get(plan.ciod)
    return {**ciod.groups, **(book.ciod(other).groups if other else {})}


def put_groups(
    ciod: CiodRule,
    groups: dict[int, GroupRule],
    root: Dataset,
    instance: Instance,
    adder: Adder,
) -> bool:
    """Add the functional groups that are wanted and not there; whether any was added."""
    place = Scope(instance, instance.root, frozenset(ciod.root_tags))
    is_changed = put_items(root)
    for group in groups.values():
        if _is_there(group, root) or not _is_wanted(group, place, adder.plan):
            continue
        is_changed = True
        if group.placement == "per frame" or group.rule.keyword in PER_FRAME:
            for number, frame in enumerate(root[TAG.PerFrameFunctionalGroupsSequence].value):
                path = ("PerFrameFunctionalGroupsSequence", str(number))
                adder.add(adder.spot(group.rule, frame, path, None))
        else:
            path = ("SharedFunctionalGroupsSequence", "0")
            adder.add(
                adder.spot(
                    group.rule, root[TAG.SharedFunctionalGroupsSequence].value[0], path, None
                )
            )
    return is_changed


def put_items(root: Dataset) -> bool:
    """Give each frame an item, and what is shared one; whether any was added."""
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


def _is_wanted(group: GroupRule, place: Scope, plan: Plan) -> bool:
    word = group.rule.keyword
    if {word, f"{plan.ciod}:{word}"} & LEFT_OUT_GROUPS.keys():
        return False
    if group.usage == "M" or {word, f"{plan.ciod}:{word}"} & ADDED_GROUPS.keys():
        return True
    if group.usage == "C":
        required, forbidden = group.requirement.required, group.requirement.forbidden
        if required.truth(place):
            return True
        return plan.all_optional and forbidden.truth(place) is False
    return plan.all_optional
