"""`/editions/<a>..<b>[/<path>]`: what changed between any two editions.

The two may be in two stores and come from different sources. What a source does not have is not
compared, and the page says so.
"""

from __future__ import annotations

from typing import NamedTuple

from octome.standard.block import Block
from octome.standard.model.attribute import display_tag
from octome.standard.model.edition import Change, ChangeKind, EditionDiff
from octome.standard.model.page import Link
from octome.standard.names import FUNCTIONAL_GROUPS, base_module
from octome.standard.pages.reader import Reader
from octome.standard.pages.same_ciod import same_ciods
from octome.standard.pages.text_comparison import part_changes, passages, section_changes

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
NEEDED = {"CIODs and modules": TABLES, "The attributes of modules": LINES, "Dictionaries": TERMS}


def edition_diff(reader: Reader, older: str, newer: str, subject: str = "") -> EditionDiff | None:
    """What changed between two editions: in all, or in one thing in full.

    Parameters
    ----------
    subject : str
        Nothing, `/ciods/<ciod>`, `/modules/<module>`, `/macros/<macro>`, `/parts/<number>` or
        `/sections/<number>`, as the newer edition calls it, or as the older one does if the newer
        has lost it.
    """
    before, after = Side(*reader.of(older)), Side(*reader.of(newer))
    what, id_, *rest = [*subject.strip("/").split("/"), ""][:3] if subject else ["", "", ""]
    if any(rest):
        return None
    match what:
        case "":
            return _whole(before, after)
        case "ciods":
            return _of_ciod(before, after, id_)
        case "parts":
            return _of_part(before, after, id_)
        case "sections":
            return _of_section(before, after, id_)
    return _of_table(before, after, subject)


def _diff(
    before: Side, after: Side, subject: Link | None, **found: tuple[object, ...]
) -> EditionDiff:
    about = f"{subject.title}: {before.edition} to {after.edition}" if subject else ""
    is_of_text = subject is not None and subject.path.startswith(("/parts/", "/sections/"))
    sources = () if is_of_text else (*_notes(before), *_notes(after))
    notes = (*found.pop("notes", ()), *sources)
    return EditionDiff(
        path=f"/editions/{before.edition}..{after.edition}{subject.path if subject else ''}",
        edition=after.edition,
        title=about or f"What changed from {before.edition} to {after.edition}",
        older=before.edition,
        newer=after.edition,
        subject=subject,
        notes=tuple(map(str, notes)),
        **found,  # type: ignore[arg-type]
    )


def _notes(side: Side) -> list[str]:
    """What the source of an edition leaves out, and whose dictionary it has."""
    notes = [note] if (note := side.reader.notes[side.edition]) else []
    dictionary = side.reader.dictionaries[side.edition]
    if dictionary != side.edition and dictionary not in "".join(notes):
        notes.append(f"Its dictionary is that of {dictionary}.")
    return [f"{side.edition}: {note}" for note in notes]


def _whole(before: Side, after: Side) -> EditionDiff:
    lacking = {
        what: [side.edition for side in (before, after) if not side.has(query)]
        for what, query in NEEDED.items()
    }
    has_tables = not lacking["CIODs and modules"]
    return _diff(
        before,
        after,
        None,
        notes=tuple(
            f"{what} are not compared: {' and '.join(editions)} "
            f"{'have' if len(editions) > 1 else 'has'} none here."
            for what, editions in lacking.items()
            if editions and (has_tables or what != "The attributes of modules")
        ),
        ciods=_ciod_changes(before, after) if has_tables else (),
        modules=_table_changes(before, after) if has_tables else (),
        terms=_term_changes(before, after),
        parts=part_changes(*before, *after),
    )


def _of_table(before: Side, after: Side, path: str) -> EditionDiff | None:
    was, now = before.reader.table(before.edition, path), after.reader.table(after.edition, path)
    named = now or was
    if named is None:
        return None
    found = [
        _attributes(*side, table.level, path) if table else None
        for side, table in ((before, was), (after, now))
    ]
    unknown = [
        side.edition
        for side, table, values in zip((before, after), (was, now), found, strict=True)
        if (table is not None and not values) or (table is None and not side.has(TABLES))
    ]
    return _diff(
        before,
        after,
        Link(path, named.name),
        notes=tuple(
            f"Not compared: {edition} has no attributes of it here." for edition in unknown
        ),
        attributes=() if unknown else _changes(found[0] or {}, found[1] or {}),
    )


def _of_part(before: Side, after: Side, number: str) -> EditionDiff | None:
    if not number.isdecimal() or len(number) > 2:
        return None
    changes = section_changes(*before, *after, int(number))
    lacking = [
        side.edition
        for side in (before, after)
        if number not in side.reader.whole_parts[side.edition]
    ]
    return _diff(
        before,
        after,
        Link(f"/parts/{number}", f"PS3.{number}"),
        notes=tuple(
            f"Not compared: {edition} does not have this part here." for edition in lacking
        ),
        sections=changes,
    )


def _of_section(before: Side, after: Side, number: str) -> EditionDiff | None:
    found = [
        side.reader.row(
            "SELECT title, text FROM section WHERE edition = ? AND number = ?", side.edition, number
        )
        for side in (before, after)
    ]
    if found == [None, None]:
        return None
    texts = [
        (Block(kind="heading", words=row[0]), *side.reader.blocks(row[1])) if row else ()
        for side, row in zip((before, after), found, strict=True)
    ]
    return _diff(
        before,
        after,
        Link(f"/sections/{number}", f"{number} {(found[1] or found[0])[0]}"),
        notes=tuple(
            f"{side.edition} does not have this section here."
            for side, row in zip((before, after), found, strict=True)
            if row is None
        ),
        passages=passages(*texts),
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


def _term_changes(before: Side, after: Side) -> tuple[Change, ...]:
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
        kind = _kind_of_change(is_before=was is not None, is_after=now is not None)
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


def _names(reader: Reader, edition: str) -> dict[str, str]:
    """The name of each CIOD by id."""
    return dict(reader.rows("SELECT id, name FROM ciod WHERE edition = ?", edition))


def _ciod_changes(before: Side, after: Side) -> tuple[Change, ...]:
    """CIODs that came, went, or have another name."""
    were, are = _names(*before), _names(*after)
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


def _table_changes(before: Side, after: Side) -> tuple[Change, ...]:
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
            kind = _kind_of_change(is_before=path in were, is_after=path in are)
            changes.append(Change(what=kind, title=name, path=path))
    return tuple(changes)


def _of_ciod(before: Side, after: Side, id_: str) -> EditionDiff | None:
    """The modules of one CIOD in both editions, with their usage."""
    were, are = _names(*before), _names(*after)
    if id_ not in are and id_ not in were:
        return None
    counterparts = same_ciods(*before, *after)
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

    lacking = [side.edition for side in (before, after) if not side.has(TABLES)]
    link = Link(f"/ciods/{id_}", name)
    if lacking:
        notes = tuple(f"Not compared: {edition} has no CIODs here." for edition in lacking)
        return _diff(before, after, link, notes=notes)
    changed = {change.path: change for change in _table_changes(before, after)}
    used = uses(*after, now)
    return _diff(
        before,
        after,
        link,
        modules=_changes(uses(*before, was), used)
        + tuple(
            changed[path]
            for path in sorted(used)
            if path in changed and changed[path].what == "changed"
        ),
    )
