"""What changed between two whole editions, and the list of one kind of thing."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from octome.standard.model.edition_diff import CHANGE_KINDS, HEADINGS, Change, DiffKind, KindChanges
from octome.standard.pages.comparison.ciods import ciod_changes
from octome.standard.pages.comparison.context_groups import (
    group_changes,
    groups_not_comparable,
    groups_of,
)
from octome.standard.pages.comparison.protected import (
    protected_changes,
    protected_not_comparable,
)
from octome.standard.pages.comparison.side import (
    COMMANDS,
    LINES,
    MACROS,
    TABLES,
    Side,
    Sides,
    none_here,
)
from octome.standard.pages.comparison.tables import table_changes
from octome.standard.pages.comparison.templates import template_changes, templates_not_comparable
from octome.standard.pages.comparison.terms import term_changes, terms_not_comparable
from octome.standard.pages.comparison.uids import (
    registry_is_borrowed,
    registry_of,
    uid_changes,
    uids_not_comparable,
)


class Listed(NamedTuple):
    """A kind of thing that whole editions are compared by.

    `path` is that of its list; `not_comparable` gives why two editions cannot be compared by it,
    `of` the edition that an edition's register is of, in words.
    """

    kind: DiffKind
    path: str
    changes: Callable[[Sides], tuple[Change, ...]]
    not_comparable: Callable[[Sides], str]
    of: Callable[[Side], str] = lambda side: side.edition


def _lacking(query: str) -> Callable[[Sides], str]:
    def why(sides: Sides) -> str:
        lacking = sides.lacking(query)
        return none_here(lacking) if lacking else ""

    return why


def _dictionary(side: Side) -> str:
    return side.reader.dictionaries[side.edition]


def _terms_not_comparable(sides: Sides) -> str:
    """Why there is nothing to compare: command elements may be comparable alone."""
    return terms_not_comparable(sides) if sides.lacking(COMMANDS) else ""


LISTED = (
    Listed("ciods", "/ciods", ciod_changes, _lacking(TABLES)),
    Listed("modules", "/modules", lambda s: table_changes(s, "modules"), _lacking(TABLES)),
    Listed("macros", "/macros", lambda s: table_changes(s, "macros"), _lacking(MACROS)),
    Listed("terms", "/attributes", term_changes, _terms_not_comparable, _dictionary),
    Listed("uids", "/uids", uid_changes, uids_not_comparable, registry_of),
    Listed("context_groups", "/context-groups", group_changes, groups_not_comparable, groups_of),
    Listed("templates", "/templates", template_changes, templates_not_comparable),
    Listed("protected", "/confidentiality", protected_changes, protected_not_comparable),
)


def kind_changes(sides: Sides, listed: Listed) -> tuple[KindChanges, tuple[Change, ...]]:
    """How much differs of one kind of thing, and what."""
    why = listed.not_comparable(sides)
    found = () if why else tuple(sorted(listed.changes(sides), key=_by_what))
    kinds = [change.what for change in found]
    older, newer = map(listed.of, sides)
    counted = KindChanges(
        kind=listed.kind,
        title=_title(sides, listed),
        path=f"/editions/{sides.before.edition}..{sides.after.edition}{listed.path}",
        older=older,
        newer=newer,
        not_compared=why,
        added=kinds.count("added"),
        removed=kinds.count("removed"),
        renamed=kinds.count("renamed"),
        changed=kinds.count("changed"),
    )
    return counted, found


def _title(sides: Sides, listed: Listed) -> str:
    """The name of what is compared: of a dictionary it may be the command elements alone."""
    if listed.kind == "terms" and not sides.lacking(COMMANDS) and terms_not_comparable(sides):
        return "Command elements"
    return HEADINGS[listed.kind]


def _by_what(change: Change) -> int:
    return CHANGE_KINDS.index(change.what)


def partial_notes(sides: Sides, listed: Listed) -> list[str]:
    """What of a list cannot be compared although the rest of it can."""
    notes = []
    if listed.kind == "modules" and not sides.lacking(TABLES) and (without := sides.lacking(LINES)):
        notes.append(f"The attributes of modules: {none_here(without)}")
    if listed.kind == "terms" and not sides.lacking(COMMANDS):
        why = terms_not_comparable(sides)
        notes += [f"Data dictionary (PS3.6): {why}"] if why else []
    if listed.kind == "uids" and not uids_not_comparable(sides):
        notes += [
            f"UIDs that {side.edition} lacks here are left out: it has those of {of}."
            for side in sides
            if registry_is_borrowed(side) and (of := registry_of(side))
        ]
    return notes
