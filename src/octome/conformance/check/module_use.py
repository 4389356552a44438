"""Which modules of its CIOD an instance uses, and so has to follow.

PS3.3 A.1.3: mandatory, conditional, user option.
"""

from __future__ import annotations

from octome.conformance.check.finding import Finding
from octome.conformance.check.finding_collector import Notebook
from octome.conformance.check.scope import Instance, Place
from octome.conformance.rules.condition.expression import Truth
from octome.conformance.rules.dictionary import base_tag
from octome.conformance.rules.rule import CiodRule, ModuleRule


def modules_used(ciod: CiodRule, instance: Instance, notebook: Notebook) -> list[ModuleRule]:
    """The mandatory modules, those whose condition holds, and those with attributes of their own.

    A module that nothing demands is used if an attribute stands in the instance that no module in
    use has; one that only this module has counts first.
    """
    place = Place(instance, instance.root, frozenset(ciod.root_tags))
    truths = {module.path: _is_required(module, place) for module in ciod.modules}
    used = [module for module in ciod.modules if truths[module.path]]
    optional = [module for module in ciod.modules if not truths[module.path]]
    present = {base_tag(tag) if tag >> 28 in (5, 6) else tag for tag in instance.root.elements}
    for module in optional:
        own = {tag for tag in module.level.tags & present if len(ciod.root_tags[tag]) == 1}
        if own:
            used.append(module)
    uncovered = present.difference(*(module.level.tags for module in used))
    for module in optional:
        if module.level.tags & uncovered:
            used.append(module)
            uncovered -= module.level.tags
    for module in optional:
        _tell(module, truths[module.path], notebook, is_used=module in used)
    order = {module.path: at for at, module in enumerate(ciod.modules)}
    return sorted(used, key=lambda module: order[module.path])


def _is_required(module: ModuleRule, place: Place) -> Truth:
    if module.usage == "C":
        return module.requirement.required.truth(place)
    return module.usage == "M"


def _tell(module: ModuleRule, truth: Truth, notebook: Notebook, *, is_used: bool) -> None:
    """What a conditional module that is not known to be required means."""
    if module.usage != "C" or (truth is False and not is_used):
        return
    if truth is None and not is_used:
        code, outcome = "module-undecided", "undecided"
        message = f"the {module.name} Module is not used; whether it has to be cannot be told"
        fix = "Add it if its condition holds"
    elif truth is False:
        code, outcome = "module-not-allowed", "warning"
        message = f"attributes of the {module.name} Module are present, its condition does not hold"
        fix = "Remove them, or mend what the condition names"
        if "otherwise" in module.requirement.text:
            return
    else:
        return
    notebook.add(
        Finding(
            code,
            outcome,
            "",
            message,
            fix,
            module.name,
            None,
            module.section,
            module.path,
            module.edition,
            module.requirement.text,
        )
    )
