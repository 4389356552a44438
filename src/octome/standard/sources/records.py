"""What a source of the Standard hands to the compiler, as plain values in the source's order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class Fragment(NamedTuple):
    """A piece of the Standard's text as the source has it: untrusted HTML.

    `targets` are the addresses of the empty links in it, in order.
    """

    html: str
    targets: tuple[str, ...] = ()


class Row(NamedTuple):
    """One line of an attribute table. `depth` counts the `>` signs before the name."""

    depth: int
    tag: str
    type: str | None
    text: Fragment | None = None


class Table(NamedTuple):
    """A module or a macro: its name and its attribute table as an outline."""

    id: str
    name: str
    rows: Iterable[Row]
    description: Fragment | None = None
    url: str | None = None


class CiodRecord(NamedTuple):
    """A Composite Information Object Definition, without its modules."""

    id: str
    name: str
    description: Fragment | None = None
    url: str | None = None


class Use(NamedTuple):
    """A module or functional group macro in a CIOD."""

    ciod: str
    table: str
    usage: str
    information_entity: str | None = None
    condition: str | None = None


class Term(NamedTuple):
    """A line of the data dictionary, PS3.6."""

    tag: str
    keyword: str
    name: str
    vr: str
    vm: str
    is_retired: bool


@dataclass(frozen=True)
class EditionRecords:
    """One edition of the Standard as one source has it."""

    id: str
    title: str
    source: str
    dictionary: str
    note: str
    is_in_standard_order: bool
    ciods: list[CiodRecord]
    module_uses: list[Use]
    modules: list[Table]
    terms: list[Term]
    sop_classes: Mapping[str, str]
    macro_uses: list[Use] = field(default_factory=list)
    macros: list[Table] = field(default_factory=list)
    sections: Mapping[str, str] = field(default_factory=dict)


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


class ContextGroupRecord(NamedTuple):
    """A context group of PS3.16 with its codes."""

    cid: int
    name: str
    codes: tuple[Code, ...]


def tag_id(tag: str) -> str:
    """A tag as the eight lower-case digits of a path: `(0008,2112)` becomes `00082112`."""
    return tag.strip("()").replace(",", "").lower()
