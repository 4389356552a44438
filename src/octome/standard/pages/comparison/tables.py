"""What changed in modules and macros: which there are, and the attributes of one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from octome.standard.counted import counted
from octome.standard.model.attribute import display_tag
from octome.standard.model.edition_diff import Change
from octome.standard.model.folded_change import folded
from octome.standard.model.page import Link
from octome.standard.pages.comparison.changes import Entry, changes
from octome.standard.pages.comparison.descriptions import (
    description_changes,
    descriptions_not_compared,
)
from octome.standard.pages.comparison.found import Found
from octome.standard.pages.comparison.macro_groups import grouped_by_macro
from octome.standard.pages.comparison.nesting import nested_otherwise, nesting_changes
from octome.standard.pages.comparison.same_table import TableFacts, same_tables, tables
from octome.standard.pages.comparison.side import Side, Sides, has_tables, holes
from octome.standard.pages.stored import StoredTable

NESTING = (
    "Nested otherwise: in both editions, but one sequence deeper in one of them. Where the source "
    "of one nests wrongly, the Standard itself has not changed."
)


def table_changes(sides: Sides, what: str) -> tuple[Change, ...]:
    """Modules, or macros, that came, went, have another name, or other attributes."""
    were, are = tables(sides.before, what), tables(sides.after, what)
    same = same_tables(were, are)
    differing = set(_differing(sides, are, same))
    new_of = {table.path: path for path, table in same.items()}
    before = {new_of.get(path, path): Entry(table.name, path) for path, table in were.items()}
    after = {
        path: Entry(table.name, path, state=path in differing or None)
        for path, table in are.items()
    }
    return changes(sides, before, after)


def _differing(
    sides: Sides, are: Mapping[str, TableFacts], same: Mapping[str, TableFacts]
) -> Iterator[str]:
    """The newer edition's tables whose attributes are others than in the older one."""
    unknown = _with_unknown_tags(sides)
    # Of two stores, one with all alternatives and one without, digests differ for that alone.
    is_partial = any(side.reader.is_partial[side.edition] for side in sides)
    is_sure = not is_partial or sides.before.reader is sides.after.reader
    for path, was in same.items():
        now = are[path]
        # A table without attributes is one whose attributes are not known.
        if was.digest == now.digest or None in (was.digest, now.digest):
            continue
        is_known = is_sure and not {was.path, now.path} & unknown
        if is_known or attribute_changes(sides, path):
            yield path


def _with_unknown_tags(sides: Sides) -> frozenset[str]:
    """The tables with attributes that the other edition's source has lost, if it has any."""
    found: set[str] = set()
    for one, other in (sides, sides[::-1]):
        known = other.known_tags
        if known is not None:
            found |= {
                path
                for tag, path in one.reader.rows(
                    "SELECT tag, table_path FROM occurrence WHERE edition = ?", one.edition
                )
                if tag not in known
            }
    return frozenset(found)


def counterparts(sides: Sides, path: str) -> tuple[StoredTable | None, StoredTable | None]:
    """A module or macro in both editions, by its path in the newer one, or else in the older."""
    before, after = sides
    now, was = after.reader.table(after.edition, path), before.reader.table(before.edition, path)
    if (now is None) == (was is None):
        return was, now
    what = path.split("/")[1]
    same = same_tables(tables(before, what), tables(after, what))
    if was is None:
        old = same.get(path)
        return (before.reader.table(before.edition, old.path) if old else None), now
    new = next((new for new, old in same.items() if old.path == path), None)
    return was, (after.reader.table(after.edition, new) if new else None)


def attribute_changes(sides: Sides, path: str) -> tuple[Change, ...]:
    """The attributes of a module or macro that came, went, are nested or typed otherwise."""
    return _attribute_changes(sides, *_both(sides, *counterparts(sides, path)))


def changes_in_words(sides: Sides, path: str) -> str:
    """How many attributes of a module or macro changed; empty where none did.

    What is in a new sequence, or of a macro that came, went or changed as a whole, counts as one.
    """
    before, after = _both(sides, *counterparts(sides, path))
    found = [
        change
        for change in _attribute_changes(sides, before, after)
        if change.what != "nested otherwise"
    ]
    macros: set[str] = set()
    attributes = 0
    for one in folded(grouped_by_macro(sides, found, before, after)):
        if one.change:
            attributes += 1
        else:
            macros.add(one.title.partition(" Macro")[0])
    counts = (attributes, "attribute"), (len(macros), "macro")
    return " and ".join(counted(count, thing) for count, thing in counts if count)


def _both(
    sides: Sides, was: StoredTable | None, now: StoredTable | None
) -> tuple[dict[str, Entry], dict[str, Entry]]:
    """The attributes of a table in both editions."""
    return (
        _attributes(sides.before, was, sides.after) if was else {},
        _attributes(sides.after, now, sides.before) if now else {},
    )


def _attribute_changes(
    sides: Sides, before: dict[str, Entry], after: dict[str, Entry]
) -> tuple[Change, ...]:
    same = nested_otherwise(before, after)
    gone_or_same = {key: one for key, one in before.items() if key not in same.values()}
    come_or_same = {key: one for key, one in after.items() if key not in same}
    found = (
        *changes(sides, gone_or_same, come_or_same),
        *nesting_changes(sides, before, after, same),
    )
    return tuple(sorted(found, key=lambda change: change.path))


def of_table(sides: Sides, path: str) -> Found | None:
    """The attributes of one module or macro; None where neither edition has it."""
    was, now = counterparts(sides, path)
    named = now or was
    if named is None:
        return None
    unknown = [
        side.edition
        for side, table in zip(sides, (was, now), strict=True)
        if not has_attributes(side, path, table)
    ]
    notes = [not_here(edition) for edition in unknown]
    notes += [
        f"{side.edition} does not have it."
        for side, table in zip(sides, (was, now), strict=True)
        if table is None and not unknown
    ]
    if was and now and was.name != now.name:
        notes.append(f"In {sides.before.edition} it is {was.name}, at {was.path}.")
    subject = Link(named.path, named.name)
    if unknown:
        return Found(subject, tuple(notes), {})
    before, after = _both(sides, was, now)
    found = _attribute_changes(sides, before, after)
    found = grouped_by_macro(sides, found, before, after)
    if any(change.what == "nested otherwise" for change in found):
        notes.append(NESTING)
    if was and now:
        found += description_changes(sides, was, now, found)
        notes += descriptions_not_compared(sides)
        notes = [*holes(sides), *notes]
    return Found(subject, tuple(notes), {"attributes": found})


def has_attributes(side: Side, path: str, table: StoredTable | None) -> bool:
    """Whether an edition's attributes of a module or macro are here, if it has any."""
    if table is None:
        return has_tables(side, path)
    return bool(side.reader.lines(side.edition, table.level))


def not_here(edition: str) -> str:
    """That an edition's attributes of a module or macro are not here."""
    return f"Not compared: {edition} has no attributes of it here."


def _attributes(side: Side, table: StoredTable, other: Side) -> dict[str, Entry]:
    """Every attribute by its tags, with its types; alternatives count as one.

    Without those that the other edition's source has lost, if it has any.
    """
    known = other.known_tags
    types: dict[str, dict[str, None]] = {}
    found: dict[str, Entry] = {}
    for use in side.reader.walk(side.edition, table.level, table.path):
        key = use.path.removeprefix(table.path)
        if known is not None and not all(tag in known for tag in key.split("/") if tag):
            continue
        types.setdefault(key, {})[use.type or "none"] = None
        # As the Standard's tables mark what is in the items of a sequence.
        depth = key.count("/") - 1
        number = f"{'>' * depth}{display_tag(use.tag)}"
        found[key] = Entry(use.name, use.path, number=number)
    return {
        key: found[key]._replace(value=", ".join(sorted(each)), state=frozenset(each))
        for key, each in types.items()
    }
