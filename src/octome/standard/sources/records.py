"""What a source of the Standard gives to the compiler, as plain values in the source's order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
    """A module or a macro with its attribute table as an outline.

    `name` is None where the source has only the id, which is the name in lower case with hyphens.
    """

    id: str
    name: str | None
    rows: Iterable[Row]
    description: Fragment | None = None
    url: str | None = None


class CiodRecord(NamedTuple):
    """A Composite Information Object Definition, without its modules; `name` as in `Table`."""

    id: str
    name: str | None
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
    """A context group of PS3.16 with its codes.

    `name` is None where the source has only the keyword, which is the name without spaces.
    """

    cid: int
    name: str | None
    keyword: str
    codes: tuple[Code, ...]


@dataclass(frozen=True, kw_only=True)
class EditionRecords:
    """What one source has of one edition of the Standard; empty is what it does not have.

    `source` is where the records come from, in words; `dictionary` the edition that `terms` are
    of, in words; `note` what the source leaves out, in a sentence.
    """

    edition: str
    source: str
    dictionary: str
    note: str = ""
    is_in_standard_order: bool = False
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
    uids: Sequence[Uid] = ()
    context_groups: Sequence[ContextGroupRecord] = ()


def tag_id(tag: str) -> str:
    """A tag as the eight lower-case digits of a path: `(0008,2112)` becomes `00082112`."""
    return tag.strip("()").replace(",", "").lower()
