"""`/editions/<a>..<b>[/<path>]`: what changed between any two editions.

The two may be in two stores and come from different sources. What a source does not have is not
compared, and the page says so.
"""

from __future__ import annotations

from octome.standard.block import Block
from octome.standard.model.edition import EditionDiff
from octome.standard.model.page import Link
from octome.standard.names import base_module
from octome.standard.pages.changes import (
    LINES,
    TABLES,
    TERMS,
    Side,
    Values,
    attributes_of,
    ciod_changes,
    ciod_names,
    differences,
    table_changes,
    term_changes,
)
from octome.standard.pages.reader import Reader
from octome.standard.pages.same_ciod import same_ciods
from octome.standard.pages.text_comparison import part_changes, passages, section_changes

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
    if dictionary not in ("", side.edition) and dictionary not in "".join(notes):
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
        ciods=ciod_changes(before, after) if has_tables else (),
        modules=table_changes(before, after) if has_tables else (),
        terms=term_changes(before, after),
        parts=part_changes(*before, *after),
    )


def _of_table(before: Side, after: Side, path: str) -> EditionDiff | None:
    was, now = before.reader.table(before.edition, path), after.reader.table(after.edition, path)
    named = now or was
    if named is None:
        return None
    found = [
        attributes_of(*side, table.level, path) if table else None
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
        attributes=() if unknown else differences(found[0] or {}, found[1] or {}),
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


def _of_ciod(before: Side, after: Side, id_: str) -> EditionDiff | None:
    """The modules of one CIOD in both editions, with their usage."""
    were, are = ciod_names(*before), ciod_names(*after)
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
    changed = {change.path: change for change in table_changes(before, after)}
    used = uses(*after, now)
    return _diff(
        before,
        after,
        link,
        modules=differences(uses(*before, was), used)
        + tuple(
            changed[path]
            for path in sorted(used)
            if path in changed and changed[path].what == "changed"
        ),
    )
