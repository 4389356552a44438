"""Adding what the rules demand until they demand nothing more.

What a condition asks for depends on values that are there already, so the instance is gone
through in rounds: each adds what is demanded of what the last one left. A round asks the rules as
a check does, of the encoded instance.
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
from octome.conformance.synthesis.instance_plan import Plan
from octome.conformance.synthesis.selection import (
    is_filled,
    is_required,
    is_wanted,
    number_of_items,
    used_modules,
)
from octome.conformance.synthesis.slot import Path, Spot
from octome.conformance.synthesis.snapshot import snapshot
from octome.conformance.synthesis.value import representation, stray, value
from octome.dicom.data_set import DataSet
from octome.dicom.tag import TAG

# Conditions hang on each other in chains; the longest takes 7 rounds.
MOST_ROUNDS = 24
GROUPS = (TAG.SharedFunctionalGroupsSequence, TAG.PerFrameFunctionalGroupsSequence)


class Completion:
    """Completes one data set by the rules of its CIOD."""

    def __init__(self, book: Rulebook, ciod: CiodRule, plan: Plan, ds: Dataset) -> None:
        self.book, self.ciod, self.plan, self.root = book, ciod, plan, ds
        self.groups = groups_of(book, ciod, plan)
        self.is_changed = False
        self._forbidden: dict[Path, tuple[Dataset, int]] = {}
        self._permitted: set[Path] = set()
        self._added: dict[int, set[int]] = {}
        self._given_up: set[Path] = set()

    def round(self) -> bool:
        """Go through the instance once; whether anything was added or mended."""
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
        for holder in GROUPS:
            own = self.root[holder].value if holder in self.root else []
            for number, (ds, read) in enumerate(
                zip(own, instance.root.items(holder), strict=False)
            ):
                here = (self.book.dictionary.keyword(holder), str(number))
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
        """One level of rules in one data set: what is there, and what has to be."""
        self._present(level, ds, read, instance, path)
        added = self._added.setdefault(id(ds), set())
        for rule in applying(level, read):
            # Of two that exclude each other only the first is added.
            if (
                rule.tag in read
                or rule.tag in added
                or (added and rule.is_conditional and added & named_tags(rule.requirement))
            ):
                continue
            spot = self.spot(rule, ds, path, Scope(instance, read, level.tags))
            is_given_up = (*path, rule.keyword) in self._given_up
            if is_required(spot) if is_given_up else is_wanted(spot):
                self.add(spot)
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
            place = Scope(instance, read, level.tags)
            spot = self.spot(rule, ds, path, place)
            self._judge(spot, (*path, rule.keyword))
            if element.items is None:
                self._mend(spot, read)
                continue
            if rule.tag in GROUPS:
                continue
            if not element.items and str(rule.type).startswith("1"):
                self.add(spot)
            if not rule.has_items:
                continue
            for number, (item, inner) in enumerate(
                zip(ds[rule.tag].value, element.items, strict=False)
            ):
                self._level(rule.items, item, inner, instance, (*path, rule.keyword, str(number)))

    def _judge(self, spot: Spot, path: Path) -> None:
        """Note whether an attribute may be there: what one module forbids another may allow."""
        assert spot.place is not None  # noqa: S101 (for the type checker)
        rule = spot.rule
        if rule.is_conditional and rule.requirement.forbidden.truth(spot.place) is not False:
            if rule.requirement.forbidden.truth(spot.place):
                self._forbidden[path] = (spot.ds, rule.tag)
        else:
            self._permitted.add(path)

    def _remove_forbidden(self) -> None:
        for path, (ds, tag) in self._forbidden.items():
            if path not in self._permitted and tag in ds:
                del ds[tag]
                self._given_up.add(path)
                self.is_changed = True

    def _mend(self, spot: Spot, read: DataSet) -> None:
        """Give an attribute a value that is allowed, if it has none or another."""
        tag = spot.rule.tag
        is_needed = str(spot.rule.type).startswith("1") or self.plan.all_optional
        is_empty = is_needed and not read.has_value(tag)
        if is_empty or stray(spot, read.values(tag)):
            new = value(spot)
            if spot.ds[tag].value != new:
                spot.ds[tag].value = new
                self.is_changed = True

    def spot(self, rule: AttributeRule, ds: Dataset, path: Path, place: Scope | None) -> Spot:
        """Where a value is needed; `path` alternates keywords and numbers of items."""
        return Spot(self.book, self.plan, rule, self.root, ds, path, place)

    def add(self, spot: Spot) -> None:
        """Add an attribute; the items of a sequence get what has no condition."""
        rule = spot.rule
        self.is_changed = True
        if rule.vrs == ("SQ",):
            spot.ds.add_new(rule.tag, "SQ", Sequence())
            items = [self.add_item(spot, number) for number in range(number_of_items(spot))]
            if rule.type == "3" and rule.tag not in GROUPS and not any(items):
                # Nothing is required of its items, and too deep for what is optional.
                self._given_up.add((*spot.path, rule.keyword))
                del spot.ds[rule.tag]
        else:
            given = value(spot) if is_filled(spot) else None
            spot.ds.add_new(rule.tag, representation(spot), given)

    def add_item(self, spot: Spot, number: int) -> Dataset:
        """Add one item to the sequence at a spot, with what has no condition."""
        item = Dataset()
        spot.ds[spot.rule.tag].value.append(item)
        path = (*spot.path, spot.rule.keyword, str(number))
        if is_code_sequence(spot.rule):
            put_code(spot, item)
        if spot.rule.has_items and spot.rule.tag not in GROUPS:
            for rule in spot.rule.items:
                inside = self.spot(rule, item, path, None)
                if rule.value_types is None and rule.tag not in item and is_wanted(inside):
                    self.add(inside)
        return item


def applying(level: LevelRule, read: DataSet) -> Iterator[AttributeRule]:
    """The rules of a level for a data set, one for each attribute."""
    for twins in level.rules.values():
        found = [
            rule
            for rule in twins
            if rule.value_types is None or read.text(TAG.ValueType) in rule.value_types
        ]
        if found:
            yield found[0]
