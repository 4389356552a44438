"""Sections in the store: which there are, without their text."""

from __future__ import annotations

from typing import NamedTuple

from octome.standard.own_section import paths_of_section
from octome.standard.pages.reader import Reader
from octome.standard.pages.stored import StoredTable


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


def own_table(reader: Reader, edition: str, number: str) -> tuple[str, StoredTable] | None:
    """The first module or macro that a section consists of, and the edition that has it.

    That is the edition itself, or the one whose text it borrows.
    """
    for chosen in dict.fromkeys((edition, reader.text_edition(edition))):
        for path in paths_of_section(number):
            table = reader.table(chosen, path)
            if table is not None:
                return chosen, table
    return None


def has_section(reader: Reader, edition: str, number: str) -> bool:
    """Whether a section can be opened: its text, or the module or macro that it consists of."""
    if stored_section(reader, edition, number) is not None:
        return True
    return own_table(reader, edition, number) is not None
