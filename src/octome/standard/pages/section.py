"""`/sections` and `/sections/<number>`."""

from __future__ import annotations

from typing import NamedTuple

from octome.standard.model.page import Link
from octome.standard.model.section import (
    Citation,
    CitingKind,
    SectionIndex,
    SectionPage,
    SectionText,
)
from octome.standard.pages.reader import Reader

KIND_OF_ROOT: dict[str, CitingKind] = {
    "modules": "module",
    "macros": "macro",
    "sections": "section",
    "templates": "template",
}


class StoredSection(NamedTuple):
    """A section in the store, without its text."""

    number: str
    title: str
    text: int
    url: str


def stored_section(reader: Reader, edition: str, number: str) -> StoredSection | None:
    """A section as in the edition's text, or else in the newest other edition that has it."""
    found = reader.row(
        "SELECT s.number, s.title, s.text, s.url FROM section s JOIN edition e ON e.id = s.edition "
        "WHERE s.number = ? ORDER BY s.edition = ? DESC, e.position DESC",
        number,
        reader.text_edition(edition),
    )
    return StoredSection(*found) if found else None


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


def section_index(reader: Reader, edition: str) -> SectionIndex:
    """The sections that have text, in the order of their numbers."""
    return SectionIndex(
        path="/sections",
        edition=edition,
        title="Sections",
        sections=tuple(
            Link(f"/sections/{number}", f"{number} {title}")
            for number, title in reader.rows(
                "SELECT number, title FROM section WHERE edition = ? ORDER BY position",
                reader.text_edition(edition),
            )
        ),
    )


def section_page(reader: Reader, edition: str, number: str) -> SectionPage | None:
    """One section; None where no edition has its text."""
    section = section_text(reader, edition, number)
    if section is None:
        return None
    parents = [number.rsplit(".", cut)[0] for cut in range(1, number.count(".") + 1)]
    around = reader.rows(
        "SELECT number, title FROM section WHERE edition = ? "
        f"AND (number IN ({', '.join('?' * len(parents))}) OR number GLOB ?) ORDER BY position",
        section.text.edition,
        *parents,
        f"{number}.*",
    )
    template = reader.row(
        "SELECT tid, name FROM template WHERE edition = ? AND 'PS3.16-TID_' || tid = ?",
        section.text.edition,
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
        cited_by=citations(reader, edition, section.path),
        around=tuple(Link(f"/sections/{near}", f"{near} {title}") for near, title in around),
    )


def citations(reader: Reader, edition: str, target: str) -> tuple[Citation, ...]:
    """What refers to a page: modules, macros, templates and sections."""
    found = []
    for source, places, path, table, template, section in reader.rows(
        "SELECT c.source, c.places, c.path, t.name, m.name, "
        "(SELECT title FROM section WHERE edition = ? AND '/sections/' || number = c.source) "
        "FROM citation c "
        "LEFT JOIN attribute_table t ON t.edition = c.edition AND t.path = c.source "
        "LEFT JOIN template m ON m.edition = c.edition AND '/templates/' || m.tid = c.source "
        "WHERE c.edition = ? AND c.target = ? ORDER BY t.position, m.position, c.source",
        reader.text_edition(edition),
        edition,
        target,
    ):
        last = source.rpartition("/")[2]
        title = table or (f"TID {last} {template}" if template else f"{last} {section or ''}")
        found.append(
            Citation(Link(source, title.strip()), KIND_OF_ROOT[source.split("/")[1]], places, path)
        )
    return tuple(found)
