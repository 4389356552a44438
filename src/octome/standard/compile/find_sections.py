"""The sections that a search can find."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping

from octome.standard.compile.doc import Doc
from octome.standard.compile.find_keys import keys_of_section

# Texts with tables whose rows have pages of their own: attributes and UIDs.
LISTING = (
    "SELECT DISTINCT text FROM block WHERE kind = 'heading cell' AND words IN ('Tag', 'UID Value')"
)


def sections(db: sqlite3.Connection, words: Mapping[int, str]) -> Iterator[Doc]:
    """The sections, by their titles and what they state outside of tables of attributes."""
    listing = {text for (text,) in db.execute(LISTING)}
    for number, title, text in db.execute(
        "SELECT s.number, s.title, s.text FROM section s JOIN edition e ON e.id = s.edition "
        "ORDER BY e.position DESC, s.position"
    ):
        yield Doc(
            "section",
            f"/sections/{number}",
            title,
            number,
            weight=1,
            keys=keys_of_section(number),
            alias=number,
            body=_without_cells(db, text) if text in listing else words[text],
            texts=(text,),
        )


def _without_cells(db: sqlite3.Connection, text: int) -> str:
    """The words of a text outside of its tables: a list of attributes would match any query."""
    kept = []
    table = None  # the depth of the table that contains the next blocks
    for depth, kind, words in db.execute(
        "SELECT depth, kind, words FROM block WHERE text = ? ORDER BY position", [text]
    ):
        if table is not None and depth > table:
            continue
        table = depth if kind == "table" else None
        kept.append(words)
    return " ".join(kept)
