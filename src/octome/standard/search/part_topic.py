"""Topics of parts that are not here: where they would be, and how to get that part."""

from __future__ import annotations

from octome.standard.pages.part import missing
from octome.standard.pages.reader import Reader
from octome.standard.part_list import parts_about
from octome.standard.search.rows import Row, by_key


def parts_not_here(reader: Reader, edition: str, query: str) -> tuple[list[str], list[Row]]:
    """For each part that would have what a query is about: a note, and the part itself."""
    notes: list[str] = []
    parts: list[Row] = []
    for part in parts_about(query):
        if lack := missing(reader, edition, part):
            notes.append(f"“{query}” is a topic of {part.name}: {lack}.")
            parts += by_key(reader, f"part:{part.number}")[:1]
    return notes, parts
