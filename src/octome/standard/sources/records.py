"""Records from a source of the Standard for the compiler: plain values in source order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from octome.standard.block import Block


class Fragment(NamedTuple):
    """A piece of the Standard's text as HTML, untrusted.

    `targets` are the addresses of the empty links in it, in order.
    """

    html: str
    targets: tuple[str, ...] = ()


class Passage(NamedTuple):
    """A piece of the Standard's text that its source has read into blocks already.

    The target of a link is an address on the web, or a part and an anchor in it:
    `PS3.3#sect_C.7.6.1`. That of a picture is its file in the part's folder:
    `PS3.5#figures/PS3.5_7.1-1.svg`.
    """

    blocks: tuple[Block, ...]


SourceText = Fragment | Passage


class Row(NamedTuple):
    """One line of an attribute table. `depth` counts the `>` signs before the name.

    `name` is the one in the table, for a tag that no dictionary has.
    """

    depth: int
    tag: str
    type: str | None
    text: SourceText | None = None
    name: str = ""


class Include(NamedTuple):
    """A line of an attribute table that includes a macro, by its id; `text` is what it adds.

    The macro's rows are not written out after it: the compiler does that.
    """

    depth: int
    macro: str
    text: SourceText | None = None


class Table(NamedTuple):
    """A module or a macro with its attribute table as an outline.

    `name` is None where the source has only the id, which is the name in lower case with hyphens.
    """

    id: str
    name: str | None
    rows: Iterable[Row | Include]
    description: SourceText | None = None
    url: str | None = None


class CiodRecord(NamedTuple):
    """A Composite Information Object Definition, without its modules; `name` as in `Table`."""

    id: str
    name: str | None
    description: SourceText | None = None
    url: str | None = None


class Use(NamedTuple):
    """A module or functional group macro in a CIOD."""

    ciod: str
    table: str
    usage: str
    information_entity: str | None = None
    condition: str | Passage | None = None


class Term(NamedTuple):
    """A line of the data dictionary, PS3.6.

    `note` is what its last column says beyond RET: `DICOS`, `DICONDE`, `(2007)`, `See Note 2`.
    """

    tag: str
    keyword: str
    name: str
    vr: str
    vm: str
    is_retired: bool
    note: str = ""


NO_NAME = "(no name in PS3.6)"  # two retired SOP Classes lost theirs


class Uid(NamedTuple):
    """A line of the registry of UIDs, PS3.6 Annex A."""

    uid: str
    name: str
    type: str
    info: str
    keyword: str
    is_retired: bool


class Code(NamedTuple):
    """A coded concept in a context group."""

    scheme: str
    value: str
    meaning: str


class IncludedGroup(NamedTuple):
    """A context group whose codes another one includes at this position."""

    cid: int


@dataclass(frozen=True, kw_only=True)
class ContextGroupRecord:
    """A context group of PS3.16 with its codes and the groups that it includes, in order.

    `name` is None where the source has only the keyword, which is the name without spaces.
    `is_extensible` is None where the source does not state it. `version` is eight digits.
    """

    cid: int
    name: str | None
    keyword: str
    entries: tuple[Code | IncludedGroup, ...]
    uid: str = ""
    version: str = ""
    is_extensible: bool | None = None
    text: SourceText | None = None
    """Other text of its section."""
    url: str | None = None


class TemplateParameter(NamedTuple):
    """A parameter that a template is given by those that include it, with its sign: `$Units`."""

    name: str
    usage: Passage | None = None


@dataclass(frozen=True, kw_only=True)
class TemplateRow:
    """A row of a template of PS3.16, as in section 6.1.

    `number` is `3` or `1b`, or nothing; `depth` counts the `>` signs. `relationship` has its `R-`
    where it is by reference. `included` is the template that the row includes, `10003B`, or
    nothing. What the paragraphs of `concept` and `value_set` state, `template_line` reads.
    """

    number: str
    depth: int
    relationship: str
    value_type: str
    concept: Passage | None
    vm: str
    requirement: str
    condition: Passage | None
    value_set: Passage | None
    included: str = ""


@dataclass(frozen=True, kw_only=True)
class TemplateRecord:
    """A template of PS3.16. What its source does not state is None.

    `text` is what stands above its rows, `notes` what stands below: often about single rows.
    """

    tid: str
    name: str
    rows: tuple[TemplateRow, ...]
    parameters: tuple[TemplateParameter, ...] = ()
    is_extensible: bool | None = None
    is_order_significant: bool | None = None
    is_root: bool | None = None
    text: Passage | None = None
    notes: Passage | None = None
    url: str | None = None


class CodeDefinition(NamedTuple):
    """A row of the table of codes in PS3.16 Annex D."""

    scheme: str
    value: str
    meaning: str
    definition: SourceText | None = None
    notes: SourceText | None = None
    url: str = ""


class ProtectedAttribute(NamedTuple):
    """A row of PS3.15 Table E.1-1.

    `tag` is eight digits, with `x` for any digit, or the words of a row that is about no one tag.
    `actions` is what each profile and option does, by its name in the head of the table with
    shortened words written out: `Retain UIDs Option`. Those that do nothing are left out.
    `is_retired` is None where the source does not state it.
    """

    tag: str
    name: str
    is_retired: bool | None
    is_in_composite_iod: bool
    actions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class SectionRecord:
    """A section, an annex or a chapter of one part, without the sections in it.

    `part` is its number, 1 to 22; `anchor` its id, `sect_C.7.6.1`; `label` what is printed before
    the title, `C.7.6.1`, or nothing; `depth` is 0 for a chapter. Sections are in the order of the
    part, each before those in it.
    """

    part: int
    anchor: str
    label: str
    title: str
    depth: int
    text: Passage
    url: str
    anchors: tuple[str, ...] = ()
    """The ids of all link targets inside: tables, figures, notes, entries."""


class Problem(NamedTuple):
    """Something in a source that was not understood: in which part and near which anchor."""

    part: int
    anchor: str
    words: str

    def __str__(self) -> str:
        place = f"PS3.{self.part} {self.anchor}".strip() if self.part else ""
        return f"{place}: {self.words}" if place else self.words


@dataclass(frozen=True, kw_only=True)
class EditionRecords:
    """The content of one edition from one source; missing content is empty.

    `source` is where the records come from, in words; `dictionary` the edition that `terms` are
    of, in words; `note` what the source leaves out, in a sentence.
    """

    edition: str
    source: str
    dictionary: str
    note: str = ""
    is_in_standard_order: bool = False
    is_partial: bool = False
    """Whether the source leaves out some of what it lists, so that what it lacks may be there."""
    not_covered: Sequence[str] = ()
    """The paths of what is in the edition and not in its source."""
    ciods: Sequence[CiodRecord] = ()
    module_uses: Sequence[Use] = ()
    macro_uses: Sequence[Use] = ()
    modules: Sequence[Table] = ()
    macros: Sequence[Table] = ()
    terms: Sequence[Term] = ()
    sop_classes: Mapping[str, str] = field(default_factory=dict)
    """The CIOD of each SOP Class, by UID."""
    sections: Mapping[str, str] = field(default_factory=dict)
    """The HTML of each section, by its official address."""
    section_records: Sequence[SectionRecord] = ()
    """The sections of all parts, in order, from a source that has read them into blocks."""
    uids: Sequence[Uid] = ()
    context_groups: Sequence[ContextGroupRecord] = ()
    templates: Sequence[TemplateRecord] = ()

    code_definitions: Sequence[CodeDefinition] = ()
    protected_attributes: Sequence[ProtectedAttribute] = ()
    problems: Sequence[Problem] = ()
    pictures: frozenset[str] = frozenset()
    """The available ones, by their name in passages: `PS3.5#figures/PS3.5_7.1-1.svg`."""


def tag_id(tag: str) -> str:
    """A tag as the eight lower-case digits of a path: `(0008,2112)` becomes `00082112`."""
    return tag.strip("()").replace(",", "").lower()
