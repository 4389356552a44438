"""What changed in the registry of UIDs: SOP Classes, Transfer Syntaxes and others."""

from __future__ import annotations

from octome.standard.model.edition_diff import Change
from octome.standard.model.page import Link
from octome.standard.model.uid import UidEntry
from octome.standard.pages.comparison.changes import Entry, changes, property_changes
from octome.standard.pages.comparison.found import Found
from octome.standard.pages.comparison.side import TABLES, Side, Sides, not_comparable, sentence
from octome.standard.pages.uid import uid_page


def uids_not_comparable(sides: Sides) -> str:
    """Why the registries do not show what changed; empty where they do."""
    return not_comparable(sides, (registry_of(sides.before), registry_of(sides.after)))


def registry_of(side: Side) -> str:
    """The edition of the registry that an edition has here, in words."""
    return side.reader.meta("uids")


def registry_is_borrowed(side: Side) -> bool:
    """Whether the registry that an edition has here is that of another edition."""
    return registry_of(side).partition(" ")[0] != side.edition


def uid_changes(sides: Sides) -> tuple[Change, ...]:
    """UIDs that came, went, have another name, or were retired."""
    if uids_not_comparable(sides):
        return ()
    were, are = map(_uids, sides)
    # What a registry of another edition lacks has neither come nor gone.
    if registry_is_borrowed(sides.before):
        are = {uid: entry for uid, entry in are.items() if uid in were}
    if registry_is_borrowed(sides.after):
        were = {uid: entry for uid, entry in were.items() if uid in are}
    return changes(sides, were, are)


def of_uid(sides: Sides, uid: str) -> Found | None:
    """One UID: its properties; None where neither edition has it."""
    was, now = (uid_page(*side, uid) for side in sides)
    # A page outside the registry may have only the number as its name.
    named = next((page for page in (now, was) if page and page.registry), now or was)
    if named is None:
        return None
    subject = Link(named.path, f"{named.title} ({named.entry.uid})")
    if why := uids_not_comparable(sides):
        return Found(subject, (sentence(why),), {})
    notes = tuple(
        f"Not in the registry of {registry_of(side)}, the one that {side.edition} has here."
        if registry_is_borrowed(side)
        else f"{side.edition} does not have it."
        for side, page in zip(sides, (was, now), strict=True)
        if page is None or (not page.registry and registry_is_borrowed(side))
    )
    if not was or not now:
        return Found(subject, notes, {})
    old, new = was.entry, now.entry
    properties: dict[str, tuple[str | None, str | None]] = {}
    # Of a SOP Class newer than the registry only its CIOD is known.
    if was.registry and now.registry:
        properties = {
            "Name": (old.name, new.name),
            "Type": (old.type, new.type),
            "Keyword": (old.keyword or None, new.keyword or None),
            "Retired": ("yes" if old.is_retired else "no", "yes" if new.is_retired else "no"),
        }
    if not sides.lacking(TABLES):
        properties["CIOD"] = (_ciod(old), _ciod(new))
    found = property_changes(sides, now.path, properties)
    return Found(subject, notes, {"properties": found} if properties else {})


def _ciod(entry: UidEntry) -> str:
    """The CIOD that a SOP Class stores, in words."""
    return entry.ciod.title if entry.ciod else "none"


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
