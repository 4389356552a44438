"""UIDs: SOP classes, transfer syntaxes and all others of the registry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from octome.standard.model.page import Link, Page

UidList = Literal["uids", "sop-classes", "transfer-syntaxes"]
"""All of the registry, or what is of one type; as in paths."""


@dataclass(frozen=True, kw_only=True)
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


@dataclass(frozen=True, kw_only=True)
class UidIndex(Page):
    """UIDs: all, or the SOP classes, or the transfer syntaxes."""

    uids: tuple[UidEntry, ...]


@dataclass(frozen=True, kw_only=True)
class UidPage(Page):
    """A UID, with the CIOD that it stores in this edition if it is a SOP Class."""

    entry: UidEntry
