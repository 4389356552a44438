"""What changed in the data dictionary: which attributes there are, and one of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from octome.standard.model.attribute import display_tag
from octome.standard.model.edition_diff import Change
from octome.standard.model.page import Link
from octome.standard.pages.comparison.changes import Entry, changes, differing, property_changes
from octome.standard.pages.comparison.found import Found
from octome.standard.pages.comparison.protected import actions_of, protected_not_comparable
from octome.standard.pages.comparison.side import (
    COMMANDS,
    TERMS,
    Side,
    Sides,
    none_here,
    not_comparable,
    sentence,
)
from octome.standard.pages.comparison.text import own_passages
from octome.standard.pages.dictionary import attribute_entry
from octome.standard.same_words import folded

NO_VR = re.compile(r"(none|see note( \d+)?)?", re.IGNORECASE)
QUERY = (
    "SELECT tag, name, keyword, vr, vm, is_retired FROM term WHERE edition = ? AND vr <> '' "
    "AND (tag GLOB '0000*') = ? ORDER BY tag"
)


def terms_not_comparable(sides: Sides) -> str:
    """Why the dictionaries do not show what changed; empty where they do."""
    older, newer = (
        side.reader.dictionaries[side.edition] if side.has(TERMS) else "" for side in sides
    )
    return not_comparable(sides, (older, newer))


def term_changes(sides: Sides) -> tuple[Change, ...]:
    """Attributes that came, went, or have another name, keyword, VR, VM or status."""
    were: dict[str, tuple[str, ...]] = {}
    are: dict[str, tuple[str, ...]] = {}
    # Command elements are in PS3.7, all others in PS3.6: either may be missing.
    if not terms_not_comparable(sides):
        were, are = _terms(sides.before, of_commands=False), _terms(sides.after, of_commands=False)
    if not sides.lacking(COMMANDS):
        were |= _terms(sides.before, of_commands=True)
        are |= _terms(sides.after, of_commands=True)
    before: dict[str, Entry] = {}
    after: dict[str, Entry] = {}
    # Where one of the two has an attribute without its VR, there is nothing to compare.
    without_vr = {
        tag
        for side in sides
        for (tag,) in side.reader.rows(
            "SELECT tag FROM term WHERE edition = ? AND vr = ''", side.edition
        )
    }
    for tag in sorted((were.keys() | are.keys()) - without_vr):
        was, now = were.get(tag), are.get(tag)
        if was == now or not all(_may_lack(sides, was, now)):
            continue
        if was and now:
            values = differing(_comparable(was, now), _comparable(now, was))
        else:
            values = _words(was), _words(now)
        for entries, term, value in ((before, was, values[0]), (after, now, values[1])):
            if term:
                path, number = f"/attributes/{tag}", display_tag(tag)
                entries[tag] = Entry(term[0], path, value, folded(value), number)
    found = changes(sides, before, after)
    return tuple(sorted(found, key=lambda change: change.path))


def of_term(sides: Sides, word: str) -> Found | None:
    """One attribute: its properties, what confidentiality profiles do, its description."""
    was, now = (attribute_entry(side.reader, side.edition, word) for side in sides)
    named = now or was
    if named is None:
        return None
    if named.tag[:4] == "0000":
        lacking = sides.lacking(COMMANDS)
        why = none_here(lacking) if lacking else ""
    else:
        why = terms_not_comparable(sides)
    notes = [sentence(why)] if why else []
    notes += [
        f"{side.edition} does not have it."
        for side, entry in zip(sides, (was, now), strict=True)
        if entry is None and not notes
    ]
    compared = not notes
    notes += [
        f"{side.edition}: its dictionary is that of {of}."
        for side in sides
        if (of := side.reader.dictionaries[side.edition]) not in ("", side.edition) and compared
    ]
    found: dict[str, tuple[object, ...]] = {}
    if was and now:
        properties: dict[str, tuple[str | None, str | None]] = {}
        if compared:
            properties = {
                "Name": (was.title, now.title),
                "Keyword": (was.keyword or None, now.keyword or None),
                "VR": (_plain_vr(was.vr), _plain_vr(now.vr)),
                "VM": (_plain_vm(was.vm), _plain_vm(now.vm)),
                "Retired": (_yes_or_no(is_so=was.is_retired), _yes_or_no(is_so=now.is_retired)),
            }
        if not protected_not_comparable(sides):
            old, new = actions_of(was.protection), actions_of(now.protection)
            properties |= {
                name: (old.get(name, "nothing"), new.get(name, "nothing"))
                for name in dict.fromkeys((*old, *new))
            }
        if properties:
            found["properties"] = property_changes(sides, now.path, properties)
        if (
            was.described_by
            and now.described_by
            and was.described_by.path == now.described_by.path
            and all(side.has_text for side in sides)
        ):
            found["passages"] = own_passages(sides, was.description, now.description)
    return Found(Link(named.path, f"{named.display_tag} {named.title}"), tuple(notes), found)


def _may_lack(
    sides: Sides, was: tuple[str, ...] | None, now: tuple[str, ...] | None
) -> Iterator[bool]:
    """Whether each edition that lacks an attribute has the whole dictionary."""
    for side, term in zip(sides, (was, now), strict=True):
        yield term is not None or not side.reader.is_partial[side.edition]


def _yes_or_no(*, is_so: bool) -> str:
    return "yes" if is_so else "no"


def _terms(side: Side, *, of_commands: bool) -> dict[str, tuple[str, ...]]:
    """The name, keyword, VR, VM and status of each attribute, by tag."""
    return {
        tag: (name, keyword, vr, vm, "retired" if retired else "")
        for tag, name, keyword, vr, vm, retired in side.reader.rows(
            QUERY, side.edition, of_commands
        )
    }


def _comparable(term: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    """A line of the dictionary without its name, and without a keyword that the other one lacks."""
    _, keyword, vr, vm, status = term
    return keyword if other[1] else "", _plain_vr(vr), _plain_vm(vm), status


def _plain_vr(vr: str) -> str:
    """A VR, or `none` of an item or delimiter, for which a source may point to a note."""
    return "none" if NO_VR.fullmatch(vr) else vr


def _plain_vm(vm: str) -> str:
    """A VM without an alternative that another one includes."""
    return "1-n" if set(vm.split(" or ")) == {"1", "1-n"} else vm


def _words(term: tuple[str, ...] | None) -> str:
    """The VR, VM and status of an attribute."""
    return ", ".join(filter(None, (term or ())[2:]))
