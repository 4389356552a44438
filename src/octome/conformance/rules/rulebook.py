"""What one edition requires of an instance of each CIOD, read from the library when needed.

Rules are shared as the levels of the store are: those of the Code Sequence Macro exist once,
however many sequences include it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from octome.conformance.rules.code_set import CodeSet
from octome.conformance.rules.condition.expression import Constant, Unknown
from octome.conformance.rules.condition.requirement import Requirement, requirement
from octome.conformance.rules.condition.wording import Attributes, tokens_in
from octome.conformance.rules.dictionary import Dictionary
from octome.conformance.rules.rule import AttributeRule, CiodRule, GroupRule, LevelRule, ModuleRule
from octome.conformance.rules.sop_class import UNLISTED
from octome.conformance.rules.value_rule import ValueRule, value_rule
from octome.dicom.tag import TAG
from octome.errors import UnknownEdition, UnknownPath
from octome.standard.functional_group import placement
from octome.standard.library import Library
from octome.standard.own_section import own_section
from octome.standard.pages.stored import StoredTable

if TYPE_CHECKING:
    from octome.standard.model.text import Text
    from octome.standard.model.usage import FunctionalGroupUse, ModuleUse
    from octome.standard.pages.stored import StoredLine
    from octome.standard.stated import Stated

LAST_META_GROUP = 0x0006  # command, file meta and directory elements have groups up to it
SECTION = re.compile(
    r"/part(?P<part>\d\d)/.*sect_(?P<page>[\w.]+?)\.html"
    r"(?:#(?:sect_(?P<inner>[\w.]+)|table_(?P<table>[\w.-]+)))?$"
)


class Rulebook:
    """The rules of one edition.

    Parameters
    ----------
    library : Library
        The Standard; it must stay open while the rulebook is used.
    edition : str, optional
        The current one if None.

    Raises
    ------
    UnknownEdition
        The library does not have the edition.
    """

    def __init__(self, library: Library, edition: str | None = None) -> None:
        self.library = library
        self.edition = library.edition(edition)
        self.dictionary = Dictionary(library, self.edition)
        if not any(tag >> 16 > LAST_META_GROUP for tag in self.dictionary.names):
            raise UnknownEdition(
                f"edition {self.edition} has no data dictionary to check against: its part 6 was "
                "not fetched",
                edition=self.edition,
            )
        self._attributes = Attributes(self.dictionary.names)
        self._levels: dict[tuple[int | None, int], LevelRule] = {}
        self._texts: dict[int, Text | None] = {}
        self._stated: dict[int, Stated] = {}
        self._requirements: dict[int, Requirement] = {}
        self._values: dict[tuple[int | None, str], ValueRule] = {}
        self._ciods: dict[str, CiodRule] = {}
        self._ciod_ids: dict[str, str] = {}
        self._codes: dict[int, CodeSet] = {}
        self._meanings: dict[str, dict[str, str]] = {}
        self._are_shared: dict[int, bool] = {}
        self._code_statements: dict[int, tuple[Stated, ...]] = {}

    def ciod(self, id_: str) -> CiodRule:
        """The rules of a CIOD, by its id."""
        if id_ not in self._ciods:
            stored = self.library.stored_ciod(id_, self.edition)
            self._ciods[id_] = CiodRule(
                id=id_,
                title=stored.title,
                kind=stored.kind,
                modules=tuple(self._module(use) for use in stored.modules),
                groups={
                    rule.tag: rule
                    for use in stored.functional_groups
                    for rule in self._group(use, id_)
                },
            )
        return self._ciods[id_]

    def ciod_of(self, sop_class_uid: str) -> CiodRule | None:
        """The rules for a SOP Class; None if the edition has no CIOD for it."""
        if sop_class_uid not in self._ciod_ids:
            id_ = self.library.ciod_of(sop_class_uid, self.edition) or self._unlisted(sop_class_uid)
            if id_ is None:
                return None
            self._ciod_ids[sop_class_uid] = id_
        return self.ciod(self._ciod_ids[sop_class_uid])

    def _unlisted(self, sop_class_uid: str) -> str | None:
        """The CIOD of a SOP Class that the edition's source leaves out; None if there is none."""
        id_ = UNLISTED.get(sop_class_uid)
        return id_ if id_ in {ciod.id for ciod in self.library.ciods(self.edition)} else None

    def level(self, number: int | None, parent: AttributeRule | None = None) -> LevelRule:
        """The rules of a level of the store, built once."""
        is_content = parent is not None and parent.tag == TAG.ContentSequence
        key = (number, TAG.ContentSequence if is_content else 0)
        if key not in self._levels:
            lines = self.library.level(number, self.edition) if number is not None else ()
            tags = frozenset(int(line.tag.replace("x", "0"), 16) for line in lines)
            rules = [AttributeRule(self, line, tags) for line in lines]
            if is_content and parent and TAG.ContentSequence not in tags:
                # PS3.3 C.17.3.2: the macro includes itself; a table cannot write that out.
                rules.append(parent)
            self._levels[key] = LevelRule(rules)
        return self._levels[key]

    def text(self, number: int | None) -> Text | None:
        """A text by its number."""
        if number is None:
            return None
        if number not in self._texts:
            self._texts[number] = self.library.text(number, self.edition)
        return self._texts[number]

    def requirement(self, number: int | None) -> Requirement:
        """What a text requires of presence; unknown without a text."""
        key = -1 if number is None else number
        if key not in self._requirements:
            text = self.text(number)
            paragraphs = text.paragraphs if text else []
            self._requirements[key] = requirement(paragraphs, self._attributes)
        return self._requirements[key]

    def values(self, number: int | None, name: str) -> ValueRule:
        """What a text requires of the values of the named attribute."""
        stated = self.stated(number)
        if stated is None:
            return ValueRule()
        key = (number, name)
        if key not in self._values:
            lists = stated.value_lists
            for section in stated.sections:
                found = self.library.stored_section(section, stated.edition)
                if found and found.title.casefold() == name.casefold():
                    lists = self.library.stated(found.text, self.edition).value_lists
            self._values[key] = value_rule(stated, lists, self._attributes)
        return self._values[key]

    def stated(self, number: int | None) -> Stated | None:
        """What a text states about values; None without a text."""
        if number is None:
            return None
        if number not in self._stated:
            self._stated[number] = self.library.stated(number, self.edition)
        return self._stated[number]

    def is_about(self, number: int | None, siblings: frozenset[int]) -> bool:
        """Whether all attributes that a text's condition names are among the siblings."""
        words = self._attributes.tokenized(self.requirement(number).text)
        return all(tag in siblings for tag in tokens_in(words))

    def code_statements(self, number: int | None) -> tuple[Stated, ...]:
        """What a level's inclusions of the Code Sequence Macro state of its codes."""
        if number is None:
            return ()
        if number not in self._code_statements:
            self._code_statements[number] = self.library.code_statements(number, self.edition)
        return self._code_statements[number]

    def is_in_several_modules(self, tag: int) -> bool:
        """Whether more than one module of the edition has an attribute, at any depth."""
        if tag not in self._are_shared:
            self._are_shared[tag] = self.library.uses(f"{tag:08x}", self.edition) > 1
        return self._are_shared[tag]

    def meanings(self, value: str) -> dict[str, str]:
        """Every meaning that the Standard gives a code of scheme DCM, by itself in lower case."""
        if value not in self._meanings:
            found = self.library.code_meanings("DCM", value, self.edition)
            # Where spellings differ in capitals only, the one with capitals stays.
            self._meanings[value] = {
                " ".join(one.casefold().split()): one for one in sorted(found, reverse=True)
            }
        return self._meanings[value]

    def codes(self, cid: int) -> CodeSet:
        """The codes of a context group; none if it is not known."""
        if cid not in self._codes:
            try:
                page = self.library.context_group(cid, self.edition)
            except UnknownPath:
                self._codes[cid] = CodeSet()
            else:
                self._codes[cid] = CodeSet(
                    codes=frozenset((code.scheme, code.value) for code in page.codes),
                    is_extensible=page.is_extensible,
                    is_complete=page.is_complete,
                    is_own=page.dictionary == self.edition,
                )
        return self._codes[cid]

    def _module(self, use: ModuleUse) -> ModuleRule:
        table = self.library.table(f"/modules/{use.id}", self.edition)
        needed, edition = self._condition(use.condition)
        return ModuleRule(
            name=use.name,
            usage=use.usage[:1],
            path=use.path,
            section=section_of(table),
            level=self.level(table.level if table else None),
            requirement=needed,
            edition=edition,
        )

    def _condition(self, text: Text | None) -> tuple[Requirement, str]:
        if text is None:
            return Requirement(Unknown(""), Constant(value=False), ""), self.edition
        return requirement(text.paragraphs, self._attributes), text.edition

    def _group(self, use: FunctionalGroupUse, ciod: str) -> Iterator[GroupRule]:
        """The rule of a functional group; none if no table has it."""
        lines = self._group_lines(use)
        if not lines:
            return
        needed, edition = self._condition(use.condition)
        path = use.paths[0] if use.paths else (use.macro.path if use.macro else f"/ciods/{ciod}")
        table = self.library.table(use.macro.path, self.edition) if use.macro else None
        path = f"{path}/{use.tag}" if use.macro and path == use.macro.path else path
        rule = AttributeRule(self, lines[0], frozenset())
        usage = use.usage[:1] if use.usage else None
        yield GroupRule(
            tag=rule.tag,
            name=use.name,
            usage=usage,
            placement=use.placement or placement(use.tag, ciod),
            path=path,
            section=section_of(table) or "PS3.3 C.7.6.16",
            rule=rule,
            requirement=needed,
            edition=use.usage_edition or edition,
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
            for parent in self.library.level(table.level, self.edition):
                if parent.tag == words[-2] and parent.items is not None:
                    inside = self.library.level(parent.items, self.edition)
                    return [line for line in inside if line.tag == use.tag]
        return []


def section_of(table: StoredTable | None) -> str:
    """The section and number of a module's or a macro's table, as a citation; empty if not known.

    Examples
    --------
    >>> page = "http://dicom.nema.org/medical/part03/sect_C.7.html"
    >>> section_of(StoredTable("/modules/patient", "", "", 0, None, f"{page}#table_C.7-1"))
    'PS3.3 C.7.1.1, Table C.7-1'
    >>> section_of(StoredTable("/modules/patient", "", "", 0, None, None))
    'PS3.3 C.7.1.1'
    """
    if table is None:
        return ""
    own = own_section(table.path, table.url)
    found = SECTION.search(table.url or "")
    if not found:
        return f"PS3.3 {own}" if own else ""
    number = f", Table {found['table']}" if found["table"] else ""
    return f"PS3.{int(found['part'])} {own or found['inner'] or found['page']}{number}"
