"""What to do with attributes so that instances identify nobody: PS3.15 Table E.1-1."""

from __future__ import annotations

from dataclasses import dataclass

from octome.standard.model.history import History
from octome.standard.model.page import Link, Page

# The letters of the table. Source: PS3.15 Table E.1-1a.
ACTIONS = {
    "D": "Replace with an invented value",
    "Z": "Empty, or replace with an invented value",
    "X": "Remove",
    "K": "Keep (of a sequence: clean its items)",
    "C": "Clean: replace with a similar value that identifies nobody",
    "U": "Replace with a new UID, the same one wherever the old one stands",
    "Z/D": "Empty; invent a value where the IOD requires one",
    "X/Z": "Remove; empty where the IOD requires the attribute",
    "X/D": "Remove; invent a value where the IOD requires one",
    "X/Z/D": "Remove; where the IOD requires the attribute, empty it or invent a value",
    "X/Z/U*": "Remove; where the IOD requires the sequence, empty it or replace its UIDs",
}


@dataclass(frozen=True, kw_only=True)
class ProtectiveAction:
    """What a profile or an option does: the letters of the table, and what they mean."""

    profile: str
    action: str
    meaning: str


@dataclass(frozen=True, kw_only=True)
class ProtectedTags:
    """A row of the table: an attribute, or all those that a mask stands for.

    `tag` has `x` for any digit, or is the words on which tags the row is about. `path` is the
    attribute's page, None where there is none; then its keyword is empty. `is_retired` is None
    where it is not known.
    """

    tag: str
    display_tag: str
    name: str
    keyword: str
    path: str | None
    is_retired: bool | None
    is_in_composite_iod: bool
    actions: tuple[ProtectiveAction, ...]


@dataclass(frozen=True, kw_only=True)
class Protection:
    """What the table of an edition says of an attribute; `row` is None where it is not in it.

    `history` is that of the row over the editions at hand.
    """

    table_edition: str
    row: ProtectedTags | None
    history: History | None = None


@dataclass(frozen=True, kw_only=True)
class ConfidentialityIndex(Page):
    """Every row of the table.

    `table_edition` is the edition of the table, which may be an older one; empty where no table is
    at hand. `note` is why, then.
    """

    table_edition: str
    note: str
    rows: tuple[ProtectedTags, ...]
    meanings: tuple[tuple[str, str], ...]
    """What the letters in the table mean, in our words."""
    section: Link | None
    standard_url: str
