"""Slots for the tests of the synthesis."""

from __future__ import annotations

from collections.abc import Callable

from pydicom.dataset import Dataset

from octome.conformance.rules.rule import AttributeRule
from octome.conformance.rules.rulebook import Rulebook
from octome.conformance.synthesis.instance_plan import InstancePlan
from octome.conformance.synthesis.slot import Path, Slot

SlotAt = Callable[..., Slot]


def slot_in(
    book: Rulebook,
    ciod: str,
    keyword: str,
    *,
    ds: Dataset | None = None,
    path: Path = (),
    sop_class: str = "1.2",
    all_optional: bool = False,
) -> Slot:
    """The slot of an attribute of a CIOD, in a data set that `path` leads to."""
    here = ds if ds is not None else Dataset()
    plan = InstancePlan(
        ciod=ciod, sop_class=sop_class, edition=book.edition, all_optional=all_optional
    )
    rule = _rule(book, ciod, (*path[::2], keyword))
    return Slot(book=book, plan=plan, rule=rule, root=here, ds=here, path=path)


def _rule(book: Rulebook, ciod: str, keywords: Path) -> AttributeRule:
    """The rule of an attribute by the keywords of its sequences and its own."""
    found = next(
        rule
        for module in book.ciod(ciod).modules
        for rule in module.level
        if rule.keyword == keywords[0]
    )
    for keyword in keywords[1:]:
        found = next(rule for rule in found.items if rule.keyword == keyword)
    return found
