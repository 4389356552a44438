"""What the library answers: pages of the Standard as frozen values.

Every page has the `path` it is found at, the `edition` it is of and a `title`. A path begins with
a slash and holds no edition. Faces (terminal, web, JSON) render these values and add nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from octome.standard.block import Block, paragraphs
from octome.standard.block_html import html_of

# PS3.5 7.4.
TYPES = {
    "1": "Required",
    "1C": "Conditionally required",
    "2": "Required, empty if unknown",
    "2C": "Conditionally required, empty if unknown",
    "3": "Optional",
}
# PS3.3 A.1.3.
USAGES = {"M": "Mandatory", "C": "Conditional", "U": "User option"}
# PS3.5 Table 6.2-1.
VALUE_REPRESENTATIONS = {
    "AE": "Application Entity",
    "AS": "Age String",
    "AT": "Attribute Tag",
    "CS": "Code String",
    "DA": "Date",
    "DS": "Decimal String",
    "DT": "Date Time",
    "FD": "Floating Point Double",
    "FL": "Floating Point Single",
    "IS": "Integer String",
    "LO": "Long String",
    "LT": "Long Text",
    "OB": "Other Byte",
    "OD": "Other Double",
    "OF": "Other Float",
    "OL": "Other Long",
    "OV": "Other 64-bit Very Long",
    "OW": "Other Word",
    "PN": "Person Name",
    "SH": "Short String",
    "SL": "Signed Long",
    "SQ": "Sequence",
    "SS": "Signed Short",
    "ST": "Short Text",
    "SV": "Signed 64-bit Very Long",
    "TM": "Time",
    "UC": "Unlimited Characters",
    "UI": "Unique Identifier",
    "UL": "Unsigned Long",
    "UN": "Unknown",
    "UR": "Universal Resource Identifier",
    "US": "Unsigned Short",
    "UT": "Unlimited Text",
    "UV": "Unsigned 64-bit Very Long",
}


def display_tag(tag: str) -> str:
    """A tag as the Standard prints it.

    Examples
    --------
    >>> display_tag("0040a170"), display_tag("60xx3000")
    ('(0040,A170)', '(60xx,3000)')
    """
    return f"({tag[:4]},{tag[4:]})".upper().replace("X", "x")


def spelled_vr(vr: str) -> str:
    """A value representation in words, as in `Sequence (SQ)`; several with `or` between."""
    words = [VALUE_REPRESENTATIONS.get(word, word) for word in vr.split(" or ")]
    return f"{' or '.join(words)} ({vr})" if vr in VALUE_REPRESENTATIONS or " or " in vr else vr


def spelled_type(type_: str | None) -> str:
    """A type in words: `Required (1)`."""
    if type_ is None:
        return "Stated by the service that uses it"
    return f"{TYPES[type_]} ({type_})" if type_ in TYPES else type_


@dataclass(frozen=True, slots=True)
class Link:
    """A page's path and title."""

    path: str
    title: str


@dataclass(frozen=True, slots=True)
class Child:
    """A page one step below another, as a tree shows it.

    `mark` is a module's usage or an attribute's type, `group` what siblings are gathered under.
    """

    path: str
    title: str
    mark: str = ""
    tag: str = ""
    vr: str = ""
    detail: str = ""
    group: str = ""
    has_items: bool = False


@dataclass(frozen=True)
class Text:
    """A piece of the Standard's text.

    `edition` is the one whose text it is. `place` is set where the text stands elsewhere in that
    edition: nothing was said at this very place.
    """

    blocks: tuple[Block, ...]
    edition: str
    place: Link | None = None

    @cached_property
    def html(self) -> str:
        """The text as HTML that is safe to show; see `block_html`."""
        return html_of(self.blocks)

    @property
    def paragraphs(self) -> list[str]:
        """The words of each paragraph, without notes and lists of terms."""
        return paragraphs(self.blocks)


@dataclass(frozen=True)
class EditionFacts:
    """An edition in the store, where it comes from and how much it holds."""

    id: str
    title: str
    source: str
    dictionary: str
    note: str
    has_text: bool
    is_current: bool
    ciods: int
    modules: int
    attributes: int


@dataclass(frozen=True)
class EditionIndex:
    """The editions in the store, the current one first, and the pairs that can be compared."""

    path: str
    edition: str
    title: str
    editions: tuple[EditionFacts, ...]
    comparisons: tuple[Link, ...]


@dataclass(frozen=True)
class CiodSummary:
    """One line of the list of CIODs."""

    id: str
    name: str
    path: str
    kind: str


@dataclass(frozen=True)
class CiodIndex:
    """The CIODs of an edition, in the order asked for: `standard`, `name` or `kind`."""

    path: str
    edition: str
    title: str
    order: str
    ciods: tuple[CiodSummary, ...]


@dataclass(frozen=True)
class ModuleUse:
    """A module in a CIOD. `path` is the module's page within the CIOD."""

    id: str
    name: str
    path: str
    usage: str
    information_entity: str
    condition: Text | None = None


@dataclass(frozen=True)
class FunctionalGroupUse:
    """A functional group macro in a multi-frame CIOD.

    `usage` is None where no edition says it for this CIOD; `usage_edition` is set where it is
    another edition's. `placement` is `shared`, `per frame` or `shared or per frame`.
    """

    tag: str
    name: str
    usage: str | None
    usage_edition: str | None
    placement: str
    condition: Text | None
    macro: Link | None
    paths: tuple[str, ...]


@dataclass(frozen=True)
class SopClass:
    """A SOP Class with the CIOD that it stores."""

    uid: str
    name: str
    path: str
    ciod: Link | None
    is_retired: bool = False


@dataclass(frozen=True)
class CiodPage:
    """A CIOD with its modules and functional groups."""

    path: str
    edition: str
    title: str
    id: str
    kind: str
    description: Text | None
    modules: tuple[ModuleUse, ...]
    functional_groups: tuple[FunctionalGroupUse, ...]
    sop_classes: tuple[SopClass, ...]
    standard_url: str | None
    elsewhere: tuple[tuple[str, Link], ...]
    """The same CIOD in other editions: edition and page."""


@dataclass(frozen=True, slots=True)
class AttributeUse:
    """An attribute in a module, a macro or the items of a sequence.

    `type` is None where the table gives none (normalized services state it). `value_types` is set
    in a Content Item: the attribute stands there only if Value Type is one of them, and `type`
    holds only then.
    """

    tag: str
    keyword: str
    name: str
    vr: str
    vm: str
    type: str | None
    path: str
    has_items: bool
    value_types: str | None = None

    @property
    def display_tag(self) -> str:
        """The tag as the Standard prints it."""
        return display_tag(self.tag)

    @property
    def spelled_type(self) -> str:
        """The type in words, with the choice that it depends on."""
        spelled = spelled_type(self.type)
        return f"{spelled}, if Value Type is {self.value_types}" if self.value_types else spelled


@dataclass(frozen=True)
class CiodUse:
    """A CIOD that uses a module or macro. `path` is the module's page within it."""

    ciod: Link
    path: str
    usage: str | None


@dataclass(frozen=True)
class TablePage:
    """A module or a macro with the attributes at its root, alone or within a CIOD.

    `order` is `standard`; `partly` where the source has lost the Standard's order and an older
    edition lends it for the attributes that it has; `tag` where none does.
    """

    path: str
    edition: str
    title: str
    id: str
    what: str
    ciod: Link | None
    usage: str | None
    information_entity: str | None
    condition: Text | None
    description: Text | None
    order: str
    note: str
    """What this edition's source leaves out."""
    attributes: tuple[AttributeUse, ...]
    used_by: tuple[CiodUse, ...]
    standard_url: str | None
    in_editions: tuple[str, ...]


@dataclass(frozen=True)
class SectionText:
    """A section, whole."""

    number: str
    title: str
    path: str
    text: Text
    standard_url: str


@dataclass(frozen=True)
class Alternative:
    """One of several attributes with the same tag at the same place, one for each macro."""

    attribute: AttributeUse
    description: Text | None


@dataclass(frozen=True)
class AttributePage:
    """An attribute at its place: what it is, what it means, and the sections that it refers to."""

    path: str
    edition: str
    title: str
    attribute: AttributeUse
    crumbs: tuple[Link, ...]
    description: Text | None
    alternatives: tuple[Alternative, ...]
    items: tuple[AttributeUse, ...]
    sections: tuple[SectionText, ...]
    context_groups: tuple[Link, ...]
    functional_group: FunctionalGroupUse | None
    """How the CIOD uses the functional group that this sequence is, if it is one."""
    standard_url: str | None


@dataclass(frozen=True)
class Occurrence:
    """Where a module or macro uses an attribute with one type."""

    type: str | None
    places: int
    path: str


@dataclass(frozen=True)
class AttributeUser:
    """A module or macro that uses an attribute, and the CIODs that this one is in."""

    table: Link
    what: str
    occurrences: tuple[Occurrence, ...]
    ciods: tuple[CiodUse, ...]


@dataclass(frozen=True)
class AttributeEntry:
    """An attribute in the data dictionary, and everywhere that it is used."""

    path: str
    edition: str
    title: str
    tag: str
    keyword: str
    vr: str
    vm: str
    is_retired: bool
    dictionary: str
    description: Text | None
    """What the module that is in the most CIODs says."""
    described_by: Link | None
    used_by: tuple[AttributeUser, ...]
    ciods: int

    @property
    def display_tag(self) -> str:
        """The tag as the Standard prints it."""
        return display_tag(self.tag)


@dataclass(frozen=True)
class Term:
    """One line of the data dictionary."""

    tag: str
    keyword: str
    name: str
    vr: str
    vm: str
    is_retired: bool
    path: str

    @property
    def display_tag(self) -> str:
        """The tag as the Standard prints it."""
        return display_tag(self.tag)


@dataclass(frozen=True)
class AttributeIndex:
    """The groups of the data dictionary, and the attributes of one group."""

    path: str
    edition: str
    title: str
    dictionary: str
    groups: tuple[tuple[str, int], ...]
    group: str
    terms: tuple[Term, ...]


@dataclass(frozen=True)
class TableSummary:
    """One line of the list of modules or macros."""

    id: str
    name: str
    path: str
    ciods: int
    only_ciod: Link | None


@dataclass(frozen=True)
class TableIndex:
    """The modules, or the macros, of an edition."""

    path: str
    edition: str
    title: str
    what: str
    tables: tuple[TableSummary, ...]


@dataclass(frozen=True)
class Citation:
    """What refers to a section or a context group: a table or a section, and the nearest place."""

    source: Link
    what: str
    places: int
    path: str


@dataclass(frozen=True)
class SectionPage:
    """A section with what cites it, and its neighbours."""

    path: str
    edition: str
    title: str
    section: SectionText
    cited_by: tuple[Citation, ...]
    around: tuple[Link, ...]


@dataclass(frozen=True)
class SectionIndex:
    """The sections that have text."""

    path: str
    edition: str
    title: str
    sections: tuple[Link, ...]


@dataclass(frozen=True)
class UidEntry:
    """One line of the registry of UIDs."""

    uid: str
    name: str
    type: str
    info: str
    keyword: str
    is_retired: bool
    path: str
    ciod: Link | None


@dataclass(frozen=True)
class UidIndex:
    """UIDs: all, or the SOP classes, or the transfer syntaxes."""

    path: str
    edition: str
    title: str
    uids: tuple[UidEntry, ...]


@dataclass(frozen=True)
class UidPage:
    """A UID, with the CIOD that it stores in this edition if it is a SOP Class."""

    path: str
    edition: str
    title: str
    entry: UidEntry


@dataclass(frozen=True)
class Code:
    """A coded concept."""

    scheme: str
    value: str
    meaning: str


@dataclass(frozen=True)
class ContextGroupSummary:
    """One line of the list of context groups."""

    cid: int
    name: str
    path: str
    codes: int


@dataclass(frozen=True)
class ContextGroupIndex:
    """The context groups of PS3.16."""

    path: str
    edition: str
    title: str
    groups: tuple[ContextGroupSummary, ...]


@dataclass(frozen=True)
class ContextGroupPage:
    """A context group with its codes, and the attributes whose text names it."""

    path: str
    edition: str
    title: str
    cid: int
    codes: tuple[Code, ...]
    dictionary: str
    cited_by: tuple[Citation, ...]
    standard_url: str


@dataclass(frozen=True)
class Hit:
    """Something found: what it is, and where. `editions` is empty where every edition has it."""

    kind: str
    title: str
    detail: str
    path: str
    editions: tuple[str, ...]


@dataclass(frozen=True)
class SearchPage:
    """What a search found, the likeliest first. `corrected` is the query that found it, if near."""

    path: str
    edition: str
    title: str
    query: str
    corrected: str | None
    hits: tuple[Hit, ...]


@dataclass(frozen=True)
class Change:
    """One difference between two editions.

    `what` is `added`, `removed` or `changed`; `before` and `after` are the values that differ.
    """

    what: str
    title: str
    path: str
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True)
class EditionDiff:
    """What changed from one edition to another: in all, or in one CIOD or module."""

    path: str
    edition: str
    title: str
    older: str
    newer: str
    subject: Link | None
    note: str
    """What the newer edition's source leaves out."""
    ciods: tuple[Change, ...] = field(default=())
    modules: tuple[Change, ...] = field(default=())
    attributes: tuple[Change, ...] = field(default=())


Page = (
    EditionIndex
    | EditionDiff
    | CiodIndex
    | CiodPage
    | TableIndex
    | TablePage
    | AttributePage
    | AttributeIndex
    | AttributeEntry
    | SectionIndex
    | SectionPage
    | UidIndex
    | UidPage
    | ContextGroupIndex
    | ContextGroupPage
    | SearchPage
)
