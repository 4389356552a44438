"""What changed in the registry of UIDs: SOP Classes, Transfer Syntaxes and others."""

from __future__ import annotations

from octome.standard.model.edition_diff import Change
from octome.standard.pages.comparison.changes import Entry, changes
from octome.standard.pages.comparison.side import Side, Sides, not_comparable


def uids_not_comparable(sides: Sides) -> str:
    """Why the registries do not show what changed; empty where they do."""
    return not_comparable(sides, (registry_of(sides.before), registry_of(sides.after)))


def registry_of(side: Side) -> str:
    """The edition of the registry that an edition has here, in words."""
    return side.reader.meta("uids")


def uid_changes(sides: Sides) -> tuple[Change, ...]:
    """UIDs that came, went, have another name, or were retired."""
    if uids_not_comparable(sides):
        return ()
    return changes(sides, *map(_uids, sides))


def _uids(side: Side) -> dict[str, Entry]:
    return {
        uid: Entry(
            name or uid,
            f"/uids/{uid}",
            f"{type_}, retired" if retired else type_,
            (type_.casefold(), retired),
        )
        for uid, name, type_, retired in side.reader.rows(
            "SELECT uid, name, type, is_retired FROM uid ORDER BY type, position"
        )
    }
