"""`/editions` and `/editions/<a>..<b>[/<path>]`: the editions, and what changed between two."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from octome.standard.edition import edition_key
from octome.standard.model.attribute import display_tag
from octome.standard.model.edition import (
    Change,
    ChangeKind,
    EditionDiff,
    EditionIndex,
    EditionSummary,
)
from octome.standard.model.page import Link
from octome.standard.names import FUNCTIONAL_GROUPS, base_module
from octome.standard.pages.reader import Reader
from octome.standard.pages.same_ciod import same_ciods

Values = dict[str, tuple[str, str]]
"""A name and a value by path."""


def edition_index(reader: Reader, edition: str) -> EditionIndex:
    """The editions that are here, the current one first.

    One whose store has to be compiled first has only its name.
    """
    names = reader.editions  # first: it opens the store that some of the names are in
    known = {summary.id: summary for ready in reader.ready() for summary in _summaries(ready)}
    comparisons = tuple(
        Link(f"/editions/{older}..{newer}", f"What changed from {older} to {newer}")
        for newer, older in combinations(sorted(names, key=edition_key, reverse=True), 2)
    )
    return EditionIndex(
        path="/editions",
        edition=edition,
        title="Editions",
        editions=tuple(known.get(name) or _not_compiled(name) for name in names),
        comparisons=comparisons,
    )


def _summaries(reader: Reader) -> Iterator[EditionSummary]:
    """The editions of one store."""
    return (
        EditionSummary(
            id=id_,
            title=title,
            source=source,
            dictionary=dictionary,
            note=note,
            has_text=bool(has_text),
            is_current=id_ == reader.current,
            ciods=ciods,
            modules=modules,
            attributes=attributes,
        )
        for (
            id_,
            title,
            source,
            dictionary,
            note,
            has_text,
            ciods,
            modules,
            attributes,
        ) in reader.rows(
            "SELECT id, title, source, dictionary, note, has_text, "
            "(SELECT count(*) FROM ciod WHERE edition = e.id), "
            "(SELECT count(*) FROM attribute_table "
            "WHERE edition = e.id AND path LIKE '/modules/%'), "
            "(SELECT coalesce(sum(places), 0) FROM occurrence "
            "WHERE edition = e.id AND table_path LIKE '/modules/%') "
            "FROM edition e ORDER BY position DESC"
        )
    )


def _not_compiled(name: str) -> EditionSummary:
    """An edition whose store is not there yet."""
    return EditionSummary(
        id=name,
        title=name,
        source="",
        dictionary="",
        note="It is compiled when it is first opened.",
        is_compiled=False,
        has_text=False,
        is_current=False,
        ciods=0,
        modules=0,
        attributes=0,
    )


def edition_diff(reader: Reader, older: str, newer: str, subject: str = "") -> EditionDiff | None:
    """What changed between two editions: CIODs and modules, or one of them in full.

    Parameters
    ----------
    subject : str
        Nothing, `/ciods/<ciod>`, `/modules/<module>` or `/macros/<macro>`, as the newer edition
        calls it, or as the older one does if the newer has lost it.
    """
    before, older = reader.of(older)
    after, newer = reader.of(newer)
    path = f"/editions/{older}..{newer}"
    if not subject:
        return EditionDiff(
            path=path,
            edition=newer,
            title=f"What changed from {older} to {newer}",
            older=older,
            newer=newer,
            subject=None,
            note=after.notes[newer],
            ciods=_ciod_changes(before, older, after, newer),
            modules=_table_changes(before, older, after, newer),
        )
    _, what, id_, *rest = f"{subject}//".split("/")
    if any(rest):
        return None
    if what == "ciods":
        return _ciod_diff(before, older, after, newer, id_)
    was, now = before.table(older, subject), after.table(newer, subject)
    named = now or was
    if named is None:
        return None
    name = named.name
    return EditionDiff(
        path=path + subject,
        edition=newer,
        title=f"{name}: {older} to {newer}",
        older=older,
        newer=newer,
        subject=Link(subject, name),
        note=after.notes[newer],
        attributes=_changes(
            _attributes(before, older, was.level, subject) if was else {},
            _attributes(after, newer, now.level, subject) if now else {},
        ),
    )


def _changes(before: Values, after: Values) -> tuple[Change, ...]:
    """What is in one, in the other, or in both with another value; paths in order."""
    changes = []
    for path in sorted(before.keys() | after.keys()):
        title = (after.get(path) or before[path])[0]
        was, now = before.get(path, ("", None))[1], after.get(path, ("", None))[1]
        if was != now or (path in before) != (path in after):
            kind = _kind_of_change(is_before=path in before, is_after=path in after)
            changes.append(Change(what=kind, title=title, path=path, before=was, after=now))
    return tuple(changes)


def _kind_of_change(*, is_before: bool, is_after: bool) -> ChangeKind:
    """What happened to something, by which of two editions have it."""
    if is_before and is_after:
        return "changed"
    return "removed" if is_before else "added"


def _attributes(reader: Reader, edition: str, level: int, path: str) -> Values:
    """Every attribute below a level by path, with its types; alternatives count as one."""
    types: dict[str, dict[str, None]] = {}
    names: dict[str, str] = {}
    for use in reader.walk(edition, level, path):
        types.setdefault(use.path, {})[use.type or "none"] = None
        depth = use.path.count("/") - path.count("/") - 1
        # As the Standard's tables mark what is in the items of a sequence.
        names[use.path] = f"{'>' * depth}{display_tag(use.tag)} {use.name}"
    return {path: (names[path], ", ".join(sorted(found))) for path, found in types.items()}


def _names(reader: Reader, edition: str) -> dict[str, str]:
    """The name of each CIOD by id."""
    return dict(reader.rows("SELECT id, name FROM ciod WHERE edition = ?", edition))


def _ciod_changes(before: Reader, older: str, after: Reader, newer: str) -> tuple[Change, ...]:
    """CIODs that came, went, or have another name."""
    were, are = _names(before, older), _names(after, newer)
    counterparts = same_ciods(before, older, after, newer)
    changes = []
    for id_, name in are.items():
        path = f"/ciods/{id_}"
        old_name = were.get(counterparts.get(id_, ""))
        if old_name is None:
            changes.append(Change(what="added", title=name, path=path))
        elif old_name != name:
            changes.append(
                Change(what="changed", title=name, path=path, before=old_name, after=name)
            )
    kept = set(counterparts.values())
    changes += [
        Change(what="removed", title=name, path=f"/ciods/{id_}")
        for id_, name in were.items()
        if id_ not in kept
    ]
    return tuple(changes)


def _table_changes(before: Reader, older: str, after: Reader, newer: str) -> tuple[Change, ...]:
    """Modules that came, went, or hold something else, as their digests show.

    Functional groups are left out: one source has them as one module and macros, the other
    written out for each CIOD, so that the tables cannot be compared.
    """

    def tables(reader: Reader, edition: str) -> dict[str, tuple[str, bytes]]:
        return {
            path: (name, digest)
            for path, id_, name, digest in reader.rows(
                "SELECT path, id, name, digest FROM attribute_table "
                "WHERE edition = ? AND path LIKE '/modules/%'",
                edition,
            )
            if base_module(id_) not in FUNCTIONAL_GROUPS
        }

    were, are = tables(before, older), tables(after, newer)
    changes = []
    for path in sorted(were.keys() | are.keys()):
        name = (are.get(path) or were[path])[0]
        if path not in were or path not in are or were[path][1] != are[path][1]:
            kind = _kind_of_change(is_before=path in were, is_after=path in are)
            changes.append(Change(what=kind, title=name, path=path))
    return tuple(changes)


def _ciod_diff(
    before: Reader, older: str, after: Reader, newer: str, id_: str
) -> EditionDiff | None:
    """The modules of one CIOD in both editions, with their usage."""
    were, are = _names(before, older), _names(after, newer)
    if id_ not in are and id_ not in were:
        return None
    counterparts = same_ciods(before, older, after, newer)
    # The newer edition's id, or the older one's of a CIOD that has gone or has another id now.
    now = id_ if id_ in are else next((new for new, old in counterparts.items() if old == id_), "")
    was = counterparts.get(now, id_ if id_ in were else "")
    name = are.get(now) or were[id_]

    def uses(reader: Reader, edition: str, ciod: str) -> Values:
        return {
            f"/modules/{base_module(id_)}": (title, f"{entity}, {usage}")
            for id_, title, entity, usage in reader.rows(
                "SELECT t.id, t.name, u.information_entity, u.usage FROM use u "
                "JOIN attribute_table t ON t.edition = u.edition AND t.path = u.path "
                "WHERE u.edition = ? AND u.ciod = ? AND u.group_tag IS NULL",
                edition,
                ciod,
            )
        }

    changed = {change.path: change for change in _table_changes(before, older, after, newer)}
    used = uses(after, newer, now)
    return EditionDiff(
        path=f"/editions/{older}..{newer}/ciods/{id_}",
        edition=newer,
        title=f"{name}: {older} to {newer}",
        older=older,
        newer=newer,
        subject=Link(f"/ciods/{id_}", name),
        note=after.notes[newer],
        modules=_changes(uses(before, older, was), used)
        + tuple(
            changed[path]
            for path in sorted(used)
            if path in changed and changed[path].what == "changed"
        ),
    )
