"""Attributes in a module or macro, and the page of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from octome.standard.model.confidentiality import Protection
from octome.standard.model.history import History
from octome.standard.model.page import Link, Page
from octome.standard.model.section import SectionText
from octome.standard.model.text import Text
from octome.standard.model.usage import FunctionalGroupUse, MacroInclusion
from octome.standard.model.vocabulary import require_one_of
from octome.standard.names import CODE_MACRO

AttributeType = Literal["1", "1C", "2", "2C", "3"]
# PS3.5 7.4.
TYPES: dict[AttributeType, str] = {
    "1": "Required",
    "1C": "Conditionally required",
    "2": "Required, empty if unknown",
    "2C": "Conditionally required, empty if unknown",
    "3": "Optional",
}


def display_tag(tag: str) -> str:
    """A tag as the Standard prints it.

    Examples
    --------
    >>> display_tag("0040a170"), display_tag("60xx3000")
    ('(0040,A170)', '(60xx,3000)')
    """
    return f"({tag[:4]},{tag[4:]})".upper().replace("X", "x")


def spelled_type(type_: AttributeType | None) -> str:
    """A type in words: `Required (1)`."""
    if type_ is None:
        return "Stated by the service that uses it"
    return f"{TYPES[type_]} ({type_})"


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributeUse:
    """An attribute in a module, a macro or the items of a sequence.

    `type` is None where the table gives none (normalized services state it). `value_types` is set
    in a Content Item: the attribute belongs there only if Value Type is one of them, and `type`
    holds only then.
    """

    tag: str
    keyword: str
    name: str
    vr: str
    vm: str
    type: AttributeType | None
    path: str
    has_items: bool
    value_types: str | None = None

    def __post_init__(self) -> None:
        if self.type is not None:
            require_one_of(TYPES, self.type, "type")

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
class Alternative:
    """One of several attributes with the same tag at the same place, one for each macro."""

    attribute: AttributeUse
    description: Text | None


# PS3.3 8.8-1: attributes that only codes have.
CODED = frozenset({"00080102", "00080104"})  # Coding Scheme Designator, Code Meaning
GroupBinding = Literal["baseline", "defined", "none", "mentioned"]
# PS3.3 5.6.
GROUP_BINDINGS: dict[GroupBinding, str] = {
    "baseline": "Baseline: a suggestion, other codes may be used",
    "defined": "Defined: its codes are used where one fits",
    "none": "No context group is defined",
    "mentioned": "Named in the text",
}


@dataclass(frozen=True, kw_only=True)
class BoundGroup:
    """The context group of a code sequence; or, with `binding` "none", that it has none.

    `name` and `path` are empty where the group is absent. `edition` is that of the text which
    names it.
    """

    cid: int | None
    name: str
    path: str
    binding: GroupBinding
    is_extensible: bool | None
    edition: str

    def __post_init__(self) -> None:
        require_one_of(GROUP_BINDINGS, self.binding, "binding")

    @property
    def title(self) -> str:
        """Its number and name; empty where there is none."""
        return f"CID {self.cid} {self.name}".strip() if self.cid is not None else ""


@dataclass(frozen=True, kw_only=True)
class AttributePage(Page):
    """An attribute at its place: what it is, what it means, and the sections that it refers to."""

    attribute: AttributeUse
    crumbs: tuple[Link, ...]
    keywords: tuple[str, ...]
    """Those of the sequences that it is in, from the root of the table down, and its own."""
    description: Text | None
    why_no_description: str
    """A sentence; empty where there is a description."""
    is_condition_known: bool
    """False for a conditional attribute if no text at hand states its condition."""
    alternatives: tuple[Alternative, ...]
    items: tuple[AttributeUse, ...]
    includes: tuple[MacroInclusion, ...]
    """The macros that its items include."""
    repeats: Link | None
    """The module, macro or sequence whose attributes its items hold again, to any depth."""
    sections: tuple[SectionText, ...]
    context_groups: tuple[BoundGroup, ...]
    protection: Protection | None
    """What confidentiality profiles do to it; None where no table of them is at hand."""
    history: History | None
    """Over the editions at hand; None where only one is known."""
    functional_group: FunctionalGroupUse | None
    """How the CIOD uses the functional group that this sequence is, if it is one."""
    standard_url: str | None

    @property
    def lacks_context_group(self) -> bool:
        """Whether its items are codes and the source has lost the row that names their group."""
        is_coded = {item.tag for item in self.items} >= CODED
        has_row = any(each.macro.path == CODE_MACRO for each in self.includes)
        return is_coded and not has_row and not self.context_groups
