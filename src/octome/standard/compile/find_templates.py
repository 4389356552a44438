"""The templates that a search can find."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from octome.standard.compile.doc import Doc, editions_of, texts_of


def templates(
    db: sqlite3.Connection, words: Mapping[int, str], newest_first: Sequence[str]
) -> Iterator[Doc]:
    """The templates; the body of each is its description, its concepts' names, and its notes."""
    having = editions_of(db, "template", "tid", newest_first)
    for edition in newest_first:
        concepts: dict[str, dict[int, None]] = defaultdict(dict)
        for tid, concept in db.execute(
            "SELECT tid, concept FROM template_row WHERE edition = ? AND concept IS NOT NULL",
            [edition],
        ):
            concepts[tid][concept] = None
        for tid, name, text, notes, rows in db.execute(
            "SELECT t.tid, t.name, t.text, t.notes, count(r.tid) FROM template t "
            "LEFT JOIN template_row r ON r.edition = t.edition AND r.tid = t.tid "
            "WHERE t.edition = ? GROUP BY t.tid",
            [edition],
        ):
            texts = (*texts_of(text), *concepts[tid], *texts_of(notes))
            yield Doc(
                "template",
                f"/templates/{tid}",
                name,
                f"TID {tid}, {rows} rows",
                weight=2,
                keys=(f"tid:{tid.lower()}",),
                editions=having[tid],
                alias=f"TID {tid} TID{tid} template",
                body=" ".join(words[each] for each in texts),
                texts=texts,
            )
