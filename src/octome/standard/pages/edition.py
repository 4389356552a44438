"""`/editions` and `/editions/<a>..<b>[/<path>]`: the editions, and what changed between two."""

from __future__ import annotations

from itertools import combinations

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

Values = dict[str, tuple[str, str]]
"""A name and a value by path."""


def edition_index(reader: Reader, edition: str) -> EditionIndex:
    """The editions in the store, the current one first."""
    editions = tuple(
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
            "(SELECT sum(places) FROM occurrence "
            "WHERE edition = e.id AND table_path LIKE '/modules/%') "
            "FROM edition e ORDER BY position DESC"
        )
    )
    comparisons = tuple(
        Link(f"/editions/{older}..{newer}", f"What changed from {older} to {newer}")
        for newer, older in combinations(reader.editions, 2)
    )
    return EditionIndex(
        path="/editions",
        edition=edition,
        title="Editions",
        editions=editions,
        comparisons=comparisons,
    )


def edition_diff(reader: Reader, older: str, newer: str, subject: str = "") -> EditionDiff | None:
    """What changed between two editions: CIODs and modules, or one of them in full.

    Parameters
    ----------
    subject : str
        Nothing, `/ciods/<ciod>`, `/modules/<module>` or `/macros/<macro>`, as the newer edition
        calls it, or as the older one does if the newer has lost it.
    """
    path = f"/editions/{older}..{newer}"
    if not subject:
        return EditionDiff(
            path=path,
            edition=newer,
            title=f"What changed from {older} to {newer}",
            older=older,
            newer=newer,
            subject=None,
            note=reader.notes[newer],
            ciods=_ciod_changes(reader, older, newer),
            modules=_table_changes(reader, older, newer),
        )
    _, what, id_, *rest = f"{subject}//".split("/")
    if any(rest):
        return None
    if what == "ciods":
        return _ciod_diff(reader, older, newer, id_)
    tables = [reader.table(edition, subject) for edition in (older, newer)]
    if not any(tables):
        return None
    name = next(table.name for table in reversed(tables) if table)
    before, after = (
        _attributes(reader, edition, table.level, subject) if table else {}
        for edition, table in zip((older, newer), tables, strict=True)
    )
    return EditionDiff(
        path=path + subject,
        edition=newer,
        title=f"{name}: {older} to {newer}",
        older=older,
        newer=newer,
        subject=Link(subject, name),
        note=reader.notes[newer],
        attributes=_changes(before, after),
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


def _ciods(reader: Reader, edition: str) -> dict[str, tuple[str, str]]:
    """Ids and names of CIODs, by the word that is the same in every edition."""
    return {
        same_as: (id_, name)
        for same_as, id_, name in reader.rows(
            "SELECT same_as, id, name FROM ciod WHERE edition = ?", edition
        )
    }


def _ciod_changes(reader: Reader, older: str, newer: str) -> tuple[Change, ...]:
    """CIODs that came, went, or have another name."""
    before, after = _ciods(reader, older), _ciods(reader, newer)
    changes = []
    for key, (id_, name) in after.items():
        path = f"/ciods/{id_}"
        if key not in before:
            changes.append(Change(what="added", title=name, path=path))
        elif before[key][1] != name:
            old_name = before[key][1]
            changes.append(
                Change(what="changed", title=name, path=path, before=old_name, after=name)
            )
    changes += [
        Change(what="removed", title=name, path=f"/ciods/{id_}")
        for key, (id_, name) in before.items()
        if key not in after
    ]
    return tuple(changes)


def _table_changes(reader: Reader, older: str, newer: str) -> tuple[Change, ...]:
    """Modules that came, went, or hold something else, as their digests show.

    Functional groups are left out: one source has them as one module and macros, the other
    written out for each CIOD, so that the tables cannot be compared.
    """

    def tables(edition: str) -> dict[str, tuple[str, bytes]]:
        return {
            path: (name, digest)
            for path, id_, name, digest in reader.rows(
                "SELECT path, id, name, digest FROM attribute_table "
                "WHERE edition = ? AND path LIKE '/modules/%'",
                edition,
            )
            if base_module(id_) not in FUNCTIONAL_GROUPS
        }

    before, after = tables(older), tables(newer)
    changes = []
    for path in sorted(before.keys() | after.keys()):
        name = (after.get(path) or before[path])[0]
        if path not in before or path not in after or before[path][1] != after[path][1]:
            kind = _kind_of_change(is_before=path in before, is_after=path in after)
            changes.append(Change(what=kind, title=name, path=path))
    return tuple(changes)


def _ciod_diff(reader: Reader, older: str, newer: str, id_: str) -> EditionDiff | None:
    """The modules of one CIOD in both editions, with their usage."""
    found = reader.row(
        "SELECT same_as, name FROM ciod WHERE id = ? AND edition IN (?, ?) "
        "ORDER BY edition = ? DESC",
        id_,
        older,
        newer,
        newer,
    )
    if found is None:
        return None
    same_as, name = found

    def uses(edition: str) -> Values:
        return {
            f"/modules/{base_module(id_)}": (title, f"{entity}, {usage}")
            for id_, title, entity, usage in reader.rows(
                "SELECT t.id, t.name, u.information_entity, u.usage FROM use u "
                "JOIN ciod c ON c.edition = u.edition AND c.id = u.ciod "
                "JOIN attribute_table t ON t.edition = u.edition AND t.path = u.path "
                "WHERE u.edition = ? AND c.same_as = ? AND u.group_tag IS NULL",
                edition,
                same_as,
            )
        }

    changed = {change.path: change for change in _table_changes(reader, older, newer)}
    used = uses(newer)
    return EditionDiff(
        path=f"/editions/{older}..{newer}/ciods/{id_}",
        edition=newer,
        title=f"{name}: {older} to {newer}",
        older=older,
        newer=newer,
        subject=Link(f"/ciods/{id_}", name),
        note=reader.notes[newer],
        modules=_changes(uses(older), used)
        + tuple(
            changed[path]
            for path in sorted(used)
            if path in changed and changed[path].what == "changed"
        ),
    )
