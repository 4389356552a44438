"""`/editions/<a>..<b>[/<path>]`: what changed between any two editions.

The two may be in two stores and come from different sources. What a source does not have is not
compared, and the page says so.
"""

from __future__ import annotations

from octome.errors import UnknownPath
from octome.standard.model.edition_diff import SPELLING, Change, EditionDiff, KindChanges
from octome.standard.model.page import Link
from octome.standard.nearest import nearest_pages
from octome.standard.pages.comparison.attributes import of_attribute
from octome.standard.pages.comparison.ciods import of_ciod
from octome.standard.pages.comparison.codes import of_code
from octome.standard.pages.comparison.context_groups import of_group
from octome.standard.pages.comparison.found import Found
from octome.standard.pages.comparison.sections import of_section
from octome.standard.pages.comparison.side import Side, Sides, sentence
from octome.standard.pages.comparison.tables import of_table
from octome.standard.pages.comparison.templates import of_template
from octome.standard.pages.comparison.terms import of_term
from octome.standard.pages.comparison.text import of_part, part_changes, part_notes
from octome.standard.pages.comparison.uids import of_uid
from octome.standard.pages.comparison.way_out import WHOLE, with_way_out
from octome.standard.pages.comparison.whole import LISTED, kind_changes, partial_notes
from octome.standard.pages.part import missing, part_of, section_numbers
from octome.standard.pages.reader import Reader
from octome.standard.respelling import respelled

LISTS = (
    "ciods, modules, macros, attributes, uids, context-groups, templates, confidentiality, parts"
)
"""What can be listed; a single one of each but `confidentiality` too."""
ONE = "ciods/<ciod>, attributes/<keyword>, codes/<scheme>/<code>, parts/<part>/<section> and so on"


def edition_diff(reader: Reader, older: str, newer: str, subject: str = "") -> EditionDiff:
    """What changed between two editions: in all, in one list, or in one thing in full.

    Parameters
    ----------
    subject : str
        Nothing, a list such as `/modules`, or one thing: `/ciods/<ciod>`, `/modules/<module>`,
        `/modules/<module>/<tag>`, `/attributes/<keyword>`, `/uids/<uid>`, `/context-groups/<cid>`,
        `/codes/<scheme>/<code>`, `/templates/<tid>`, `/parts/<part>`, `/parts/<part>/<section>`,
        `/sections/<number>` and so on, as the newer edition calls it, or as the older one does if
        the newer has lost it.

    Raises
    ------
    UnknownPath
        Neither edition has the subject, or it cannot be compared.
    """
    sides = Sides(Side(*reader.of(older)), Side(*reader.of(newer)))
    words = [word for word in subject.split("/") if word]
    if sides.before == sides.after:
        return _same(sides)
    if not words:
        return _whole(sides)
    found = _of_list(sides, words) or next(
        filter(None, (_found(sides, spelled) for spelled in _spellings(sides, words))), None
    )
    if found is None:
        raise _unknown(sides, words)
    return _diff(sides, with_way_out(sides, words, found))


def _same(sides: Sides) -> EditionDiff:
    edition = sides.after.edition
    return EditionDiff(
        path=f"/editions/{edition}..{edition}",
        edition=edition,
        title=f"{edition} to {edition}",
        older=edition,
        newer=edition,
        subject=None,
        notes=(f"Both are edition {edition}: choose two editions to compare.",),
    )


def _spellings(sides: Sides, words: list[str]) -> list[list[str]]:
    """The words as they are, and as each edition spells such a path."""
    after, before = (respelled(*side, words) for side in reversed(sides))
    return [words, after, before]


def _whole(sides: Sides) -> EditionDiff:
    summary: list[KindChanges] = []
    fields: dict[str, tuple[Change, ...]] = {}
    notes: list[str] = []
    for listed in LISTED:
        counted, fields[listed.kind] = kind_changes(sides, listed)
        summary.append(counted)
        notes += partial_notes(sides, listed)
    parts = part_changes(sides)
    lacks = any(counted.not_compared for counted in summary)
    return EditionDiff(
        path=f"/editions/{sides.before.edition}..{sides.after.edition}",
        edition=sides.after.edition,
        title=f"What changed from {sides.before.edition} to {sides.after.edition}",
        older=sides.before.edition,
        newer=sides.after.edition,
        subject=None,
        notes=(*notes, *part_notes(sides), *([WHOLE] * lacks), *_notes(sides), SPELLING),
        is_compared=bool(parts) or not all(counted.not_compared for counted in summary),
        summary=tuple(summary),
        parts=parts,
        **fields,  # type: ignore[arg-type]
    )


def _diff(sides: Sides, found: Found) -> EditionDiff:
    older, newer, subject = sides.before.edition, sides.after.edition, found.subject
    return EditionDiff(
        path=f"/editions/{older}..{newer}{subject.path}",
        edition=newer,
        title=f"{subject.title}: {older} to {newer}",
        older=older,
        newer=newer,
        subject=subject,
        notes=found.notes,
        is_compared=bool(found.fields),
        **found.fields,  # type: ignore[arg-type]
    )


def _of_list(sides: Sides, words: list[str]) -> Found | None:
    """One list of the whole comparison."""
    path = "/" + "/".join(words)
    if path in ("/parts", "/sections"):
        about = (*part_notes(sides), SPELLING)
        parts = part_changes(sides)
        return Found(Link("/parts", "Text"), about, {"parts": parts} if parts else {})
    listed = next((each for each in LISTED if each.path == path), None)
    if listed is None:
        return None
    counted, changes = kind_changes(sides, listed)
    notes = partial_notes(sides, listed)
    subject = Link(path, counted.title)
    if counted.not_compared:
        return Found(subject, (sentence(counted.not_compared), *notes), {})
    notes += [*_notes(sides, listed.path), SPELLING]
    return Found(subject, tuple(notes), {listed.kind: changes})


def _found(sides: Sides, words: list[str]) -> Found | None:
    """The comparison of one thing; None where neither edition has it."""
    match words:
        case ["ciods", ciod]:
            return of_ciod(sides, ciod)
        case ["ciods", _, module, *tags]:
            return _found(sides, ["modules", module, *tags])
        case ["modules" | "macros" as what, id_]:
            return of_table(sides, f"/{what}/{id_}")
        case ["modules" | "macros" as what, id_, *tags]:
            return of_attribute(sides, f"/{what}/{id_}", tags)
        case ["attributes", word]:
            return of_term(sides, word)
        case ["parts", part]:
            return of_part(sides, part)
        case ["parts", part, section] if part.isdecimal():
            numbers = section_numbers(int(part), section)
            return next(filter(None, (_of_section(sides, number) for number in numbers)), None)
        case ["sections", number]:
            return _of_section(sides, number)
    return _registered(sides, words)


def _registered(sides: Sides, words: list[str]) -> Found | None:
    """The comparison of one thing that has a number or a code."""
    match words:
        case ["uids" | "sop-classes" | "transfer-syntaxes", uid]:
            return of_uid(sides, uid)
        case ["context-groups", cid]:
            return of_group(sides, cid)
        case ["codes", scheme, *value] if value:
            return of_code(sides, scheme, "/".join(value))
        case ["templates", tid]:
            return of_template(sides, tid)
    return None


def _of_section(sides: Sides, number: str) -> Found | None:
    """A section; that of a context group or a template is compared as such."""
    for prefix, of in (("PS3.16-CID_", of_group), ("PS3.16-TID_", of_template)):
        if number.startswith(prefix) and (found := of(sides, number.removeprefix(prefix))):
            return found
    return of_section(sides, number)


def _notes(sides: Sides, within: str = "/") -> list[str]:
    """What the source of each edition leaves out, and whose dictionary it has."""
    found = []
    for reader, edition in sides:
        notes = [note] if (note := reader.notes[edition]) else []
        dictionary = reader.dictionaries[edition]
        if dictionary not in ("", edition) and dictionary not in "".join(notes):
            notes.append(f"Its dictionary is that of {dictionary}.")
        uncovered = reader.rows("SELECT path FROM not_covered WHERE edition = ?", edition)
        if paths := [path for (path,) in uncovered if path.startswith(within)]:
            notes.append(f"Not in its source: {', '.join(paths)}.")
        found += [f"{edition}: {note}" for note in notes]
    return found


def _unknown(sides: Sides, words: list[str]) -> UnknownPath:
    path = "/" + "/".join(words)
    older, newer = sides.before.edition, sides.after.edition
    reader, edition = sides.after
    part = part_of(words)
    lacks = [lack for side in sides if part and (lack := missing(*side, part))]
    why = f"{path} is not here; it would be in {part.name}: {'; '.join(lacks)}" if part else ""
    return UnknownPath(
        why
        if lacks
        else f"there is no {path} to compare in {older} and {newer}: compare {LISTS}; or one "
        f"thing, as {ONE}",
        path=path,
        edition=edition,
        nearest=[
            {"path": hit.path, "title": hit.title, "editions": list(hit.editions)}
            for hit in nearest_pages(reader, edition, words)
        ],
    )
