"""What an instance gets: which modules, which attributes, how many items.

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
    ADDED_MODULES_WITH_OPTIONAL,
    ADDED_WITH_OPTIONAL,
    FILLED,
    ITEMS,
    LEFT_OUT,
    LEFT_OUT_MODULES,
)
from octome.conformance.synthesis.instance_plan import InstancePlan
from octome.conformance.synthesis.reference import references
from octome.conformance.synthesis.slot import Slot
from octome.dicom.tag import TAG


def used_modules(ciod: CiodRule, instance: Instance, plan: InstancePlan) -> list[ModuleRule]:
    """The modules that an instance must follow, and those that the tables add."""
    used = modules_used(ciod, instance, FindingCollector(""), lambda _tag: False)
    scope = Scope(instance, instance.root, frozenset(ciod.root_tags))
    for module in ciod.modules:
        if module not in used and _is_module_added(module, scope, plan):
            used.append(module)
    return used


def _is_module_added(module: ModuleRule, scope: Scope, plan: InstancePlan) -> bool:
    if f"{plan.ciod}:{module.name}" in ADDED_MODULES:
        return True
    # The condition of another edition, too: the check does not demand it, and the module is as
    # likely to be required.
    if module.usage == "C" and module.requirement.required.truth(scope):
        return True
    names = {module.name, f"{plan.ciod}:{module.name}"}
    if not plan.all_optional or not names.isdisjoint(LEFT_OUT_MODULES):
        return False
    if module.name in ADDED_MODULES_WITH_OPTIONAL:
        return True
    if module.usage == "C":
        return module.requirement.forbidden.truth(scope) is False
    return module.usage == "U"


def is_added(slot: Slot) -> bool:
    """Whether a missing attribute is added."""
    if slot.rule.repeats and not slot.plan.all_optional:
        return False
    if is_required(slot):
        return True
    if _is_listed(slot, LEFT_OUT):
        return False
    if _is_listed(slot, ADDED) or _is_title_or_list(slot):
        return True
    if not slot.plan.all_optional:
        return False
    if _is_listed(slot, ADDED_WITH_OPTIONAL):
        return True
    if not slot.plan.may_be_optional(slot.depth):
        return False
    if slot.rule.is_conditional:
        forbidden = slot.rule.requirement.forbidden
        return slot.scope is not None and forbidden.truth(slot.scope) is False
    return True


def is_required(slot: Slot) -> bool:
    """Whether the rules require an attribute, as far as known so far."""
    if not slot.rule.is_conditional:
        return slot.rule.type in ("1", "2")
    return slot.scope is not None and slot.rule.requirement.required.truth(slot.scope) is True


def _is_title_or_list(slot: Slot) -> bool:
    """Whether it is a document's title, or the list of references if there are any.

    PS3.3 C.17.3.2.2 and C.12.2.
    """
    if slot.path:
        return False
    if slot.rule.tag == TAG.ConceptNameCodeSequence:
        return TAG.ContentSequence in slot.rule.siblings
    return slot.rule.tag == TAG.ReferencedSeriesSequence and bool(references(slot.root))


def _is_listed(slot: Slot, names: dict[str, str]) -> bool:
    return not names.keys().isdisjoint(slot.names)


def is_filled(slot: Slot) -> bool:
    """Whether an attribute gets a value: all except those of Type 2 that may be empty."""
    is_type_2 = str(slot.rule.type).startswith("2")
    return not is_type_2 or slot.plan.all_optional or _is_listed(slot, FILLED)


def number_of_items(slot: Slot) -> int:
    """How many items a sequence gets."""
    if not is_filled(slot):
        return 0
    least, most = slot.rule.values.items or slot.rule.hints.items or (1, None)
    usual = ITEMS.get(slot.rule.keyword, 1)
    return max(least, min(usual, most or usual))
