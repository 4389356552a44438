"""Topics that only text is about: their section, or where it would be and how to get it."""

from __future__ import annotations

from octome.standard.pages.part import missing
from octome.standard.pages.reader import Reader
from octome.standard.part_list import parts_about
from octome.standard.search.rows import Row, by_key


def topic_rows(reader: Reader, edition: str, query: str) -> tuple[list[str], list[Row]]:
    """Of each part about what a query names: its section, or a note that it is not here."""
    notes: list[str] = []
    found: list[Row] = []
    for part, section in parts_about(query):
        here = by_key(reader, f"sec:ps3.{part.number}-{section.lower()}") if section else []
        lack = missing(reader, edition, part)
        found += here
        if lack and not here:
            at = f" {section}" if section else ""
            notes.append(f"“{query}” is a topic of PS3.{part.number}{at}, {part.title}: {lack}.")
            found += by_key(reader, f"part:{part.number}")[:1]
    return notes, found
