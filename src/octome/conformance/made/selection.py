"""What is put into an instance: which modules, which attributes, how many items.

PS3.3 A.1.3 (usage of modules), PS3.5 7.4 (types of attributes).
"""

from __future__ import annotations

from octome.conformance.made.choice import (
    ADDED,
    ADDED_MODULES,
    FILLED,
    ITEMS,
    LEFT_OUT,
    LEFT_OUT_MODULES,
)
from octome.conformance.made.plan import Plan
from octome.conformance.made.reference import references
from octome.conformance.made.spot import Spot
from octome.conformance.module_use import modules_used
from octome.conformance.notebook import Notebook
from octome.conformance.place import Instance, Place
from octome.conformance.rulebook import CONTENT_SEQUENCE, CiodRule, ModuleRule

REFERENCED_SERIES = 0x00081115
CONCEPT_NAME = 0x0040A043


def used_modules(ciod: CiodRule, instance: Instance, plan: Plan) -> list[ModuleRule]:
    """The modules that an instance has to follow, and those that are added of one's own accord."""
    used = modules_used(ciod, instance, Notebook(""))
    place = Place(instance, instance.root, frozenset(ciod.root_tags))
    for module in ciod.modules:
        if module not in used and _is_added(module, place, plan):
            used.append(module)
    return used


def _is_added(module: ModuleRule, place: Place, plan: Plan) -> bool:
    if f"{plan.ciod}:{module.name}" in ADDED_MODULES:
        return True
    if not plan.all_optional or module.name in LEFT_OUT_MODULES:
        return False
    if module.usage == "C":
        return module.requirement.forbidden.truth(place) is False
    return module.usage == "U"


def is_wanted(spot: Spot) -> bool:
    """Whether an attribute that is not there is to be put there."""
    rule = spot.rule
    if _listed(spot, LEFT_OUT) or (rule.repeats and not spot.plan.all_optional):
        return False
    if not rule.is_conditional and rule.type in ("1", "2"):
        return True
    if rule.tag == CONCEPT_NAME and not spot.path and CONTENT_SEQUENCE in rule.siblings:
        return True  # the title of a document (PS3.3 C.17.3.2.2)
    if rule.tag == REFERENCED_SERIES and not spot.path and references(spot.root):
        return True
    if _listed(spot, ADDED):
        return True
    if rule.is_conditional:
        if spot.place is None:
            return False
        if rule.requirement.required.truth(spot.place):
            return True
        may_be = rule.requirement.forbidden.truth(spot.place) is False
        return may_be and spot.plan.may_be_optional(spot.depth)
    return spot.plan.may_be_optional(spot.depth)


def is_filled(spot: Spot) -> bool:
    """Whether an attribute gets a value: all but those of Type 2 that may be empty."""
    is_type_2 = str(spot.rule.type).startswith("2")
    return not is_type_2 or spot.plan.all_optional or _listed(spot, FILLED)


def number_of_items(spot: Spot) -> int:
    """How many items a sequence gets."""
    if not is_filled(spot):
        return 0
    least, most = spot.rule.values.items or spot.rule.hints.items or (1, None)
    wanted = ITEMS.get(spot.rule.keyword, 1)
    return max(least, min(wanted, most or wanted))


def _listed(spot: Spot, names: dict[str, str]) -> bool:
    """Whether a table lists an attribute, by its keyword, with its sequence or its CIOD."""
    word = spot.rule.keyword
    return bool({word, f"{spot.holder}.{word}", f"{spot.plan.ciod}:{word}"} & names.keys())
