"""`/sections` and `/sections/<number>`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from octome.standard.model.page import Link
from octome.standard.model.section import (
    Citation,
    CitingKind,
    SectionPage,
    SectionText,
)
from octome.standard.pages.history import history_of_section
from octome.standard.pages.reader import Reader
from octome.standard.pages.stored_section import stored_section
from octome.standard.pages.table import users

KIND_OF_ROOT: dict[str, CitingKind] = {
    "modules": "module",
    "macros": "macro",
    "sections": "section",
    "templates": "template",
}


def section_text(reader: Reader, edition: str, number: str) -> SectionText | None:
    """A section with its text."""
    found = stored_section(reader, edition, number)
    if found is None:
        return None
    number, title, text, url = found
    whole = reader.text(text)
    if whole is None:
        return None
    return SectionText(
        number=number, title=title, path=f"/sections/{number}", text=whole, standard_url=url
    )


def section_page(reader: Reader, edition: str, number: str) -> SectionPage | None:
    """One section; None where no edition has its text."""
    section = section_text(reader, edition, number)
    if section is None:
        return None
    edition_of_text = section.text.edition
    order = reader.rows(
        "SELECT number, title FROM section WHERE edition = ? ORDER BY position", edition_of_text
    )
    place = next((at for at, (other, _) in enumerate(order) if other == number), None)
    template = reader.row(
        "SELECT tid, name FROM template WHERE edition = ? AND 'PS3.16-TID_' || tid = ?",
        edition_of_text,
        number,
    )
    return SectionPage(
        path=section.path,
        edition=edition,
        title=section.title,
        section=section,
        template=Link(f"/templates/{template[0]}", f"TID {' '.join(template)}")
        if template
        else None,
        history=history_of_section(reader, number),
        cited_by=citations(reader, edition, section.path),
        above=tuple(link(*other) for other in order if is_within(number, other[0])),
        before=neighbour(order, place, -1),
        after=neighbour(order, place, 1),
        below=nearest_below(number, order),
    )


def link(number: str, title: str) -> Link:
    """A section as a link."""
    return Link(f"/sections/{number}", f"{number} {title}")


def is_within(number: str, outer: str) -> bool:
    """Whether a section is somewhere within another one.

    >>> is_within("C.7.6.1", "C.7"), is_within("C.7.6.1", "C.7.6.1"), is_within("C.10", "C.1")
    (True, False, False)
    """
    return number.startswith(f"{outer}.")


def neighbour(order: Sequence[tuple[str, str]], place: int | None, step: int) -> Link | None:
    """The section before or after a place in the order of reading, in the same part."""
    if place is None or not 0 <= place + step < len(order):
        return None
    part = order[place][0].rpartition("-")[0]
    near = order[place + step]
    return link(*near) if near[0].rpartition("-")[0] == part else None


def nearest_below(number: str, order: Sequence[tuple[str, str]]) -> tuple[Link, ...]:
    """The sections within one that are within none of the others."""
    found: list[tuple[str, str]] = []
    for other in order:
        if is_within(other[0], number) and not (found and is_within(other[0], found[-1][0])):
            found.append(other)
    return tuple(link(*other) for other in found)


def citations(reader: Reader, edition: str, target: str) -> tuple[Citation, ...]:
    """References to a page: modules, macros, templates and sections.

    Of tables with one name each has the CIOD that alone uses it behind its own.
    """
    found = []
    rows = reader.rows(
        "SELECT c.source, c.places, c.path, t.name, m.name, "
        "(SELECT title FROM section WHERE edition = ? AND c.source LIKE '/sections/%' "
        "AND number = substr(c.source, 11)) "
        "FROM citation c "
        "LEFT JOIN attribute_table t ON t.edition = c.edition AND t.path = c.source "
        "LEFT JOIN template m ON m.edition = c.edition AND c.source LIKE '/templates/%' "
        "AND m.tid = substr(c.source, 12) "
        "WHERE c.edition = ? AND c.target = ? AND c.source <> c.target "
        "ORDER BY t.position, m.position, c.source",
        reader.text_edition(edition),
        edition,
        target,
    )
    times = Counter(table for _, _, _, table, _, _ in rows)
    alike = [source for source, _, _, table, _, _ in rows if table and times[table] > 1]
    using = users(reader, edition, alike) if alike else {}
    for source, places, path, table, template, section in rows:
        last = source.rpartition("/")[2]
        title = table or (f"TID {last} {template}" if template else f"{last} {section or ''}")
        ciods = using.get(source, [])
        if len(ciods) == 1:
            title = f"{title} of {ciods[0].ciod.title}"
        found.append(
            Citation(Link(source, title.strip()), KIND_OF_ROOT[source.split("/")[1]], places, path)
        )
    return tuple(found)
