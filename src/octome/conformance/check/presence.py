"""Attributes that are missing, empty, or present although forbidden; in items at any depth.

PS3.5 7.4 (types of data elements), PS3.3 5.4 (sequences).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from octome.conformance.check.alike_item import AlikeItems
from octome.conformance.check.codes import check_codes
from octome.conformance.check.finding import Outcome
from octome.conformance.check.finding_collector import FindingCollector
from octome.conformance.check.limits import Deadline
from octome.conformance.check.location import Location
from octome.conformance.check.scope import Instance, Scope
from octome.conformance.check.terms import check_terms
from octome.conformance.rules.condition.expression import Expression, Truth
from octome.conformance.rules.condition.reason import deciding
from octome.conformance.rules.dictionary import base_tag
from octome.conformance.rules.rule import AttributeRule, LevelRule
from octome.dicom.data_set import SEQUENCE, DataSet, Element
from octome.dicom.tag import TAG
from octome.errors import printable

# Enough for any real instance; a document that nests deeper is not checked further.
DEEPEST = 100
WORTH_COMPARING = 16  # items of a sequence
SHOWN_LENGTH = 40  # characters of a value that meets a condition
SOP_CLASSES = (TAG.SOPClassUID, TAG.ReferencedSOPClassUID)  # shown by their names
POINTERS = (TAG.FrameIncrementPointer, TAG.DimensionIndexPointer)  # whose values are tags
MISSING: dict[Truth, tuple[str, Outcome]] = {
    True: ("missing", "violation"),
    None: ("missing-undecided", "undecided"),
}
# Of the number of items, which the text of an attribute gives.
OF_ITEMS = frozenset({"too-few-items", "too-many-items"})
Alternatives = tuple[AttributeRule, ...]


class Presence:
    """Checks data sets against the levels of the Standard's tables.

    Parameters
    ----------
    instance : Instance
        Whose data sets are checked.
    collector : FindingCollector
        Where findings go.
    deadline : Deadline
        When the check stops.
    keyword : function
        The keyword of a tag.
    uid_name : function
        The registered name of a UID; empty if it has none.
    """

    def __init__(
        self,
        instance: Instance,
        collector: FindingCollector,
        deadline: Deadline,
        keyword: Callable[[int], str],
        uid_name: Callable[[str], str],
    ) -> None:
        self.instance = instance
        self.collector = collector
        self.deadline = deadline
        self.keyword = keyword
        self.uid_name = uid_name
        self.allowed_tags: dict[int, frozenset[int]] = {}
        """For each data set that was checked, by `id`, the tags that are allowed in it."""

    def alike_items(self) -> AlikeItems:
        """For the items of one sequence that all follow the same rules."""
        return AlikeItems(self.instance.values_read, self.collector, self.allowed_tags)

    def allow_tags(self, ds: DataSet, tags: frozenset[int]) -> None:
        """Record that tags are allowed in a data set."""
        known = self.allowed_tags.get(id(ds))
        if known is None or known < tags:
            self.allowed_tags[id(ds)] = tags
        elif not tags <= known:
            self.allowed_tags[id(ds)] = known | tags

    def check(self, level: LevelRule, ds: DataSet, location: Location) -> None:
        """Every attribute of a level, in one data set."""
        self.deadline.require()
        elements, cut_at = ds.elements, ds.cut_at
        if elements:
            self.allow_tags(ds, level.tags)
        # PS3.3 C.17.3.2.4: a relationship by reference leads to an item somewhere else.
        by_reference = (
            ds.parent_sequence == TAG.ContentSequence
            and TAG.ReferencedContentItemIdentifier in elements
        )
        for tag, alternatives in level.demanded:
            if tag in elements or (by_reference and tag != TAG.RelationshipType):
                continue
            if cut_at is not None and tag > cut_at:
                continue  # it may have been cut off
            rule = alternatives[0]
            is_unmet = rule.is_conditional and rule.requirement.is_unmet(self.instance.present)
            if not is_unmet or len(alternatives) > 1:
                self._check_absent(alternatives, ds, level, location)
        if not elements:
            return
        is_root = ds is self.instance.root
        present = level.tags.intersection(self.instance.tags if is_root else elements)
        # Of most attributes only that there is a value has to be seen, if that.
        lenient, valued = level.lenient(present)
        if lenient:
            self.collector.allow_all(location.shape, level, lenient)
        for tag in sorted(present - lenient | valued):
            if not (tag in valued and (tag == cut_at or ds.has_value(tag))):
                self.check_present(level.rules[tag], elements[tag], ds, level, location)
        if level.repeating:
            self._check_repeating(level, ds, location)

    def _check_repeating(self, level: LevelRule, ds: DataSet, location: Location) -> None:
        """Attributes of repeating groups: each present group is checked against all."""
        for group in sorted({tag >> 16 for tag in ds.elements if base_tag(tag) in level.repeating}):
            for tag, alternatives in level.repeating.items():
                own = (group << 16) + (tag & 0xFFFF)
                element = ds.get(own)
                if element is not None:
                    self.check_present(alternatives, element, ds, level, location)
                elif tag >> 24 == group >> 8 and any(rule.is_required for rule in alternatives):
                    self._check_absent(alternatives, ds, level, location)

    def _check_absent(
        self, alternatives: Alternatives, ds: DataSet, level: LevelRule, location: Location
    ) -> None:
        """Check if a missing attribute is required by each alternative that applies."""
        rule = alternatives[0]
        if len(alternatives) == 1 and rule.value_types is None:
            truth = self._requirement(rule, ds, level)
        else:
            applying = [one for one in alternatives if _applies(one, ds)]
            demands = [(one, self._requirement(one, ds, level)) for one in applying]
            if not demands:
                return
            rule, truth = min(demands, key=lambda demand: (False, None, True).index(demand[1]))
        # At the root each attribute is missing once.
        if truth is False or (location.shape and self._is_counted(rule, truth, location)):
            return
        if truth is None:
            has_condition = bool(rule.requirement.text)
            why = "whether it is required" if has_condition else "when it is required"
            message = f"{rule.name} is missing: the instance does not decide {why}"
            fix = "Add it if its condition is met" if has_condition else "See the Standard"
            self._add("missing-undecided", rule, location, message, fix)
        else:
            why = f"it is of Type {rule.type}"
            if rule.is_conditional:
                reason = self._reason(rule.requirement.required, ds, level)
                why = f"its condition is met{reason}"
            elif location.trigger and not location.path:
                why += f" in the {location.module} Module, used as {location.trigger} is there"
            fix = "with a value" if str(rule.type).startswith("1") else "empty if it is unknown"
            message = f"{rule.name} is missing: {why}"
            self._add("missing", rule, location, message, f"Add {rule.keyword}, {fix}")

    def _reason(self, condition: Expression, ds: DataSet, level: LevelRule) -> str:
        """The attributes that decide a condition, with the values that they have."""
        scope = Scope(self.instance, ds, level.tags)
        found = []
        for tag in deciding(condition, scope):
            values = next(iter(scope.values(tag) or ()), ())
            is_there = bool(values) or scope.presence(tag)
            what = self._shown(tag, values) or "there"
            found.append(f"{self.keyword(tag)} is {what if is_there else 'not there'}")
        return f": {' and '.join(found)}" if found else ""

    def _shown(self, tag: int, values: Sequence[object]) -> str:
        """Values in short; a SOP Class by its name, a tag as tags are written."""
        if tag in SOP_CLASSES and values and self.uid_name(str(values[0])):
            return self.uid_name(str(values[0]))
        words = [
            f"({value >> 16:04X},{value & 0xFFFF:04X})"
            if tag in POINTERS and isinstance(value, int)
            else str(value)
            for value in values
        ]
        return printable("\\".join(words)[:SHOWN_LENGTH])

    def _requirement(self, rule: AttributeRule, ds: DataSet, level: LevelRule) -> Truth:
        """Whether an attribute is required."""
        if rule.is_conditional:
            return rule.requirement.required.truth(Scope(self.instance, ds, level.tags))
        return rule.type in ("1", "2")

    def _is_counted(self, rule: AttributeRule, truth: Truth, location: Location) -> bool:
        """Whether enough of these findings are listed, so that this one is only counted."""
        code, outcome = MISSING[truth]
        outcome = self.collector.outcome(outcome, self._edition_of_rule(code, rule))
        shape = location.shape + rule.keyword
        return self.collector.count_more(code, outcome, shape, location.module)

    def check_present(
        self,
        alternatives: Alternatives,
        element: Element,
        ds: DataSet,
        level: LevelRule,
        location: Location,
    ) -> None:
        """Check if a present attribute is allowed, and check its content."""
        applying = alternatives
        if len(alternatives) > 1 or alternatives[0].value_types:
            applying = tuple(rule for rule in alternatives if _applies(rule, ds))
        if not applying:
            self._report_value_type(alternatives[0], ds, location)
            return
        rule = applying[0]
        if len(applying) == 1:
            self._check_allowed(rule, ds, level, location)
        else:
            self.collector.allow(location.path + rule.keyword)
        is_empty = ds.cut_at != element.tag and not ds.has_value(element.tag)
        if is_empty and all(one.needs_value for one in applying):
            what = "has no item" if element.items is not None else "has no value"
            message = f"{rule.name} {what}: it is of Type {rule.type}"
            fix = f"Give {rule.keyword} a value{', or remove it' if rule.is_conditional else ''}"
            self._add("empty", rule, location, message, fix)
        elif len(applying) == 1 and element.items is not None:
            check_codes(self.collector, rule, ds, location)
        elif len(applying) == 1 and rule.values.terms:
            check_terms(self.collector, rule, Scope(self.instance, ds, level.tags), location)
        if element.items is not None and rule.vrs == (SEQUENCE,):
            self._check_items(applying, element, location)

    def _report_value_type(self, rule: AttributeRule, ds: DataSet, location: Location) -> None:
        types = " or ".join(rule.value_types or ())
        found = ds.text(TAG.ValueType) or "(none)"
        message = (
            f"{rule.name} is in a Content Item of Value Type {found}, but only those of {types} "
            "have it"
        )
        fix = f"Remove {rule.keyword}, or correct Value Type"
        self._add("forbidden", rule, location, message, fix)

    def _check_allowed(
        self, rule: AttributeRule, ds: DataSet, level: LevelRule, location: Location
    ) -> None:
        """Whether an attribute may be present."""
        if not rule.is_conditional:
            self.collector.allow_in_all_items(location.shape + rule.keyword)
            return
        forbidden = rule.requirement.forbidden.truth(Scope(self.instance, ds, level.tags))
        if forbidden is False:
            self.collector.allow(location.path + rule.keyword)
        elif forbidden:
            reason = self._reason(rule.requirement.forbidden, ds, level)
            message = f"{rule.name} is present, but its condition is not met{reason}"
            fix = f"Remove {rule.keyword}, or correct the attributes that its condition names"
            self._add("forbidden", rule, location, message, fix)
        elif rule.requirement.text:
            message = f"{rule.name} is present: the instance does not decide whether it is allowed"
            fix = "Keep it if its condition is met"
            self._add("presence-undecided", rule, location, message, fix)

    def _check_items(self, rules: Alternatives, element: Element, location: Location) -> None:
        items = element.items or []
        rule = rules[0]
        if len(rules) == 1 and (rule.values.items or not items):
            self._check_count(rule, len(items), location)
        # Functional groups are checked against the CIOD's own table of them.
        if (
            rule.tag in (TAG.SharedFunctionalGroupsSequence, TAG.PerFrameFunctionalGroupsSequence)
            or location.path.count(".") >= DEEPEST
        ):
            return
        with_items = [one for one in rules if one.has_items or one.tag == TAG.ContentSequence]
        if not with_items:
            return
        is_long = len(items) >= WORTH_COMPARING and not self.collector.is_recording
        alike = self.alike_items() if is_long else None
        most_empty, empty = self.collector.limits.of_a_cause, []
        for number, item in enumerate(items):
            if not item.elements and item.cut_at is None:
                empty.append(number)
                if len(empty) > most_empty:
                    continue
            # If several alternatives apply, the items follow the one that fits best.
            fitting = with_items[0]
            if len(with_items) > 1:
                fitting = max(
                    with_items, key=lambda one: len(one.items.tags & item.elements.keys())
                )
            inside = location.item(fitting.keyword, fitting.tag_id, number)
            if alike is None:
                self.check(fitting.items, item, inside)
            else:
                alike.check(item, inside.path, partial(self.check, fitting.items, item, inside))
        if len(empty) > most_empty:
            # The same is missing in all of them: a file may have hundreds of thousands.
            first = with_items[0]
            inside = location.item(first.keyword, first.tag_id, empty[most_empty])
            with self.collector.standing_for(len(empty) - most_empty):
                self.check(first.items, items[empty[most_empty]], inside)

    def _check_count(self, rule: AttributeRule, count: int, location: Location) -> None:
        """Check the number of items, if the text gives one."""
        least, most = rule.values.items or (0, None)
        if not count and rule.type in ("2", "2C"):
            self.collector.allow_no_item(location.path + rule.keyword)
        elif most is not None and count > most:
            message = f"{rule.name} has {count:,} items, at most {most} are allowed"
            self._add("too-many-items", rule, location, message, "Remove the others")
        elif count < least and (count or rule.type not in ("1", "1C")):
            message = f"{rule.name} has {count:,} items, at least {least} are required"
            fix = "Add items" + (", or remove the sequence" if rule.type == "3" else "")
            self._add("too-few-items", rule, location, message, fix)

    def _add(
        self, code: str, rule: AttributeRule, location: Location, message: str, fix: str
    ) -> None:
        outcome: Outcome = "undecided" if code.endswith("-undecided") else "violation"
        has_condition = rule.is_conditional and code != "empty"
        self.collector.add(
            code=code,
            outcome=outcome,
            path=location.path + rule.keyword,
            message=message,
            fix=fix,
            module=location.module,
            type=rule.type,
            section=location.section,
            link=f"{location.link}/{rule.tag_id}",
            edition=self._edition_of_rule(code, rule),
            condition=rule.requirement.text if has_condition else "",
        )

    def _edition_of_rule(self, code: str, rule: AttributeRule) -> str:
        """The edition of what decides a finding: of the attribute's text, or of its Type."""
        is_of_text = code in OF_ITEMS or (rule.is_conditional and code != "empty")
        return rule.text_edition if is_of_text else self.collector.edition


def _applies(rule: AttributeRule, ds: DataSet) -> bool:
    """Whether a Content Item of this Value Type has the attribute at all."""
    return rule.value_types is None or ds.text(TAG.ValueType) in rule.value_types
