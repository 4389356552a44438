"""CIODs: the list of them, and the page of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from octome.standard.ciod_category import CIOD_CATEGORIES, CiodCategory
from octome.standard.model.history import History
from octome.standard.model.page import Link, Page
from octome.standard.model.text import Text
from octome.standard.model.usage import FunctionalGroupUse, ModuleUse
from octome.standard.model.vocabulary import require_one_of

CiodOrder = Literal["standard", "name", "kind"]
CIOD_ORDERS: tuple[CiodOrder, ...] = get_args(CiodOrder)


def ciod_order(word: str | None) -> CiodOrder:
    """The order that a word of an address names; the Standard's for any other word."""
    match word:
        case "name" | "kind":
            return word
    return "standard"


@dataclass(frozen=True)
class CiodSummary:
    """One line of the list of CIODs."""

    id: str
    name: str
    path: str
    kind: CiodCategory

    def __post_init__(self) -> None:
        require_one_of(CIOD_CATEGORIES, self.kind, "kind")


@dataclass(frozen=True, kw_only=True)
class CiodIndex(Page):
    """The CIODs of an edition, in an order: the Standard's, by name, or by kind."""

    order: CiodOrder
    ciods: tuple[CiodSummary, ...]
    note: str = ""
    """Why the list is empty, where the edition has no CIODs and modules here."""
    text_edition: str | None = None
    """The edition whose text it borrows, if it does."""

    def __post_init__(self) -> None:
        require_one_of(CIOD_ORDERS, self.order, "order")


@dataclass(frozen=True, kw_only=True)
class SopClass:
    """A SOP Class with the CIOD that it stores."""

    uid: str
    name: str
    path: str
    ciod: Link | None
    is_retired: bool = False


@dataclass(frozen=True, kw_only=True)
class CiodPage(Page):
    """A CIOD with its modules and functional groups."""

    id: str
    kind: CiodCategory
    description: Text | None
    modules: tuple[ModuleUse, ...]
    functional_groups: tuple[FunctionalGroupUse, ...]
    sop_classes: tuple[SopClass, ...]
    standard_url: str | None
    part_url: str | None
    """Of the whole of PS3.3, where the section of this CIOD is not known."""
    elsewhere: tuple[tuple[str, Link], ...]
    """The same CIOD in other editions: edition and page."""
    history: History | None
    """Over the editions at hand; None where only one is known."""
