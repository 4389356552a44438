"""Adds what the rules require until nothing is missing.

What a condition requires depends on values that are already present. So the instance is completed
in rounds: each adds what the rules require of the last result. Nothing is encoded: a round
checks the rules against a snapshot of the data set in memory.
"""

from __future__ import annotations

from collections.abc import Iterator

from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

from octome.conformance.check.scope import Instance, Scope
from octome.conformance.rules.rule import AttributeRule, CiodRule, LevelRule
from octome.conformance.rules.rulebook import Rulebook
from octome.conformance.synthesis.code import is_code_sequence, put_code
from octome.conformance.synthesis.exclusion import named_tags
from octome.conformance.synthesis.functional_group import groups_of, put_groups
from octome.conformance.synthesis.instance_plan import InstancePlan
from octome.conformance.synthesis.selection import (
    is_added,
    is_filled,
    is_required,
    number_of_items,
    used_modules,
)
from octome.conformance.synthesis.slot import Path, Slot
from octome.conformance.synthesis.snapshot import snapshot
from octome.conformance.synthesis.value import has_unexpected_value, representation, value
from octome.dicom.data_set import DataSet
from octome.dicom.tag import TAG

# Conditions depend on each other in chains; the longest takes 7 rounds.
MOST_ROUNDS = 24
GROUPS = (TAG.SharedFunctionalGroupsSequence, TAG.PerFrameFunctionalGroupsSequence)


class Completion:
    """Completes one data set by the rules of its CIOD."""

    def __init__(self, book: Rulebook, ciod: CiodRule, plan: InstancePlan, ds: Dataset) -> None:
        self.book, self.ciod, self.plan, self.root = book, ciod, plan, ds
        self.groups = groups_of(book, ciod, plan)
        self.is_changed = False
        self._forbidden: dict[Path, tuple[Dataset, int]] = {}
        self._permitted: set[Path] = set()
        self._added: dict[int, set[int]] = {}
        self._given_up: set[Path] = set()

    def round(self) -> bool:
        """Go through the instance once; returns whether anything was added or corrected."""
        self.is_changed = False
        self._forbidden.clear()
        self._permitted.clear()
        self._added.clear()
        instance = Instance(snapshot(self.root), self.ciod.demands)
        for module in used_modules(self.ciod, instance, self.plan):
            self._level(module.level, self.root, instance.root, instance, ())
        if self.groups and TAG.SharedFunctionalGroupsSequence in self.root:
            self._groups(instance)
        self._remove_forbidden()
        return self.is_changed

    def _groups(self, instance: Instance) -> None:
        self.is_changed |= put_groups(self.ciod, self.groups, self.root, instance, self)
        for sequence in GROUPS:
            own = self.root[sequence].value if sequence in self.root else []
            for number, (ds, read) in enumerate(
                zip(own, instance.root.items(sequence), strict=False)
            ):
                here = (self.book.dictionary.keyword(sequence), str(number))
                rules = [group.rule for tag, group in self.groups.items() if tag in ds]
                self._present(LevelRule(rules), ds, read, instance, here)

    def _level(
        self,
        level: LevelRule,
        ds: Dataset,
        read: DataSet,
        instance: Instance,
        path: Path,
    ) -> None:
        """One level of rules in one data set: present attributes, and required ones."""
        self._present(level, ds, read, instance, path)
        added = self._added.setdefault(id(ds), set())
        for rule in applying(level, read):
            # If two exclude each other, only the first is added.
            if (
                rule.tag in read
                or rule.tag in added
                or (added and rule.is_conditional and added & named_tags(rule.requirement))
            ):
                continue
            slot = self.slot(rule, ds, path, Scope(instance, read, level.tags))
            is_given_up = (*path, rule.keyword) in self._given_up
            if is_required(slot) if is_given_up else is_added(slot):
                self.add(slot)
                added.add(rule.tag)

    def _present(
        self,
        level: LevelRule,
        ds: Dataset,
        read: DataSet,
        instance: Instance,
        path: Path,
    ) -> None:
        for rule in applying(level, read):
            element = read.get(rule.tag)
            if element is None or rule.tag not in ds:
                continue
            scope = Scope(instance, read, level.tags)
            slot = self.slot(rule, ds, path, scope)
            self._note_allowed(slot, (*path, rule.keyword))
            if element.items is None:
                self._correct(slot, read)
                continue
            if rule.tag in GROUPS:
                continue
            if not element.items and str(rule.type).startswith("1"):
                self.add(slot)
            if not rule.has_items:
                continue
            for number, (item, inner) in enumerate(
                zip(ds[rule.tag].value, element.items, strict=False)
            ):
                self._level(rule.items, item, inner, instance, (*path, rule.keyword, str(number)))

    def _note_allowed(self, slot: Slot, path: Path) -> None:
        """Note whether an attribute is allowed: what one module forbids, another may allow."""
        assert slot.scope is not None  # noqa: S101 (for the type checker)
        rule = slot.rule
        if rule.is_conditional and rule.requirement.forbidden.truth(slot.scope) is not False:
            if rule.requirement.forbidden.truth(slot.scope):
                self._forbidden[path] = (slot.ds, rule.tag)
        else:
            self._permitted.add(path)

    def _remove_forbidden(self) -> None:
        for path, (ds, tag) in self._forbidden.items():
            if path not in self._permitted and tag in ds:
                del ds[tag]
                self._given_up.add(path)
                self.is_changed = True

    def _correct(self, slot: Slot, read: DataSet) -> None:
        """Give an attribute an allowed value, if it has none or another."""
        tag = slot.rule.tag
        is_needed = str(slot.rule.type).startswith("1") or self.plan.all_optional
        is_empty = is_needed and not read.has_value(tag)
        if is_empty or has_unexpected_value(slot, read.values(tag)):
            new = value(slot)
            if slot.ds[tag].value != new:
                slot.ds[tag].value = new
                self.is_changed = True

    def slot(self, rule: AttributeRule, ds: Dataset, path: Path, scope: Scope | None) -> Slot:
        """The slot for a value; `path` alternates keywords and numbers of items."""
        return Slot(
            book=self.book,
            plan=self.plan,
            rule=rule,
            root=self.root,
            ds=ds,
            path=path,
            scope=scope,
        )

    def add(self, slot: Slot) -> None:
        """Add an attribute; the items of a sequence get the attributes without condition."""
        rule = slot.rule
        self.is_changed = True
        if rule.vrs == ("SQ",):
            slot.ds.add_new(rule.tag, "SQ", Sequence())
            items = [self.add_item(slot, number) for number in range(number_of_items(slot))]
            if rule.type == "3" and rule.tag not in GROUPS and not any(items):
                # Its items require nothing, and optional attributes are not added this deep.
                self._given_up.add((*slot.path, rule.keyword))
                del slot.ds[rule.tag]
        else:
            given = value(slot) if is_filled(slot) else None
            slot.ds.add_new(rule.tag, representation(slot), given)

    def add_item(self, slot: Slot, number: int) -> Dataset:
        """Add one item to the sequence at a slot, with the attributes without condition."""
        item = Dataset()
        slot.ds[slot.rule.tag].value.append(item)
        path = (*slot.path, slot.rule.keyword, str(number))
        if is_code_sequence(slot.rule):
            put_code(slot, item)
        if slot.rule.has_items and slot.rule.tag not in GROUPS:
            for rule in slot.rule.items:
                inside = self.slot(rule, item, path, None)
                if rule.value_types is None and rule.tag not in item and is_added(inside):
                    self.add(inside)
        return item


def applying(level: LevelRule, read: DataSet) -> Iterator[AttributeRule]:
    """The rules of a level for a data set, one for each attribute."""
    for alternatives in level.rules.values():
        found = [
            rule
            for rule in alternatives
            if rule.value_types is None or read.text(TAG.ValueType) in rule.value_types
        ]
        if found:
            yield found[0]
