"""What is in one edition and not in another, or in both and different: tables, terms, CIODs."""

from __future__ import annotations

from typing import NamedTuple

from octome.standard.model.attribute import display_tag
from octome.standard.model.edition import Change, ChangeKind
from octome.standard.names import FUNCTIONAL_GROUPS, base_module
from octome.standard.pages.reader import Reader
from octome.standard.pages.same_ciod import same_ciods

Values = dict[str, tuple[str, str]]
"""A name and a value by path."""


class Side(NamedTuple):
    """One of the two editions, with the reader of its store."""

    reader: Reader
    edition: str

    def has(self, query: str) -> bool:
        """Whether a query about the edition has a row."""
        return self.reader.row(query, self.edition) is not None


TABLES = "SELECT 1 FROM attribute_table WHERE edition = ? LIMIT 1"
LINES = (
    "SELECT 1 FROM attribute_table t WHERE t.edition = ? "
    "AND EXISTS (SELECT 1 FROM line WHERE level = t.level) LIMIT 1"
)
TERMS = "SELECT 1 FROM term WHERE edition = ? AND vr <> '' AND NOT tag GLOB '0000*' LIMIT 1"
COMMANDS = "SELECT 1 FROM term WHERE edition = ? AND tag GLOB '0000*' LIMIT 1"


def differences(before: Values, after: Values) -> tuple[Change, ...]:
    """What is in one, in the other, or in both with another value; paths in order."""
    changes = []
    for path in sorted(before.keys() | after.keys()):
        title = (after.get(path) or before[path])[0]
        was, now = before.get(path, ("", None))[1], after.get(path, ("", None))[1]
        if was != now or (path in before) != (path in after):
            kind = kind_of_change(is_before=path in before, is_after=path in after)
            changes.append(Change(what=kind, title=title, path=path, before=was, after=now))
    return tuple(changes)


def kind_of_change(*, is_before: bool, is_after: bool) -> ChangeKind:
    """What happened to something, by which of two editions have it."""
    if is_before and is_after:
        return "changed"
    return "removed" if is_before else "added"


def attributes_of(reader: Reader, edition: str, level: int, path: str) -> Values:
    """Every attribute below a level by path, with its types; alternatives count as one."""
    types: dict[str, dict[str, None]] = {}
    names: dict[str, str] = {}
    for use in reader.walk(edition, level, path):
        types.setdefault(use.path, {})[use.type or "none"] = None
        depth = use.path.count("/") - path.count("/") - 1
        # As the Standard's tables mark what is in the items of a sequence.
        names[use.path] = f"{'>' * depth}{display_tag(use.tag)} {use.name}"
    return {path: (names[path], ", ".join(sorted(found))) for path, found in types.items()}


def term_changes(before: Side, after: Side) -> tuple[Change, ...]:
    """Attributes of the dictionary that came, went, or have another name, VR, VM or status."""
    # Command elements are in PS3.7, all others in PS3.6: either may be missing.
    skipped = [
        pattern
        for pattern, query in (("0000", COMMANDS), ("", TERMS))
        if not (before.has(query) and after.has(query))
    ]

    def terms(side: Side) -> dict[str, tuple[str, ...]]:
        return {
            tag: (name, vr, vm, "retired" if retired else "")
            for tag, name, vr, vm, retired in side.reader.rows(
                "SELECT tag, name, vr, vm, is_retired FROM term WHERE edition = ? AND vr <> ''",
                side.edition,
            )
            if ("0000" if tag[:4] == "0000" else "") not in skipped
        }

    were, are = terms(before), terms(after)
    changes = []
    for tag in sorted(were.keys() | are.keys()):
        was, now = were.get(tag), are.get(tag)
        if was == now:
            continue
        kind = kind_of_change(is_before=was is not None, is_after=now is not None)
        pairs = zip(was or (), now or (), strict=True) if was and now else ()
        differing = [(old, new) for old, new in pairs if old != new]
        old_new = tuple(", ".join(filter(None, side)) for side in zip(*differing, strict=True))
        values = old_new or tuple(", ".join(filter(None, (x or ())[1:])) for x in (was, now))
        changes.append(
            Change(
                what=kind,
                title=f"{display_tag(tag)} {(now or was or ('',))[0]}",
                path=f"/attributes/{tag}",
                before=values[0] or None,
                after=values[1] or None,
            )
        )
    return tuple(changes)


def ciod_names(reader: Reader, edition: str) -> dict[str, str]:
    """The name of each CIOD by id."""
    return dict(reader.rows("SELECT id, name FROM ciod WHERE edition = ?", edition))


def ciod_changes(before: Side, after: Side) -> tuple[Change, ...]:
    """CIODs that came, went, or have another name."""
    were, are = ciod_names(*before), ciod_names(*after)
    counterparts = same_ciods(*before, *after)
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


def table_changes(before: Side, after: Side) -> tuple[Change, ...]:
    """Modules that came, went, or hold something else, as their digests show.

    Functional groups are left out: one source has them as one module and macros, the other
    written out for each CIOD, so that the tables cannot be compared.
    """

    def tables(side: Side) -> dict[str, tuple[str, bytes | None]]:
        return {
            path: (name, digest)
            for path, id_, name, digest in side.reader.rows(
                "SELECT path, id, name, "
                "CASE WHEN EXISTS (SELECT 1 FROM line WHERE level = t.level) THEN digest END "
                "FROM attribute_table t WHERE edition = ? AND path LIKE '/modules/%'",
                side.edition,
            )
            if base_module(id_) not in FUNCTIONAL_GROUPS
        }

    were, are = tables(before), tables(after)
    changes = []
    for path in sorted(were.keys() | are.keys()):
        name = (are.get(path) or were[path])[0]
        digests = {side[path][1] for side in (were, are) if path in side}
        # A table without attributes is one whose attributes are not known.
        if path not in were or path not in are or (len(digests) > 1 and None not in digests):
            kind = kind_of_change(is_before=path in were, is_after=path in are)
            changes.append(Change(what=kind, title=name, path=path))
    return tuple(changes)
