"""What a search can find, indexed when the store is compiled."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from octome.standard.compile.doc import Doc
from octome.standard.compile.find_attributes import attributes
from octome.standard.compile.find_ciods import ciods
from octome.standard.compile.find_codes import codes, context_groups, schemes
from octome.standard.compile.find_lists import lists, parts, value_representations
from octome.standard.compile.find_sections import sections
from octome.standard.compile.find_tables import tables
from octome.standard.compile.find_templates import templates
from octome.standard.compile.find_uids import uids

LONGEST_LINE = 400  # characters that are kept of the first line
WORD = re.compile(r"[^\W_]+")


def index_for_search(
    db: sqlite3.Connection, words: Mapping[int, str], editions: Sequence[str]
) -> None:
    """Fill `doc`, the full-text indices and the list of words.

    Parameters
    ----------
    db : Connection
        The store, with everything else in it.
    words : mapping
        Each text without its markup, by number.
    editions : sequence of str
        The oldest first.
    """
    # Numbered by weight, so that a search takes the weightiest without reading the others.
    docs = sorted(_docs(db, words, editions), key=lambda doc: -doc.weight)
    vocabulary: Counter[str] = Counter()
    names = []
    for number, doc in enumerate(docs, 1):
        if not doc.by_name:
            continue
        # "patients name" finds "Patient's Name".
        bare = doc.title.replace("'", "")
        names.append((number, doc.title, f"{doc.alias} {bare}" if bare != doc.title else doc.alias))
        vocabulary.update(word.lower() for word in WORD.findall(f"{doc.title} {doc.alias}"))
    # First: what the indices leave free in the file when they are optimized is used again.
    db.executemany("INSERT INTO name_index (rowid, title, alias) VALUES (?, ?, ?)", names)
    db.executemany(
        "INSERT INTO text_index (rowid, body) VALUES (?, ?)",
        ((number, doc.body) for number, doc in enumerate(docs, 1)),
    )
    db.execute("INSERT INTO name_index (name_index) VALUES ('optimize')")
    db.execute("INSERT INTO text_index (text_index) VALUES ('optimize')")
    db.executemany(
        "INSERT INTO doc VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '')",
        (doc.row(number) for number, doc in enumerate(docs, 1)),
    )
    db.execute(
        "UPDATE doc SET line = coalesce((SELECT substr(words, 1, ?) FROM block "
        "WHERE text = CAST(texts AS INTEGER) AND position = 0), '') WHERE texts <> ''",
        [LONGEST_LINE],
    )
    db.executemany(
        "INSERT OR IGNORE INTO doc_key VALUES (?, ?)",
        ((key, number) for number, doc in enumerate(docs, 1) for key in doc.keys),
    )
    db.executemany(
        "INSERT INTO word VALUES (?, ?)", ((w, n) for w, n in vocabulary.items() if len(w) > 2)
    )


def _docs(
    db: sqlite3.Connection, words: Mapping[int, str], editions: Sequence[str]
) -> Iterator[Doc]:
    """Every doc; of the same thing in several editions only the newest edition's."""
    newest_first = list(reversed(editions))
    seen: set[tuple[str, str]] = set()
    for doc in (
        *ciods(db, words, newest_first),
        *tables(db, words, newest_first),
        *attributes(db, words, newest_first),
        *sections(db, words),
        *uids(db, newest_first[0]),
        *context_groups(db),
        *templates(db, words, newest_first),
        *codes(db, words),
        *schemes(db),
        *lists(),
        *parts(),
        *value_representations(),
    ):
        if (doc.kind, doc.path) not in seen:
            seen.add((doc.kind, doc.path))
            yield doc
