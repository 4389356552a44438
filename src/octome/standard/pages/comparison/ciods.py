"""What changed in CIODs: which there are, and the modules of one."""

from __future__ import annotations

from octome.standard.model.edition_diff import Change
from octome.standard.model.page import Link
from octome.standard.names import base_module
from octome.standard.pages.comparison.changes import Entry, changes
from octome.standard.pages.comparison.found import Found
from octome.standard.pages.comparison.same_table import same_tables, tables
from octome.standard.pages.comparison.side import TABLES, Side, Sides
from octome.standard.pages.comparison.tables import table_changes
from octome.standard.pages.same_ciod import same_ciods


def ciod_changes(sides: Sides) -> tuple[Change, ...]:
    """CIODs that came, went, or have another name."""
    were, are = map(_names, sides)
    new_of = {old: new for new, old in same_ciods(*sides.before, *sides.after).items()}
    return changes(
        sides,
        {new_of.get(id_, f"-{id_}"): Entry(name, f"/ciods/{id_}") for id_, name in were.items()},
        {id_: Entry(name, f"/ciods/{id_}") for id_, name in are.items()},
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
    same = same_tables(tables(sides.before, "modules"), tables(sides.after, "modules"))
    new_of = {old.path: new for new, old in same.items()}
    uses, used = _uses(sides.before, was), _uses(sides.after, now)
    changed = [
        change
        for change in table_changes(sides, "modules")
        if change.what in ("changed", "renamed") and change.path in used and was
    ]
    before = {new_of.get(path, path): entry for path, entry in uses.items()}
    own_changes = [change for change in changes(sides, before, used) if change.what != "renamed"]
    return Found(subject, tuple(notes), {"modules": (*own_changes, *changed)})


def _names(side: Side) -> dict[str, str]:
    """The name of each CIOD by id."""
    query = "SELECT id, name FROM ciod WHERE edition = ? ORDER BY position"
    return dict(side.reader.rows(query, side.edition))


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
