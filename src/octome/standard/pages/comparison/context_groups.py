"""What changed in context groups: which there are, and the codes of one."""

from __future__ import annotations

from typing import NamedTuple

from octome.standard.counted import counted
from octome.standard.model.context_group import ContextGroupPage
from octome.standard.model.edition_diff import Change
from octome.standard.model.page import Link
from octome.standard.names import code_path
from octome.standard.pages.comparison.changes import Entry, changes, property_changes
from octome.standard.pages.comparison.found import Found
from octome.standard.pages.comparison.side import Side, Sides, not_comparable, sentence
from octome.standard.pages.context_group import context_group_page, group_path
from octome.standard.same_words import folded


class Listing(NamedTuple):
    """A context group: its codes with scheme, value and meaning, and the groups it includes."""

    name: str
    version: str
    codes: list[tuple[str, ...]]
    included: list[int]


OWN = (
    "SELECT cid, scheme, value, meaning FROM code WHERE ?1 IS NULL OR cid = ?1 "
    "ORDER BY cid, position"
)
INCLUDED = (
    "SELECT i.cid, i.included, g.name FROM included_group i "
    "LEFT JOIN context_group g ON g.cid = i.included "
    "WHERE ?1 IS NULL OR i.cid = ?1 ORDER BY i.cid, i.position"
)


def groups_not_comparable(sides: Sides) -> str:
    """Why the context groups do not show what changed; empty where they do.

    A source without their order has neither their names nor what they include, nor maybe all.
    """
    for side in sides:
        if groups_of(side) and not side.reader.meta("context groups in order"):
            what = f"{side.edition} has those of {groups_of(side)} here, incomplete"
            return f"not compared, {what}."
    of = groups_of(sides.before), groups_of(sides.after)
    return not_comparable(sides, of)


def groups_of(side: Side) -> str:
    """The edition of the context groups that an edition has here, in words."""
    return side.reader.meta("context groups")


def group_changes(sides: Sides) -> tuple[Change, ...]:
    """Context groups that came, went, have another name, or other codes."""
    if groups_not_comparable(sides):
        return ()
    were, are = _listings(sides.before), _listings(sides.after)
    differing = {
        cid
        for cid in were.keys() & are.keys()
        if were[cid] != are[cid] and _stated(were[cid]) != _stated(are[cid])
    }

    def entries(listings: dict[int, Listing]) -> dict[str, Entry]:
        return {
            str(cid): Entry(
                one.name,
                group_path(cid),
                f"{counted(len(one.codes) + len(one.included), 'line')}"
                f"{f', version {one.version}' if one.version else ''}",
                number=f"CID {cid}",
            )
            for cid, one in listings.items()
        }

    after = {
        cid: entry._replace(state=int(cid) in differing or None)
        for cid, entry in entries(are).items()
    }
    return changes(sides, entries(were), after)


def _listings(side: Side) -> dict[int, Listing]:
    found = {
        cid: Listing(name, version, [], [])
        for cid, name, version in side.reader.rows(
            "SELECT cid, name, version FROM context_group ORDER BY cid"
        )
    }
    for cid, *code in side.reader.rows(OWN, None):
        found[cid].codes.append(tuple(code))
    for cid, included, _ in side.reader.rows(INCLUDED, None):
        found[cid].included.append(included)
    return found


def _stated(one: Listing) -> tuple[object, ...]:
    """What a group states, whatever the order and the spelling."""
    codes = {(scheme, value, folded(meaning)) for scheme, value, meaning in one.codes}
    return one.version, codes, set(one.included)


def of_group(sides: Sides, cid: str) -> Found | None:
    """One context group, code by code; None where neither edition has it."""
    pages = [context_group_page(side.reader, side.edition, cid) for side in sides]
    was, now = pages
    named = now or was
    if named is None:
        return None
    subject = Link(named.path, f"CID {named.cid} {named.title}")
    if why := groups_not_comparable(sides):
        return Found(subject, (sentence(why),), {})
    notes = tuple(
        f"{side.edition} does not have it."
        for side, page in zip(sides, pages, strict=True)
        if page is None
    )
    before, after = (
        _lines(side, named.cid) if page else {} for side, page in zip(sides, pages, strict=True)
    )
    found: dict[str, tuple[object, ...]] = {"codes": changes(sides, before, after)}
    if was and now:
        found["properties"] = property_changes(
            sides,
            now.path,
            {
                "Name": (was.title, now.title),
                "Version": (was.version or None, now.version or None),
                "UID": (was.uid or None, now.uid or None),
                "Extensible": (_extensible(was), _extensible(now)),
            },
        )
    return Found(subject, notes, found)


def _extensible(page: ContextGroupPage) -> str | None:
    return None if page.is_extensible is None else "yes" if page.is_extensible else "no"


def _lines(side: Side, cid: int) -> dict[str, Entry]:
    """The lines of a context group: its codes and the groups it includes."""
    found = {}
    for _, scheme, value, meaning in side.reader.rows(OWN, cid):
        entry = Entry(f"{value} {scheme}", code_path(scheme, value), meaning, folded(meaning))
        found[f"{scheme} {value}"] = entry
    for _, included, name in side.reader.rows(INCLUDED, cid):
        entry = Entry(f"all codes of CID {included}", group_path(included), name or "")
        found[f"CID {included}"] = entry
    return found
