"""What changed in the confidentiality profiles of PS3.15 Table E.1-1."""

from __future__ import annotations

import json

from octome.standard.model.attribute import display_tag
from octome.standard.model.confidentiality import Protection
from octome.standard.model.edition_diff import Change
from octome.standard.pages.comparison.changes import Entry, changes, differing
from octome.standard.pages.comparison.side import PROTECTED, Side, Sides, none_here
from octome.standard.pages.reader import is_tag

QUERY = "SELECT tag, name, actions FROM protected_attribute WHERE edition = ? ORDER BY position"


def protected_not_comparable(sides: Sides) -> str:
    """Why the tables do not show what changed; empty where they do."""
    lacking = sides.lacking(PROTECTED)
    return none_here(lacking) if lacking else ""


def protected_changes(sides: Sides) -> tuple[Change, ...]:
    """Attributes that came into the table, left it, or are treated otherwise."""
    if protected_not_comparable(sides):
        return ()
    were, are = map(_rows, sides)
    before: dict[str, Entry] = {}
    after: dict[str, Entry] = {}
    for tag in sorted(were.keys() | are.keys()):
        was, now = were.get(tag), are.get(tag)
        names = list(dict.fromkeys((*(was or ("", {}))[1], *(now or ("", {}))[1])))
        olds, news = ([_action(row, name) for name in names] for row in (was, now))
        if was and now:
            values = differing(olds, news)
        else:
            values = ", ".join(filter(None, olds)), ", ".join(filter(None, news))
        for entries, row, value in ((before, was, values[0]), (after, now, values[1])):
            if row:
                is_one = is_tag(tag)
                number = display_tag(tag) if is_one else tag
                # A row for several attributes has no page.
                path = f"/attributes/{tag}" if is_one and "x" not in tag else "/confidentiality"
                entries[tag] = Entry(row[0], path, value, value.casefold(), number)
    return changes(sides, before, after)


def actions_of(protection: Protection | None) -> dict[str, str]:
    """What each profile or option does to an attribute."""
    row = protection.row if protection else None
    return {action.profile: action.action for action in row.actions} if row else {}


def _rows(side: Side) -> dict[str, tuple[str, dict[str, str]]]:
    """The name of each attribute, and the action of each profile or option, by tag."""
    return {
        tag: (name, json.loads(actions))
        for tag, name, actions in side.reader.rows(QUERY, side.edition)
    }


def _action(row: tuple[str, dict[str, str]] | None, profile: str) -> str:
    letters = row[1].get(profile) if row else None
    return f"{profile} {letters}" if letters else ""
