"""What the Standard asks of an instance of each CIOD, compiled from the library when it is needed.

A rulebook is of one edition. Its rules are shared as the store's levels are: those of the Code
Sequence Macro exist once, however many sequences include it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from octome.conformance.condition.expression import Constant, Truth, Unknown
from octome.conformance.condition.requirement import Requirement, requirement
from octome.conformance.condition.wording import Attributes, tokens_in
from octome.conformance.dictionary import Dictionary, multiplicity
from octome.conformance.sop_class import UNLISTED
from octome.conformance.value_rule import ValueRule, value_rule
from octome.errors import UnknownPath
from octome.standard.functional_group import placement
from octome.standard.library import Library
from octome.standard.model import CiodPage, FunctionalGroupUse, ModuleUse, Text
from octome.standard.pages.reader import StoredLine

CONTENT_SEQUENCE = 0x0040A730
SECTION = re.compile(
    r"/part(?P<part>\d\d)/.*sect_(?P<page>[\w.]+?)\.html"
    r"(?:#(?:sect_(?P<inner>[\w.]+)|table_(?P<table>[\w.-]+)))?$"
)
OVERRIDE = re.compile(
    r"[Tt]ype definition shall override the definition in the (?:<[^>]*>)*\s*(.+?)\s+Module"
)
NEVER = Requirement(Constant(value=False), Constant(value=False), "")


class AttributeRule:
    """An attribute at a place: its type, when it is required, what values it may have.

    `text_edition` is the edition whose words `requirement` and `values` come from.
    """

    __slots__ = (
        "_book", "_items", "_line", "_requirement", "_values", "is_conditional", "is_required",
        "keyword", "name", "needs_value", "repeats", "siblings", "tag", "type", "value_types",
        "vm", "vrs",
    )  # fmt: skip

    def __init__(self, book: Rulebook, line: StoredLine, siblings: frozenset[int]) -> None:
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
        """The tag as octome's paths have it."""
        return self._line.tag

    @property
    def has_items(self) -> bool:
        """Whether the Standard says what the items of this sequence hold."""
        return self._line.items is not None

    @property
    def items(self) -> LevelRule:
        """The rules of a sequence's items."""
        if self._items is None:
            self._items = self._book.level(self._line.items, self)
        return self._items

    @property
    def description(self) -> Text | None:
        """The Standard's words about it."""
        return self._book.text(self._line.text)

    @property
    def overrides(self) -> str:
        """The module whose Type of the attribute does not count beside this one (PS3.3 C.8.6.1)."""
        found = OVERRIDE.search(self.description.html) if self.description else None
        return found[1] if found else ""

    @property
    def text_edition(self) -> str:
        """The edition that the words are of."""
        return self.description.edition if self.description else self._book.edition

    @property
    def requirement(self) -> Requirement:
        """When a conditional attribute is required and when it shall not be present."""
        if self._requirement is None:
            self._requirement = self._book.requirement(self._line.text)
            # Words that were lent by another place say what holds there: here they hold if all
            # that they speak of stands beside this attribute.
            if self._line.place and not self._book.is_about(self._line.text, self.siblings):
                words = Unknown(self._requirement.text)
                self._requirement = Requirement(words, words, words.words)
        return self._requirement

    def codes(self, cid: int) -> frozenset[tuple[str, str]]:
        """The codes of a context group."""
        return self._book.codes(cid)

    @property
    def values(self) -> ValueRule:
        """Which values it may have; nothing is known where another place has lent the words."""
        if self._values is None:
            lent = self._line.place is not None
            self._values = ValueRule() if lent else self.hints
        return self._values

    @property
    def hints(self) -> ValueRule:
        """Which values it may have by its words, be they lent: a suggestion, no rule."""
        return self._book.values(self._line.text, self.name)


class LevelRule:
    """The attributes that stand side by side: in a module, or in the items of a sequence."""

    __slots__ = ("demanded", "repeating", "rules", "tags")

    def __init__(self, rules: list[AttributeRule]) -> None:
        self.rules: dict[int, tuple[AttributeRule, ...]] = {}
        for rule in rules:
            self.rules[rule.tag] = (*self.rules.get(rule.tag, ()), rule)
        self.tags = frozenset(self.rules)
        self.repeating = {
            tag: twins for tag, twins in self.rules.items() if any(rule.repeats for rule in twins)
        }
        self.demanded = tuple(
            (tag, twins)
            for tag, twins in self.rules.items()
            if any(rule.is_required for rule in twins) and tag not in self.repeating
        )

    def __iter__(self) -> Iterator[AttributeRule]:
        return (rule for twins in self.rules.values() for rule in twins)


@dataclass(frozen=True, eq=False)
class ModuleRule:
    """A module in a CIOD."""

    name: str
    usage: str
    path: str
    section: str
    level: LevelRule
    requirement: Requirement
    edition: str
    """Whose words the requirement is of."""


@dataclass(frozen=True, eq=False)
class GroupRule:
    """A functional group macro in a CIOD. `usage` is None where no edition tells it."""

    tag: int
    name: str
    usage: str | None
    placement: str
    path: str
    section: str
    rule: AttributeRule
    requirement: Requirement
    edition: str

    @cached_property
    def level(self) -> LevelRule:
        """The sequence by itself, as it stands among the groups of a frame."""
        return LevelRule([self.rule])


@dataclass(frozen=True, eq=False)
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

    def demands(self, tag: int) -> Truth:
        """Whether every instance has an attribute: None if that is left to its modules in use.

        At the root of a module, or in a functional group, as a frame has it.
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
        """A module, an attribute, and the module whose Type of it is overridden there."""
        return tuple(
            (module, rule.keyword, overrides)
            for tag, modules in self.root_tags.items()
            if len(modules) > 1
            for module in modules
            for rule in module.level.rules[tag]
            if (overrides := rule.overrides)
        )


def _types(level: LevelRule, tag: int) -> set[str | None]:
    """The Types an attribute has at a level, but for Type 3."""
    return {rule.type for rule in level.rules.get(tag, ()) if rule.type != "3"}


class Rulebook:
    """The rules of one edition.

    Parameters
    ----------
    library : Library
        The Standard; it stays open as long as the rulebook is used.
    edition : str, optional
        The current one if left out.

    Raises
    ------
    UnknownEdition
        There is no such edition.
    """

    def __init__(self, library: Library, edition: str | None = None) -> None:
        self.library = library
        self.edition = library.at("/ciods", edition).edition
        self.dictionary = Dictionary(library, self.edition)
        self._attributes = Attributes(self.dictionary.names)
        self._levels: dict[tuple[int | None, int], LevelRule] = {}
        self._texts: dict[int, Text | None] = {}
        self._requirements: dict[int, Requirement] = {}
        self._values: dict[tuple[int | None, str], ValueRule] = {}
        self._ciods: dict[str, CiodRule] = {}
        self._ciod_ids: dict[str, str] = {}
        self._codes: dict[int, frozenset[tuple[str, str]]] = {}

    def ciod(self, id_: str) -> CiodRule:
        """The rules of a CIOD, by its id."""
        if id_ not in self._ciods:
            page = self.library.at(f"/ciods/{id_}", self.edition)
            if not isinstance(page, CiodPage):
                raise UnknownPath(f"{id_!r} names no CIOD", path=f"/ciods/{id_}")
            self._ciods[id_] = CiodRule(
                id_,
                page.title,
                page.kind,
                tuple(self._module(use) for use in page.modules),
                {
                    rule.tag: rule
                    for use in page.functional_groups
                    for rule in self._group(use, page)
                },
            )
        return self._ciods[id_]

    def ciod_of(self, sop_class_uid: str) -> CiodRule | None:
        """The rules for a SOP Class; None where it is none that this edition stores."""
        if sop_class_uid not in self._ciod_ids:
            id_ = self.library.ciod_of(sop_class_uid, self.edition) or self._unlisted(sop_class_uid)
            if id_ is None:
                return None
            self._ciod_ids[sop_class_uid] = id_
        return self.ciod(self._ciod_ids[sop_class_uid])

    def _unlisted(self, sop_class_uid: str) -> str | None:
        """The id of a CIOD that the edition has, and whose SOP Class its source leaves out."""
        id_ = UNLISTED.get(sop_class_uid)
        return id_ if id_ in {ciod.id for ciod in self.library.ciods(self.edition)} else None

    def level(self, number: int | None, holder: AttributeRule | None = None) -> LevelRule:
        """The rules of a level of the store, made once."""
        is_content = holder is not None and holder.tag == CONTENT_SEQUENCE
        key = (number, CONTENT_SEQUENCE if is_content else 0)
        if key not in self._levels:
            lines = self.library.level(number, self.edition) if number is not None else ()
            tags = frozenset(int(line.tag.replace("x", "0"), 16) for line in lines)
            rules = [AttributeRule(self, line, tags) for line in lines]
            if is_content and holder and CONTENT_SEQUENCE not in tags:
                # PS3.3 C.17.3.2: the macro includes itself, which no table can write out.
                rules.append(holder)
            self._levels[key] = LevelRule(rules)
        return self._levels[key]

    def text(self, number: int | None) -> Text | None:
        """A text by its number."""
        if number is None:
            return None
        if number not in self._texts:
            self._texts[number] = self.library.text(number)
        return self._texts[number]

    def requirement(self, number: int | None) -> Requirement:
        """What a text demands; without a text nothing is known."""
        key = -1 if number is None else number
        if key not in self._requirements:
            text = self.text(number)
            self._requirements[key] = requirement(text.html if text else "", self._attributes)
        return self._requirements[key]

    def values(self, number: int | None, name: str) -> ValueRule:
        """What a text says of the values of the attribute with a name."""
        text = self.text(number)
        if text is None:
            return ValueRule()
        key = (number, name)
        if key not in self._values:
            self._values[key] = value_rule(
                text.html, name, self._attributes, lambda at: self._section(at, text.edition)
            )
        return self._values[key]

    def _section(self, number: str, edition: str) -> tuple[str, str] | None:
        """Title and text of a section; None where the edition has none."""
        try:
            page = self.library.at(f"/sections/{number}", edition)
        except UnknownPath:
            return None
        section = getattr(page, "section", None)
        return (section.title, section.text.html) if section else None

    def is_about(self, number: int | None, siblings: frozenset[int]) -> bool:
        """Whether all attributes that a text's condition names are among some."""
        words = self._attributes.tokenized(self.requirement(number).text)
        return all(tag in siblings for tag in tokens_in(words))

    def codes(self, cid: int) -> frozenset[tuple[str, str]]:
        """The codes of a context group, each a coding scheme and a value; none if unknown."""
        if cid not in self._codes:
            try:
                page = self.library.at(f"/context-groups/{cid}", self.edition)
            except UnknownPath:
                self._codes[cid] = frozenset()
            else:
                codes = getattr(page, "codes", ())
                self._codes[cid] = frozenset((code.scheme, code.value) for code in codes)
        return self._codes[cid]

    def _module(self, use: ModuleUse) -> ModuleRule:
        table = self.library.table(f"/modules/{use.id}", self.edition)
        needed, edition = self._condition(use.condition)
        return ModuleRule(
            use.name,
            use.usage[:1],
            use.path,
            section_of(table.url if table else None),
            self.level(table.level if table else None),
            needed,
            edition,
        )

    def _condition(self, text: Text | None) -> tuple[Requirement, str]:
        if text is None:
            return Requirement(Unknown(""), Constant(value=False), ""), self.edition
        return requirement(text.html, self._attributes), text.edition

    def _group(self, use: FunctionalGroupUse, page: CiodPage) -> Iterator[GroupRule]:
        """The rule of one functional group; none where its table is not to be had."""
        lines = self._group_lines(use)
        if not lines:
            return
        needed, edition = self._condition(use.condition)
        path = use.paths[0] if use.paths else (use.macro.path if use.macro else page.path)
        table = self.library.table(use.macro.path, self.edition) if use.macro else None
        path = f"{path}/{use.tag}" if use.macro and path == use.macro.path else path
        rule = AttributeRule(self, lines[0], frozenset())
        usage = use.usage[:1] if use.usage else None
        yield GroupRule(
            rule.tag,
            use.name,
            usage,
            use.placement or placement(use.tag, page.id),
            path,
            section_of(table.url if table else None) or "PS3.3 C.7.6.16",
            rule,
            needed,
            edition,
        )

    def _group_lines(self, use: FunctionalGroupUse) -> list[StoredLine]:
        if use.macro:
            table = self.library.table(use.macro.path, self.edition)
            lines = self.library.level(table.level, self.edition) if table else ()
            return [line for line in lines if line.tag == use.tag]
        for path in use.paths:
            words = path.split("/")
            table = self.library.table(f"/modules/{words[-3]}", self.edition)
            if table is None:
                continue
            for holder in self.library.level(table.level, self.edition):
                if holder.tag == words[-2] and holder.items is not None:
                    inside = self.library.level(holder.items, self.edition)
                    return [line for line in inside if line.tag == use.tag]
        return []


def section_of(url: str | None) -> str:
    """The section at an official address, and the table, as people cite them; empty if none.

    Examples
    --------
    >>> section_of("http://dicom.nema.org/medical/part03/sect_C.7.6.3.html#table_C.7-11a")
    'PS3.3 C.7.6.3, Table C.7-11a'
    >>> section_of("http://dicom.nema.org/medical/part03/sect_C.8.8.html#sect_C.8.8.1")
    'PS3.3 C.8.8.1'
    """
    found = SECTION.search(url or "")
    if not found:
        return ""
    table = f", Table {found['table']}" if found["table"] else ""
    return f"PS3.{int(found['part'])} {found['inner'] or found['page']}{table}"
