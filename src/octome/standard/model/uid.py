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
    """UIDs: all, or the SOP classes, or the transfer syntaxes.

    `registry` is the edition that the registry is of, as text; it may be an older one.
    """

    registry: str
    uids: tuple[UidEntry, ...]


@dataclass(frozen=True, kw_only=True)
class UidPage(Page):
    """A UID, with the CIOD that it stores in this edition if it is a SOP Class.

    `registry` is as in `UidIndex`; empty for a SOP Class newer than the registry.
    `meaning` is what UIDs of its type stand for, in our words; empty for a type not known here.
    `named_in` are the sections of PS3.4 and PS3.5 that name it, where the edition has them.
    """

    registry: str
    entry: UidEntry
    meaning: str
    named_in: tuple[Link, ...]
