"""The modules of its CIOD that an instance uses and must follow.

PS3.3 A.1.3: mandatory, conditional, user option.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from octome.conformance.check.finding import Outcome
from octome.conformance.check.finding_collector import FindingCollector
from octome.conformance.check.scope import Instance, Scope
from octome.conformance.rules.condition.expression import Truth
from octome.conformance.rules.dictionary import base_tag
from octome.conformance.rules.rule import CiodRule, ModuleRule
from octome.dicom.data_set import DataSet


def modules_used(
    ciod: CiodRule,
    instance: Instance,
    collector: FindingCollector,
    is_shared: Callable[[int], bool],
) -> list[ModuleRule]:
    """The mandatory modules, those whose condition is met, and those with their own attributes.

    A module that is not required is used if the instance has an attribute that is in no other
    module in use. Modules with a unique attribute come first. A single attribute that modules of
    other CIODs have too (`is_shared`) is not enough for a user option that requires others, unless
    it is of Type 1: Slice Thickness alone does not mean that all of Image Plane is meant.
    """
    scope = Scope(instance, instance.root, frozenset(ciod.root_tags))
    used: list[ModuleRule] = []
    optional: list[tuple[ModuleRule, Truth]] = []
    for module in ciod.modules:
        truth = _is_required(module, scope)
        # A condition of another edition does not suffice to demand all of a module.
        if truth and (module.usage == "M" or module.edition == collector.edition):
            used.append(module)
        else:
            optional.append((module, truth))
    present = {base_tag(tag) if tag >> 28 in (5, 6) else tag for tag in instance.root.elements}
    possible = [module for module, _ in optional if not module.level.tags.isdisjoint(present)]
    for module in possible:
        if _is_meant(module, ciod.own_tags[module.path] & present, is_shared):
            used.append(module)
    uncovered = present.difference(*(module.level.tags for module in used))
    for module in possible:
        if _is_meant(module, module.level.tags & uncovered, is_shared):
            used.append(module)
            uncovered -= module.level.tags
    for module, truth in optional:
        if module.usage == "C":
            _report(module, truth, collector, is_used=module in used)
    return [module for module in ciod.modules if module in used]


def trigger(module: ModuleRule, ciod: CiodRule, root: DataSet) -> str:
    """The attribute because of which a module counts as used; empty if the CIOD demands it."""
    if module.usage == "M":
        return ""
    present = module.level.tags & root.elements.keys()
    own = ciod.own_tags[module.path] & present
    return min((module.level.rules[tag][0].keyword for tag in own or present), default="")


def _is_meant(
    module: ModuleRule, present: Collection[int], is_shared: Callable[[int], bool]
) -> bool:
    """Whether a module is used if the instance has these attributes of it."""
    if module.usage != "U" or len(present) != 1:
        return bool(present)
    [tag] = present
    if any(rule.type == "1" for rule in module.level.rules[tag]) or not is_shared(tag):
        return True
    return all(rule.tag == tag or rule.type not in ("1", "2") for rule in module.level)


def _is_required(module: ModuleRule, scope: Scope) -> Truth:
    if module.usage != "C":
        return module.usage == "M"
    requirement = module.requirement
    if requirement.is_unmet(scope.instance.present):
        return False
    return requirement.required.truth(scope)


def _report(
    module: ModuleRule, truth: Truth, collector: FindingCollector, *, is_used: bool
) -> None:
    """Report a conditional module that may be missing, or that is used against its condition."""
    outcome: Outcome
    if truth is not False and not is_used:
        code, outcome = "module-undecided", "undecided"
        why = "the instance does not decide whether it is required"
        if truth:
            why = f"it is required by its condition in {module.edition}"
        message = f"the {module.name} Module is not used: {why}"
        fix = "Add it if its condition is met"
    elif truth is False and is_used and "otherwise" not in module.requirement.text:
        code, outcome = "module-not-allowed", "warning"
        message = (
            f"attributes of the {module.name} Module are present, but its condition is not met"
        )
        fix = "Remove them, or correct the attributes that the condition names"
    else:
        return
    collector.add(
        code=code,
        outcome=outcome,
        path="",
        message=message,
        fix=fix,
        module=module.name,
        section=module.section,
        link=module.path,
        edition=module.edition,
        condition=module.requirement.text,
    )
