"""What the Standard requires of an attribute in a table, a module, a functional group, a CIOD.

Rules are small and many. Parsing a text is slow: the rulebook does it once, when needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from octome.conformance.rules.code_set import CodeSet
from octome.conformance.rules.condition.expression import Truth, Unknown
from octome.conformance.rules.condition.requirement import Requirement
from octome.conformance.rules.dictionary import multiplicity
from octome.conformance.rules.value_rule import ValueRule
from octome.dicom.data_set import SEQUENCE
from octome.standard.model.text import Text
from octome.standard.pages.stored import StoredLine
from octome.standard.stated import Stated


class Book(Protocol):
    """What a rule needs from its rulebook; texts and levels are identified by numbers."""

    edition: str

    def level(self, number: int | None, parent: AttributeRule | None = None) -> LevelRule:
        """The rules of a level."""

    def text(self, number: int | None) -> Text | None:
        """A text."""

    def stated(self, number: int | None) -> Stated | None:
        """What a text states about values; None without a text."""

    def requirement(self, number: int | None) -> Requirement:
        """What a text requires."""

    def values(self, number: int | None, name: str) -> ValueRule:
        """What a text requires of the values of the named attribute."""

    def is_about(self, number: int | None, siblings: frozenset[int]) -> bool:
        """Whether all attributes that a text's condition names are among the siblings."""

    def code_statements(self, number: int | None) -> tuple[Stated, ...]:
        """What a level's inclusions of the Code Sequence Macro state of its codes."""

    def codes(self, cid: int) -> CodeSet:
        """The codes of a context group."""


class AttributeRule:
    """An attribute in a table: its type, when it is required, what values it may have.

    `text_edition` is the edition whose text `requirement` and `values` are read from.
    """

    __slots__ = (
        "_book", "_items", "_line", "_requirement", "_values", "is_conditional", "is_required",
        "keyword", "name", "needs_value", "repeats", "siblings", "tag", "type", "value_types",
        "vm", "vrs",
    )  # fmt: skip

    def __init__(self, book: Book, line: StoredLine, siblings: frozenset[int]) -> None:
        self._book = book
        self._line = line
        self._items: LevelRule | None = None
        self._requirement: Requirement | None = None
        self._values: ValueRule | None = None
        self.siblings = siblings
        self.repeats = "x" in line.tag
        self.tag = int(line.tag.replace("x", "0"), 16)
        self.keyword = line.keyword or line.tag
        self.name = line.name
        self.vrs = tuple(line.vr.split(" or "))
        self.vm = multiplicity(line.vm)
        self.type = line.type
        self.value_types = re.findall(r"[A-Z0-9]+", line.value_types) if line.value_types else None
        self.is_required = line.type is not None and line.type != "3"
        self.is_conditional = line.type in ("1C", "2C")
        self.needs_value = line.type in ("1", "1C")

    @property
    def tag_id(self) -> str:
        """The tag as in octome's paths."""
        return self._line.tag

    @property
    def has_items(self) -> bool:
        """Whether the Standard lists the attributes of this sequence's items."""
        return self._line.items is not None

    @property
    def items(self) -> LevelRule:
        """The rules of a sequence's items."""
        if self._items is None:
            self._items = self._book.level(self._line.items, self)
        return self._items

    @property
    def description(self) -> Text | None:
        """The text of the Standard about it."""
        return self._book.text(self._line.text)

    @property
    def overrides(self) -> str:
        """The module whose Type of the attribute this one overrides (PS3.3 C.8.6.1)."""
        stated = self._book.stated(self._line.text)
        return stated.overridden_module if stated else ""

    @property
    def text_edition(self) -> str:
        """The edition of its text."""
        stated = self._book.stated(self._line.text)
        return stated.edition if stated else self._book.edition

    @property
    def requirement(self) -> Requirement:
        """When a conditional attribute is required and when it shall not be present."""
        if self._requirement is None:
            self._requirement = self._book.requirement(self._line.text)
            # A text borrowed from another table gives the condition of that table. It applies
            # here if all attributes that it names are siblings of this one.
            if self._line.place and not self._book.is_about(self._line.text, self.siblings):
                words = Unknown(self._requirement.text)
                self._requirement = Requirement(words, words, words.words)
        return self._requirement

    def codes(self, cid: int) -> CodeSet:
        """The codes of a context group."""
        return self._book.codes(cid)

    @property
    def code_statements(self) -> tuple[Stated, ...]:
        """What is stated of the codes in its items: by its own text, or where the macro is."""
        own = self._book.stated(self._line.text) if self._line.place is None else None
        of_items = self._book.code_statements(self._line.items)
        return (own, *of_items) if own else of_items

    @property
    def values(self) -> ValueRule:
        """Which values it may have; empty if the text is borrowed."""
        if self._values is None:
            is_borrowed = self._line.place is not None
            self._values = ValueRule() if is_borrowed else self.hints
        return self._values

    @property
    def hints(self) -> ValueRule:
        """Which values it may have by its text, even a borrowed one: a suggestion, not a rule."""
        return self._book.values(self._line.text, self.name)


class LevelRule:
    """The attributes of one level: the root of a module, or the items of a sequence.

    An attribute with several alternatives, one for each macro, has several rules.
    """

    __slots__ = (
        "_keywords", "_known", "_lenient", "_valued", "demanded", "repeating", "rules", "tags",
    )  # fmt: skip

    def __init__(self, rules: list[AttributeRule]) -> None:
        self.rules: dict[int, tuple[AttributeRule, ...]] = {}
        self._keywords: dict[str, int] = {}
        self._known: set[int] = set()
        self._lenient: set[int] = set()
        self._valued: set[int] = set()
        for rule in rules:
            self.rules[rule.tag] = (*self.rules.get(rule.tag, ()), rule)
        self.tags = frozenset(self.rules)
        self.repeating = {
            tag: alternatives
            for tag, alternatives in self.rules.items()
            if any(rule.repeats for rule in alternatives)
        }
        self.demanded = tuple(
            (tag, alternatives)
            for tag, alternatives in self.rules.items()
            if any(rule.is_required for rule in alternatives) and tag not in self.repeating
        )

    def lenient(self, tags: Set[int]) -> tuple[Set[int], Set[int]]:
        """Those of some attributes that may always be present, with any value of their VR.

        Returns
        -------
        lenient, valued : set of int
            All of them, and those of them that need a value.
        """
        for tag in tags - self._known:
            self._known.add(tag)
            rule, *others = self.rules[tag]
            is_strict = rule.value_types or rule.is_conditional or SEQUENCE in rule.vrs
            if not (others or is_strict or rule.values.terms):
                self._lenient.add(tag)
                if rule.needs_value:
                    self._valued.add(tag)
        return tags & self._lenient, tags & self._valued

    def tag_of(self, keyword: str) -> int | None:
        """The attribute with a keyword; None if the level does not have it."""
        if not self._keywords:
            self._keywords = {of_tag[0].keyword: tag for tag, of_tag in self.rules.items()}
        return self._keywords.get(keyword)

    def __iter__(self) -> Iterator[AttributeRule]:
        return (rule for alternatives in self.rules.values() for rule in alternatives)


@dataclass(frozen=True, eq=False, kw_only=True)
class ModuleRule:
    """A module in a CIOD."""

    name: str
    usage: str
    path: str
    section: str
    level: LevelRule
    requirement: Requirement
    edition: str
    """The edition of the requirement's text."""


@dataclass(frozen=True, eq=False, kw_only=True)
class GroupRule:
    """A functional group macro in a CIOD. `usage` is None where no edition gives it."""

    tag: int
    name: str
    usage: str | None
    placement: str
    path: str
    section: str
    rule: AttributeRule
    requirement: Requirement
    edition: str
    """The edition of the usage and of the requirement's text."""

    @cached_property
    def level(self) -> LevelRule:
        """The sequence alone, as one of the groups of a frame."""
        return LevelRule([self.rule])


@dataclass(frozen=True, eq=False, kw_only=True)
class CiodRule:
    """A CIOD: its modules and its functional groups."""

    id: str
    title: str
    kind: str
    modules: tuple[ModuleRule, ...]
    groups: dict[int, GroupRule]

    @cached_property
    def root_tags(self) -> dict[int, list[ModuleRule]]:
        """The modules that each attribute at the root belongs to."""
        found: dict[int, list[ModuleRule]] = {}
        for module in self.modules:
            for tag in module.level.tags:
                found.setdefault(tag, []).append(module)
        return found

    @cached_property
    def own_tags(self) -> dict[str, frozenset[int]]:
        """The attributes at the root that only one module has, by the module's path."""
        return {
            module.path: frozenset(
                tag for tag in module.level.tags if len(self.root_tags[tag]) == 1
            )
            for module in self.modules
        }

    def demands(self, tag: int) -> Truth:
        """Whether every instance has an attribute, at the root or in a functional group of a frame.

        None if that depends on which modules are used.
        """
        usages = {
            module.usage if kind == "1" else None
            for module in self.root_tags.get(tag, ())
            for kind in _types(module.level, tag)
        }
        usages |= {
            group.usage if kind == "1" else None
            for group in self.groups.values()
            for kind in _types(group.rule.items, tag)
        }
        return True if "M" in usages else None if usages else False

    @cached_property
    def overridden(self) -> tuple[tuple[ModuleRule, str, str], ...]:
        """A module, an attribute of it, and the module whose Type of it is overridden."""
        return tuple(
            (module, rule.keyword, overrides)
            for tag, modules in self.root_tags.items()
            if len(modules) > 1
            for module in modules
            for rule in module.level.rules[tag]
            if (overrides := rule.overrides)
        )


def _types(level: LevelRule, tag: int) -> set[str | None]:
    """The Types of an attribute at a level, except Type 3."""
    return {rule.type for rule in level.rules.get(tag, ()) if rule.type != "3"}
