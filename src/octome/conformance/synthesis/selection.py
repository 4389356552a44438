"""What is put into an instance: which modules, which attributes, how many items.

PS3.3 A.1.3 (usage of modules), PS3.5 7.4 (types of attributes).
"""

from __future__ import annotations

from octome.conformance.check.finding_collector import FindingCollector
from octome.conformance.check.module_use import modules_used
from octome.conformance.check.scope import Instance, Scope
from octome.conformance.rules.rule import CiodRule, ModuleRule
from octome.conformance.synthesis.choice import (
    ADDED,
    ADDED_MODULES,
    ADDED_WITH_OPTIONAL,
    FILLED,
    ITEMS,
    LEFT_OUT,
    LEFT_OUT_MODULES,
)
from octome.conformance.synthesis.instance_plan import Plan
from octome.conformance.synthesis.reference import references
from octome.conformance.synthesis.slot import Spot
from octome.dicom.tag import TAG


def used_modules(ciod: CiodRule, instance: Instance, plan: Plan) -> list[ModuleRule]:
    """The modules that an instance has to follow, and those that are added of one's own accord."""
    used = modules_used(ciod, instance, FindingCollector(""))
    place = Scope(instance, instance.root, frozenset(ciod.root_tags))
    for module in ciod.modules:
        if module not in used and _is_added(module, place, plan):
            used.append(module)
    return used


def _is_added(module: ModuleRule, place: Scope, plan: Plan) -> bool:
    if f"{plan.ciod}:{module.name}" in ADDED_MODULES:
        return True
    if not plan.all_optional or module.name in LEFT_OUT_MODULES:
        return False
    if module.usage == "C":
        return module.requirement.forbidden.truth(place) is False
    return module.usage == "U"


def is_wanted(spot: Spot) -> bool:
    """Whether an attribute that is not there is to be put there."""
    if spot.rule.repeats and not spot.plan.all_optional:
        return False
    if is_required(spot):
        return True
    if _is_listed(spot, LEFT_OUT):
        return False
    if _is_listed(spot, ADDED) or _is_title_or_list(spot):
        return True
    if not spot.plan.all_optional:
        return False
    if _is_listed(spot, ADDED_WITH_OPTIONAL):
        return True
    if not spot.plan.may_be_optional(spot.depth):
        return False
    if spot.rule.is_conditional:
        forbidden = spot.rule.requirement.forbidden
        return spot.place is not None and forbidden.truth(spot.place) is False
    return True


def is_required(spot: Spot) -> bool:
    """Whether the rules demand an attribute, as far as can be told yet."""
    if not spot.rule.is_conditional:
        return spot.rule.type in ("1", "2")
    return spot.place is not None and spot.rule.requirement.required.truth(spot.place) is True


def _is_title_or_list(spot: Spot) -> bool:
    """Whether it is a document's title, or the list of references where there are any.

    PS3.3 C.17.3.2.2 and C.12.2.
    """
    if spot.path:
        return False
    if spot.rule.tag == TAG.ConceptNameCodeSequence:
        return TAG.ContentSequence in spot.rule.siblings
    return spot.rule.tag == TAG.ReferencedSeriesSequence and bool(references(spot.root))


def _is_listed(spot: Spot, names: dict[str, str]) -> bool:
    return not names.keys().isdisjoint(spot.names)


def is_filled(spot: Spot) -> bool:
    """Whether an attribute gets a value: all but those of Type 2 that may be empty."""
    is_type_2 = str(spot.rule.type).startswith("2")
    return not is_type_2 or spot.plan.all_optional or _is_listed(spot, FILLED)


def number_of_items(spot: Spot) -> int:
    """How many items a sequence gets."""
    if not is_filled(spot):
        return 0
    least, most = spot.rule.values.items or spot.rule.hints.items or (1, None)
    wanted = ITEMS.get(spot.rule.keyword, 1)
    return max(least, min(wanted, most or wanted))
