"""What a search can find, indexed when the store is compiled."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from octome.standard.edition import edition_key

WORD = re.compile(r"[^\W_]+")


class Doc(NamedTuple):
    """One thing to find.

    `key` is what it is found by besides words: tag, UID, section or CID number. `weight` is how
    near the front it comes, all else equal. `editions` as in the schema. Only the index holds
    `alias`, other names, and `body`, the text.
    """

    kind: str
    path: str
    title: str
    detail: str
    weight: float
    key: str = ""
    editions: str = ""
    alias: str = ""
    body: str = ""

    def row(self, number: int) -> tuple[object, ...]:
        """The row of the table `doc`."""
        named = (number, self.kind, self.path, self.title, self.detail, self.key)
        return (*named, self.title.casefold(), self.weight, self.editions)


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
    docs = list(_docs(db, words, editions))
    vocabulary: Counter[str] = Counter()
    names = []
    for number, doc in enumerate(docs, 1):
        # "patients name" finds "Patient's Name".
        bare = doc.title.replace("'", "")
        names.append((number, doc.title, f"{doc.alias} {bare}" if bare != doc.title else doc.alias))
        vocabulary.update(word.lower() for word in WORD.findall(f"{doc.title} {doc.alias}"))
    db.executemany(
        "INSERT INTO doc VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (doc.row(number) for number, doc in enumerate(docs, 1)),
    )
    db.executemany("INSERT INTO name_index (rowid, title, alias) VALUES (?, ?, ?)", names)
    db.executemany(
        "INSERT INTO text_index (rowid, body) VALUES (?, ?)",
        ((number, doc.body) for number, doc in enumerate(docs, 1)),
    )
    db.executemany(
        "INSERT INTO word VALUES (?, ?)", ((w, n) for w, n in vocabulary.items() if len(w) > 2)
    )
    db.execute("INSERT INTO name_index (name_index) VALUES ('optimize')")
    db.execute("INSERT INTO text_index (text_index) VALUES ('optimize')")


def _docs(
    db: sqlite3.Connection, words: Mapping[int, str], editions: Sequence[str]
) -> Iterator[Doc]:
    """Every doc; of the same thing in several editions only the newest edition's."""
    newest_first = list(reversed(editions))
    seen: set[tuple[str, str]] = set()
    for doc in (
        *_ciods(db, words, newest_first),
        *_tables(db, words, newest_first),
        *_attributes(db, words, newest_first),
        *_sections(db, words),
        *_uids(db, newest_first[0]),
        *_context_groups(db),
    ):
        if (doc.kind, doc.path) not in seen:
            seen.add((doc.kind, doc.path))
            yield doc


def _editions_of(
    db: sqlite3.Connection, rows: str, column: str, editions: Sequence[str]
) -> dict[str, str]:
    """Which editions have each thing, as `doc.edition` holds it: empty where all have it."""
    having: dict[str, list[str]] = defaultdict(list)
    for thing, edition in db.execute(f"SELECT DISTINCT {column}, edition FROM {rows}"):
        having[thing].append(edition)
    return {
        thing: ""
        if len(found) == len(editions)
        else f" {' '.join(sorted(found, key=edition_key))} "
        for thing, found in having.items()
    }


def _ciods(
    db: sqlite3.Connection, words: Mapping[int, str], newest_first: Sequence[str]
) -> Iterator[Doc]:
    having = _editions_of(db, "ciod", "id", newest_first)
    for edition in newest_first:
        stored: dict[str, list[str]] = defaultdict(list)
        for ciod, name, keyword in db.execute(
            "SELECT s.ciod, u.name, u.keyword FROM sop_class s JOIN uid u ON u.uid = s.uid "
            "WHERE s.edition = ? ORDER BY s.uid",
            [edition],
        ):
            stored[ciod].append(f"{name} {keyword}")
        for id_, name, kind, text in db.execute(
            "SELECT id, name, kind, text FROM ciod WHERE edition = ? ORDER BY position", [edition]
        ):
            yield Doc(
                "CIOD",
                f"/ciods/{id_}",
                name,
                kind,
                weight=5,
                editions=having[id_],
                alias=" ".join(stored[id_]),
                body=words.get(text, ""),
            )


def _tables(
    db: sqlite3.Connection, words: Mapping[int, str], newest_first: Sequence[str]
) -> Iterator[Doc]:
    having = _editions_of(db, "attribute_table", "path", newest_first)
    for edition in newest_first:
        for path, name, text, ciods, ciod in db.execute(
            "SELECT t.path, t.name, t.text, count(u.ciod), min(c.name) FROM attribute_table t "
            "LEFT JOIN use u ON u.edition = t.edition AND u.path = t.path "
            "LEFT JOIN ciod c ON c.edition = u.edition AND c.id = u.ciod "
            "WHERE t.edition = ? GROUP BY t.path ORDER BY t.position",
            [edition],
        ):
            yield Doc(
                "module" if path.startswith("/modules/") else "macro",
                path,
                name,
                {0: "", 1: f"in {ciod}"}.get(ciods, f"in {ciods} CIODs"),
                weight=3,
                editions=having[path],
                body=words.get(text, ""),
            )


def _attributes(
    db: sqlite3.Connection, words: Mapping[int, str], newest_first: Sequence[str]
) -> Iterator[Doc]:
    """The attributes; the body of each is every description that it has anywhere."""
    having = _editions_of(db, "term", "tag", newest_first)
    bodies: dict[str, dict[int, None]] = defaultdict(dict)
    for tag, text in db.execute(
        "SELECT DISTINCT tag, text FROM line WHERE text IS NOT NULL AND place IS NULL"
    ):
        bodies[tag][text] = None
    tables = dict(
        db.execute(
            "SELECT tag, count(DISTINCT table_path) FROM occurrence WHERE edition = ? GROUP BY tag",
            [newest_first[0]],
        )
    )
    for edition in newest_first:
        for tag, keyword, name, vr, retired in db.execute(
            "SELECT tag, keyword, name, vr, is_retired FROM term WHERE edition = ?", [edition]
        ):
            detail = f"({tag[:4].upper()},{tag[4:].upper()}) {vr}".replace("X", "x")
            if retired:
                detail += " · retired"
            elif tables.get(tag):
                detail += f" · in {tables[tag]} module" + "s" * (tables[tag] != 1)
            yield Doc(
                "attribute",
                f"/attributes/{tag}",
                name or tag,
                detail,
                # Among attributes that match alike, the much used ones are the likelier.
                weight=1 + min(tables.get(tag, 0), 50) / 25 - 2 * bool(retired),
                key=tag,
                editions=having[tag],
                alias=keyword,
                body=" ".join(words.get(text, "") for text in bodies[tag]),
            )


def _sections(db: sqlite3.Connection, words: Mapping[int, str]) -> Iterator[Doc]:
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
            key=number.lower(),
            alias=number,
            body=words[text],
        )


def _uids(db: sqlite3.Connection, current: str) -> Iterator[Doc]:
    ciod_of_uid = dict(
        db.execute(
            "SELECT s.uid, c.name FROM sop_class s "
            "JOIN ciod c ON c.edition = s.edition AND c.id = s.ciod WHERE s.edition = ?",
            [current],
        )
    )
    for uid, name, type_, info, keyword in db.execute(
        "SELECT uid, name, type, info, keyword FROM uid"
    ):
        kind = {"SOP Class": "SOP class", "Transfer Syntax": "transfer syntax"}.get(type_, "uid")
        detail = f"{uid} · {ciod_of_uid[uid]}" if uid in ciod_of_uid else uid
        yield Doc(kind, f"/uids/{uid}", name, detail, weight=2, key=uid, alias=keyword, body=info)


def _context_groups(db: sqlite3.Connection) -> Iterator[Doc]:
    codes: dict[int, list[str]] = defaultdict(list)
    for cid, value, meaning in db.execute("SELECT cid, value, meaning FROM code"):
        codes[cid].append(f"{value} {meaning}")
    for cid, name in db.execute("SELECT cid, name FROM context_group"):
        yield Doc(
            "context group",
            f"/context-groups/{cid}",
            name,
            f"CID {cid}, {len(codes[cid])} codes",
            weight=1,
            key=str(cid),
            alias=f"CID {cid} CID{cid}",
            body=" ".join(codes[cid]),
        )
