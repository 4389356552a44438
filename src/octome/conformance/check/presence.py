"""Attributes that are missing, empty, or present where they shall not be; in items to any depth.

PS3.5 7.4 (types of data elements), PS3.3 5.4 (sequences).
"""

from __future__ import annotations

from octome.conformance.check.finding import Finding
from octome.conformance.check.finding_collector import Notebook, Where
from octome.conformance.check.scope import Instance, Place
from octome.conformance.check.terms import check_codes, check_terms
from octome.conformance.rules.condition.expression import Truth
from octome.conformance.rules.dictionary import base_tag
from octome.conformance.rules.rule import AttributeRule, LevelRule
from octome.conformance.rules.rulebook import Rulebook
from octome.dicom.data_set import SEQUENCE, DataSet, Element
from octome.dicom.tag import TAG

# Enough for any real one; a document made to nest deeper is not walked further.
DEEPEST = 100


class Presence:
    """Holds data sets against the levels of the Standard's tables.

    Parameters
    ----------
    book : Rulebook
        The rules.
    instance : Instance
        Whose data sets are held against them.
    notebook : Notebook
        Where findings go.
    """

    def __init__(self, book: Rulebook, instance: Instance, notebook: Notebook) -> None:
        self.book = book
        self.instance = instance
        self.notebook = notebook
        self.known: dict[int, set[int]] = {}
        """For each data set that was looked at, by `id`, the tags that may stand in it."""

    def check(self, level: LevelRule, ds: DataSet, where: Where) -> None:
        """Every attribute that a level has, in one data set."""
        known = self.known.setdefault(id(ds), set())
        known |= level.tags
        elements = ds.elements
        # PS3.3 C.17.3.2.4: a relationship by reference leads to an item that is elsewhere.
        by_reference = (
            ds.parent_sequence == TAG.ContentSequence
            and TAG.ReferencedContentItemIdentifier in elements
        )
        for tag, twins in level.demanded:
            if ds.cut_at is not None and tag > ds.cut_at:
                continue  # nobody knows
            if tag not in elements and not (by_reference and tag != TAG.RelationshipType):
                self._absent(twins, ds, level, where)
        for tag in sorted(level.tags & elements.keys()):
            self.present(level.rules[tag], elements[tag], ds, level, where)
        if level.repeating:
            self._repeated(level, ds, where)

    def _repeated(self, level: LevelRule, ds: DataSet, where: Where) -> None:
        """Attributes of repeating groups: each group that is there is held against all of them."""
        for group in sorted({tag >> 16 for tag in ds.elements if base_tag(tag) in level.repeating}):
            for tag, twins in level.repeating.items():
                own = (group << 16) + (tag & 0xFFFF)
                element = ds.get(own)
                if element is not None:
                    self.present(twins, element, ds, level, where)
                elif tag >> 24 == group >> 8 and any(rule.is_required for rule in twins):
                    self._absent(twins, ds, level, where)

    def _absent(
        self, twins: tuple[AttributeRule, ...], ds: DataSet, level: LevelRule, where: Where
    ) -> None:
        """What a missing attribute means: of alternatives, each that applies has to demand it."""
        place = Place(self.instance, ds, level.tags)
        rule, truth = twins[0], None
        if len(twins) == 1 and rule.value_types is None:
            truth = _demand(rule, place)
        else:
            demands = [(one, _demand(one, place)) for one in twins if _applies(one, ds)]
            if not demands:
                return
            rule, truth = min(demands, key=lambda demand: (False, None, True).index(demand[1]))
        if truth is None:
            text = rule.requirement.text
            said = "whether it is required" if text else "when it is required"
            self._say(
                "missing-undecided",
                "undecided",
                rule,
                where,
                f"{rule.name} is missing; {said} cannot be told from the instance",
                "Add it if its condition holds" if text else "See the Standard",
            )
        elif truth:
            why = "its condition holds" if rule.is_conditional else f"it is of Type {rule.type}"
            fix = "with a value" if str(rule.type).startswith("1") else "empty if it is not known"
            message = f"{rule.name} is missing: {why}"
            self._say("missing", "violation", rule, where, message, f"Add {rule.keyword}, {fix}")

    def present(
        self,
        twins: tuple[AttributeRule, ...],
        element: Element,
        ds: DataSet,
        level: LevelRule,
        where: Where,
    ) -> None:
        """What the presence of an attribute means, and what is in it."""
        applying = twins
        if len(twins) > 1 or twins[0].value_types:
            applying = tuple(rule for rule in twins if _applies(rule, ds))
        if not applying:
            rule = twins[0]
            types = " or ".join(rule.value_types or ())
            self._say(
                "forbidden",
                "violation",
                rule,
                where,
                f"{rule.name} stands in a Content Item of Value Type "
                f"{ds.text(TAG.ValueType) or '(none)'}; it belongs to {types}",
                f"Remove {rule.keyword}, or mend Value Type",
            )
            return
        rule = applying[0]
        if len(applying) == 1:
            self._allowed(rule, ds, level, where)
        else:
            self.notebook.permit(where.path + rule.keyword)
        is_empty = ds.cut_at != element.tag and not ds.has_value(element.tag)
        if rule.needs_value and is_empty and _all_need_a_value(applying):
            what = "has no item" if element.items is not None else "has no value"
            self._say(
                "empty",
                "violation",
                rule,
                where,
                f"{rule.name} {what}: it is of Type {rule.type}",
                f"Give {rule.keyword} a value" + (", or remove it" if rule.is_conditional else ""),
            )
        elif len(applying) == 1 and element.items is not None:
            check_codes(self.notebook, rule, ds, where)
        elif len(applying) == 1 and rule.values.terms:
            check_terms(self.notebook, rule, ds, Place(self.instance, ds, level.tags), where)
        if element.items is not None and rule.vrs == (SEQUENCE,):
            self._items(applying, element, where)

    def _allowed(self, rule: AttributeRule, ds: DataSet, level: LevelRule, where: Where) -> None:
        """Whether an attribute may be present."""
        if not rule.is_conditional:
            self.notebook.permit(where.path + rule.keyword)
            return
        place = Place(self.instance, ds, level.tags)
        forbidden = rule.requirement.forbidden.truth(place)
        if forbidden is False:
            self.notebook.permit(where.path + rule.keyword)
        elif forbidden:
            self._say(
                "forbidden",
                "violation",
                rule,
                where,
                f"{rule.name} is present, and its condition does not hold",
                f"Remove {rule.keyword}, or mend what its condition names",
            )
        elif rule.requirement.text:
            self._say(
                "presence-undecided",
                "undecided",
                rule,
                where,
                f"{rule.name} is present; whether it may be cannot be told from the instance",
                "Keep it if its condition holds",
            )

    def _items(self, rules: tuple[AttributeRule, ...], element: Element, where: Where) -> None:
        items = element.items or []
        rule = rules[0]
        if len(rules) == 1 and rule.values.items:
            self._count(rule, len(items), where)
        # Functional groups are held against the CIOD's own table of them.
        if (
            rule.tag in (TAG.SharedFunctionalGroupsSequence, TAG.PerFrameFunctionalGroupsSequence)
            or where.path.count(".") >= DEEPEST
        ):
            return
        with_items = [one for one in rules if one.has_items or one.tag == TAG.ContentSequence]
        if not with_items:
            return
        for number, item in enumerate(items):
            # Of alternatives that all apply the items follow one of them: the one that fits best.
            fitting = with_items[0]
            if len(with_items) > 1:
                fitting = max(
                    with_items, key=lambda one: len(one.items.tags & item.elements.keys())
                )
            inside = where.inside(fitting.keyword, fitting.tag_id, number)
            self.check(fitting.items, item, inside)

    def _count(self, rule: AttributeRule, count: int, where: Where) -> None:
        """The number of items, where the text gives one."""
        least, most = rule.values.items or (0, None)
        if most is not None and count > most:
            self._say(
                "too-many-items",
                "violation",
                rule,
                where,
                f"{rule.name} has {count} items, {most} at most may be there",
                "Remove the others",
            )
        elif count < least and (count or rule.type not in ("1", "1C", "2", "2C")):
            self._say(
                "too-few-items",
                "violation",
                rule,
                where,
                f"{rule.name} has {count} items, at least {least} shall be there",
                "Add items" + (", or remove the sequence" if rule.type == "3" else ""),
            )

    def _say(
        self, code: str, outcome: str, rule: AttributeRule, where: Where, message: str, fix: str
    ) -> None:
        is_about_condition = rule.is_conditional and code != "empty"
        self.notebook.add(
            Finding(
                code,
                outcome,
                where.path + rule.keyword,
                message,
                fix,
                where.module,
                rule.type,
                where.section,
                f"{where.link}/{rule.tag_id}",
                rule.text_edition if is_about_condition else self.notebook.edition,
                rule.requirement.text if is_about_condition else "",
            )
        )


def _applies(rule: AttributeRule, ds: DataSet) -> bool:
    """Whether an attribute stands in this Content Item at all."""
    return rule.value_types is None or ds.text(TAG.ValueType) in rule.value_types


def _all_need_a_value(rules: tuple[AttributeRule, ...]) -> bool:
    return all(rule.needs_value for rule in rules)


def _demand(rule: AttributeRule, place: Place) -> Truth:
    """Whether an attribute has to be there."""
    if rule.is_conditional:
        return rule.requirement.required.truth(place)
    return rule.type in ("1", "2")
