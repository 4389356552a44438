"""Modules and macros: the tables of attributes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from octome.standard.model.attribute import AttributeUse
from octome.standard.model.history import History
from octome.standard.model.page import Link, Page
from octome.standard.model.text import Text
from octome.standard.model.usage import USAGES, CiodUse, MacroInclusion, Usage
from octome.standard.model.vocabulary import require_one_of

TableKind = Literal["module", "macro"]
TABLE_KINDS: tuple[TableKind, ...] = get_args(TableKind)
AttributeOrder = Literal["standard", "partly", "tag"]
ATTRIBUTE_ORDERS: tuple[AttributeOrder, ...] = get_args(AttributeOrder)


@dataclass(frozen=True, kw_only=True)
class TablePage(Page):
    """A module or a macro with the attributes at its root, alone or within a CIOD.

    `order` is `standard`; `partly` if the source lacks the Standard's order and an older edition
    has it for some of the attributes; `tag` if no edition has it.
    """

    id: str
    what: TableKind
    ciod: Link | None
    usage: Usage | None
    information_entity: str | None
    condition: Text | None
    description: Text | None
    order: AttributeOrder
    note: str
    """What this edition's source leaves out."""
    attributes: tuple[AttributeUse, ...]
    includes: tuple[MacroInclusion, ...]
    used_by: tuple[CiodUse, ...]
    standard_url: str | None
    in_editions: tuple[str, ...]
    history: History | None
    """Over the editions at hand; None where only one is known."""

    def __post_init__(self) -> None:
        require_one_of(TABLE_KINDS, self.what, "what")
        require_one_of(ATTRIBUTE_ORDERS, self.order, "order")
        if self.usage is not None:
            require_one_of(USAGES, self.usage, "usage")


@dataclass(frozen=True, kw_only=True)
class TableSummary:
    """One line of the list of modules or macros."""

    id: str
    name: str
    path: str
    ciods: int
    only_ciod: Link | None


@dataclass(frozen=True, kw_only=True)
class TableIndex(Page):
    """The modules, or the macros, of an edition."""

    what: TableKind
    tables: tuple[TableSummary, ...]
    note: str = ""
    """Why the list is empty, if it is."""
    listed_in: str | None = None
    """Another edition that has a list, where this one has none."""

    def __post_init__(self) -> None:
        require_one_of(TABLE_KINDS, self.what, "what")
