"""The data dictionary: the list of attributes, and an attribute with everything that uses it."""

from __future__ import annotations

from dataclasses import dataclass

from octome.standard.model.attribute import AttributeType, display_tag
from octome.standard.model.confidentiality import Protection
from octome.standard.model.history import History
from octome.standard.model.page import Link, Page
from octome.standard.model.table import TABLE_KINDS, TableKind
from octome.standard.model.text import Text
from octome.standard.model.usage import CiodUse
from octome.standard.model.value_representation import ValueRepresentation
from octome.standard.model.vocabulary import require_one_of


@dataclass(frozen=True)
class Occurrence:
    """Where a module or macro uses an attribute with one type."""

    type: AttributeType | None
    places: int
    path: str


@dataclass(frozen=True)
class AttributeUser:
    """A module or macro that uses an attribute, and its CIODs."""

    table: Link
    what: TableKind
    occurrences: tuple[Occurrence, ...]
    ciods: tuple[CiodUse, ...]

    def __post_init__(self) -> None:
        require_one_of(TABLE_KINDS, self.what, "what")


@dataclass(frozen=True, kw_only=True)
class AttributeEntry(Page):
    """An attribute in the data dictionary, and everywhere that it is used."""

    tag: str
    keyword: str
    vr: str
    vm: str
    is_retired: bool
    dictionary: str
    description: Text | None
    """From the first of those that use it that has one."""
    why_no_description: str
    """A sentence; empty where there is a description, or nothing is known to use it."""
    described_by: Link | None
    protection: Protection | None
    """What confidentiality profiles do to it; None where no table of them is at hand."""
    history: History | None
    """Over the editions at hand; None where only one is known."""
    used_by: tuple[AttributeUser, ...]
    ciods: int
    is_use_known: bool
    """False where the edition's source has no attributes of any module."""
    why_unused: str
    """Why no module has it, or its use may be missing here; empty where one has it, or unknown."""

    @property
    def display_tag(self) -> str:
        """The tag as the Standard prints it."""
        return display_tag(self.tag)


@dataclass(frozen=True, kw_only=True)
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


@dataclass(frozen=True, kw_only=True)
class AttributeIndex(Page):
    """The groups of the data dictionary, and the attributes of one group.

    Or, where `vr` is set, all attributes with that value representation; or, where `words` are,
    all that have them in their name, keyword or tag. `group` is empty then.
    """

    dictionary: str
    groups: tuple[tuple[str, int], ...]
    group: str
    vr: ValueRepresentation | None = None
    words: str = ""
    terms: tuple[Term, ...]
