"""What changed in CIODs: which there are, and the modules of one."""

from __future__ import annotations

from collections.abc import Mapping

from octome.standard.model.edition_diff import Change
from octome.standard.model.page import Link
from octome.standard.names import base_module
from octome.standard.pages.comparison.changes import Entry, changes
from octome.standard.pages.comparison.found import Found
from octome.standard.pages.comparison.same_table import same_tables, tables
from octome.standard.pages.comparison.side import TABLES, Side, Sides, holes
from octome.standard.pages.comparison.tables import table_changes
from octome.standard.pages.same_ciod import same_ciods


def ciod_changes(sides: Sides) -> tuple[Change, ...]:
    """CIODs that came, went, have another name, other modules or other uses of them.

    What changed in the modules themselves is not counted.
    """
    were, are = map(_names, sides)
    same = same_ciods(*sides.before, *sides.after)
    new_of = {old: new for new, old in same.items()}
    new_modules = _new_modules(sides)
    differing = {new for new, old in same.items() if _use_changes(sides, old, new, new_modules)}
    return changes(
        sides,
        {new_of.get(id_, f"-{id_}"): Entry(name, f"/ciods/{id_}") for id_, name in were.items()},
        {
            id_: Entry(name, f"/ciods/{id_}", state=id_ in differing or None)
            for id_, name in are.items()
        },
    )


def of_ciod(sides: Sides, id_: str) -> Found | None:
    """The modules of one CIOD in both editions, with their usage."""
    were, are = map(_names, sides)
    if id_ not in are and id_ not in were:
        return None
    counterparts = same_ciods(*sides.before, *sides.after)
    # The newer edition's id, or the older one's of a CIOD that has gone or has another id now.
    now = id_ if id_ in are else next((new for new, old in counterparts.items() if old == id_), "")
    was = counterparts.get(now, id_ if id_ in were else "")
    name = are.get(now) or were[id_]
    subject = Link(f"/ciods/{now or was}", name)
    lacking = sides.lacking(TABLES)
    notes = [f"Not compared: {edition} has no CIODs here." for edition in lacking]
    for side, known in zip(sides, (was, now), strict=True):
        if not known and not lacking:
            covered = side.covers(subject.path)
            notes.append(
                f"{side.edition} does not have it."
                if covered
                else f"Not compared: it is not in the source of {side.edition}."
            )
    if lacking or any(note.startswith("Not compared") for note in notes):
        return Found(subject, tuple(notes), {})
    used = _uses(sides.after, now)
    changed = [
        change
        for change in table_changes(sides, "modules")
        if change.what in ("changed", "renamed") and change.path in used and was
    ]
    own_changes = _use_changes(sides, was, now, _new_modules(sides))
    if was and now:
        notes += holes(sides)
    return Found(subject, tuple(notes), {"modules": (*own_changes, *changed)})


def _names(side: Side) -> dict[str, str]:
    """The name of each CIOD by id."""
    query = "SELECT id, name FROM ciod WHERE edition = ? ORDER BY position"
    return dict(side.reader.rows(query, side.edition))


def _new_modules(sides: Sides) -> dict[str, str]:
    """The newer edition's path of each module that both have, by the older one's."""
    same = same_tables(tables(sides.before, "modules"), tables(sides.after, "modules"))
    return {old.path: new for new, old in same.items()}


def _use_changes(
    sides: Sides, was: str, now: str, new_modules: Mapping[str, str]
) -> tuple[Change, ...]:
    """The modules that came into a CIOD or left it, or whose usage changed."""
    uses = _uses(sides.before, was)
    before = {new_modules.get(path, path): entry for path, entry in uses.items()}
    found = changes(sides, before, _uses(sides.after, now))
    return tuple(change for change in found if change.what != "renamed")


def _uses(side: Side, ciod: str) -> dict[str, Entry]:
    """The modules of a CIOD with their information entity and usage, by path."""
    found = {}
    for id_, title, entity, usage in side.reader.rows(
        "SELECT t.id, t.name, u.information_entity, u.usage FROM use u "
        "JOIN attribute_table t ON t.edition = u.edition AND t.path = u.path "
        "WHERE u.edition = ? AND u.ciod = ? AND u.group_tag IS NULL",
        side.edition,
        ciod,
    ):
        path, value = f"/modules/{base_module(id_)}", f"{entity}, {usage}"
        found[path] = Entry(title, path, value, value.casefold())
    return found
