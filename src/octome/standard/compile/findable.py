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
    """One thing to find; the columns of `doc` after its number, then what only the index holds."""

    kind: str
    path: str
    title: str
    detail: str
    key: str
    weight: float
    editions: str
    alias: str = ""
    body: str = ""


def index_for_search(
    db: sqlite3.Connection, words: Mapping[int, str], editions: Sequence[str]
) -> None:
    """Fill `doc`, the full-text indices and the list of words; editions are given oldest first."""
    vocabulary: Counter[str] = Counter()
    docs, names, texts = [], [], []
    seen: set[tuple[str, str]] = set()
    number = 0
    for doc in _docs(db, words, editions):
        if (doc.kind, doc.path) in seen:
            continue
        seen.add((doc.kind, doc.path))
        number += 1
        docs.append(
            (
                number,
                doc.kind,
                doc.path,
                doc.title,
                doc.detail,
                doc.key,
                doc.title.casefold(),
                doc.weight,
                doc.editions,
            )
        )
        # "patients name" finds "Patient's Name".
        bare = doc.title.replace("'", "")
        names.append((number, doc.title, f"{doc.alias} {bare}" if bare != doc.title else doc.alias))
        texts.append((number, doc.body))
        vocabulary.update(word.lower() for word in WORD.findall(f"{doc.title} {doc.alias}"))
    db.executemany("INSERT INTO doc VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", docs)
    db.executemany("INSERT INTO name_index (rowid, title, alias) VALUES (?, ?, ?)", names)
    db.executemany("INSERT INTO text_index (rowid, body) VALUES (?, ?)", texts)
    db.executemany(
        "INSERT INTO word VALUES (?, ?)", ((w, n) for w, n in vocabulary.items() if len(w) > 2)
    )
    db.execute("INSERT INTO name_index (name_index) VALUES ('optimize')")
    db.execute("INSERT INTO text_index (text_index) VALUES ('optimize')")


def _docs(
    db: sqlite3.Connection, words: Mapping[int, str], editions: Sequence[str]
) -> Iterator[Doc]:
    """Every doc; of the same thing in several editions only the newest edition's is used."""

    def in_editions(rows: str, column: str) -> dict[str, str]:
        """Which editions have each thing, as the marker that `doc.edition` holds."""
        have: dict[str, list[str]] = defaultdict(list)
        for thing, edition in db.execute(f"SELECT DISTINCT {column}, edition FROM {rows}"):
            have[thing].append(edition)
        return {
            thing: ""
            if len(found) == len(editions)
            else f" {' '.join(sorted(found, key=edition_key))} "
            for thing, found in have.items()
        }

    newest_first = list(reversed(editions))
    have = in_editions("ciod", "id")
    for edition in newest_first:
        for id_, name, kind, text in db.execute(
            "SELECT id, name, kind, text FROM ciod WHERE edition = ? ORDER BY position", [edition]
        ):
            uids = db.execute(
                "SELECT u.uid, u.name, u.keyword FROM sop_class s JOIN uid u ON u.uid = s.uid "
                "WHERE s.edition = ? AND s.ciod = ?",
                [edition, id_],
            ).fetchall()
            alias = " ".join(f"{uid_name} {keyword}" for _, uid_name, keyword in uids)
            yield Doc(
                "CIOD", f"/ciods/{id_}", name, kind, "", 5, have[id_], alias, words.get(text, "")
            )
    have = in_editions("attribute_table", "path")
    for edition in newest_first:
        for path, name, text, ciods, ciod in db.execute(
            "SELECT t.path, t.name, t.text, count(u.ciod), min(c.name) FROM attribute_table t "
            "LEFT JOIN use u ON u.edition = t.edition AND u.path = t.path "
            "LEFT JOIN ciod c ON c.edition = u.edition AND c.id = u.ciod "
            "WHERE t.edition = ? GROUP BY t.path ORDER BY t.position",
            [edition],
        ):
            kind = "module" if path.startswith("/modules/") else "macro"
            detail = {0: "", 1: f"in {ciod}"}.get(ciods, f"in {ciods} CIODs")
            yield Doc(kind, path, name, detail, "", 3, have[path], "", words.get(text, ""))
    yield from _attributes(db, words, newest_first, in_editions("term", "tag"))
    for number, title, text in db.execute(
        "SELECT s.number, s.title, s.text FROM section s JOIN edition e ON e.id = s.edition "
        "ORDER BY e.position DESC, s.position"
    ):
        yield Doc(
            "section",
            f"/sections/{number}",
            title,
            number,
            number.lower(),
            1,
            "",
            number,
            words[text],
        )
    ciod_of_uid = dict(
        db.execute(
            "SELECT s.uid, c.name FROM sop_class s "
            "JOIN ciod c ON c.edition = s.edition AND c.id = s.ciod WHERE s.edition = ?",
            [newest_first[0]],
        )
    )
    for uid, name, type_, info, keyword in db.execute(
        "SELECT uid, name, type, info, keyword FROM uid"
    ):
        kind = type_.lower() if type_ in ("SOP Class", "Transfer Syntax") else "uid"
        detail = f"{uid} · {ciod_of_uid[uid]}" if uid in ciod_of_uid else uid
        yield Doc(
            kind.replace("sop", "SOP"), f"/uids/{uid}", name, detail, uid, 2, "", keyword, info
        )
    codes: dict[int, list[str]] = defaultdict(list)
    for cid, value, meaning in db.execute("SELECT cid, value, meaning FROM code"):
        codes[cid].append(f"{value} {meaning}")
    for cid, name in db.execute("SELECT cid, name FROM context_group"):
        yield Doc(
            "context group",
            f"/context-groups/{cid}",
            name,
            f"CID {cid}, {len(codes[cid])} codes",
            str(cid),
            1,
            "",
            f"CID {cid} CID{cid}",
            " ".join(codes[cid]),
        )


def _attributes(
    db: sqlite3.Connection,
    words: Mapping[int, str],
    newest_first: Sequence[str],
    have: Mapping[str, str],
) -> Iterator[Doc]:
    """The attributes; the body of each is every description that it has anywhere."""
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
            # Among attributes that match alike, the much used ones are the likelier.
            weight = 1 + min(tables.get(tag, 0), 50) / 25 - 2 * bool(retired)
            body = " ".join(words.get(text, "") for text in bodies[tag])
            yield Doc(
                "attribute",
                f"/attributes/{tag}",
                name or tag,
                detail,
                tag,
                weight,
                have[tag],
                keyword,
                body,
            )
