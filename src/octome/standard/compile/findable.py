"""What a search can find, indexed when the store is compiled."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from octome.standard.compile.doc import Doc
from octome.standard.compile.find_codes import codes, context_groups
from octome.standard.compile.find_keys import (
    keys_of_ciod,
    keys_of_tables,
    keys_of_values,
    short_names_of,
)
from octome.standard.compile.find_sections import sections
from octome.standard.edition import edition_key
from octome.standard.model.value_representation import CONTENTS, VALUE_REPRESENTATIONS
from octome.standard.part_list import PARTS
from octome.standard.search.short_names import ATTRIBUTES, CIODS

PROTECTING = (
    "de-identification deidentification deidentify anonymization anonymisation anonymize privacy "
    "confidentiality profile basic profile options Table E.1-1 retain UIDs device identity "
    "institution identity patient characteristics longitudinal temporal information full dates "
    "modified dates removed safe private clean descriptors structured content graphics pixel data "
    "recognizable visual features"
)
# Source of the parts: PS3.1, section 6.
LISTS = [
    ("/ciods", "CIODs", 3, "IODs information object definitions"),
    ("/modules", "Modules", 3, ""),
    ("/macros", "Macros", 3, ""),
    ("/attributes", "Attributes", 6, "data dictionary elements tags value representation VR"),
    ("/sections", "Sections", 3, ""),
    ("/uids", "UIDs", 6, "unique identifiers registry"),
    ("/sop-classes", "SOP Classes", 4, "services"),
    ("/transfer-syntaxes", "Transfer Syntaxes", 5, "encoding"),
    ("/confidentiality", "Confidentiality profiles", 15, PROTECTING),
    ("/context-groups", "Context Groups", 16, "CIDs codes terminology DCMR"),
    ("/codes", "Codes", 16, "coding schemes SNOMED CT LOINC DCM UCUM values meanings"),
    ("/templates", "Templates", 16, "TIDs structured reports content items SR"),
]

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
        *_ciods(db, words, newest_first),
        *_tables(db, words, newest_first),
        *_attributes(db, words, newest_first),
        *sections(db, words),
        *_uids(db, newest_first[0]),
        *context_groups(db),
        *_templates(db, words, newest_first),
        *codes(db, words),
        *_lists(),
        *_parts(),
        *_value_representations(),
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
    short = short_names_of(CIODS)
    for edition in newest_first:
        stored: dict[str, list[str]] = defaultdict(list)
        for ciod, name, keyword in db.execute(
            "SELECT s.ciod, u.name, u.keyword FROM sop_class s JOIN uid u ON u.uid = s.uid "
            "WHERE s.edition = ? ORDER BY s.uid",
            [edition],
        ):
            stored[ciod].append(f"{name} {keyword}")
        for id_, name, kind, text, url in db.execute(
            "SELECT id, name, kind, text, url FROM ciod WHERE edition = ? ORDER BY position",
            [edition],
        ):
            yield Doc(
                "CIOD",
                f"/ciods/{id_}",
                name,
                kind,
                weight=5,
                keys=keys_of_ciod(id_, url or ""),
                editions=having[id_],
                alias=" ".join([*stored[id_], *short.get(id_, ())]),
                body=words.get(text, ""),
                texts=_texts(text),
            )


def _tables(
    db: sqlite3.Connection, words: Mapping[int, str], newest_first: Sequence[str]
) -> Iterator[Doc]:
    having = _editions_of(db, "attribute_table", "path", newest_first)
    keys = keys_of_tables(db)
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
                keys=tuple(keys.get(path, ())),
                editions=having[path],
                body=words.get(text, ""),
                texts=_texts(text),
            )


def _attributes(
    db: sqlite3.Connection, words: Mapping[int, str], newest_first: Sequence[str]
) -> Iterator[Doc]:
    """The attributes; the body of each is every description that it has anywhere."""
    having = _editions_of(db, "term", "tag", newest_first)
    values = keys_of_values(db)
    short = short_names_of(ATTRIBUTES)
    bodies: dict[str, dict[int, None]] = defaultdict(dict)
    for tag, text in db.execute(
        "SELECT tag, text FROM line WHERE text IS NOT NULL AND place IS NULL "
        "GROUP BY tag, text ORDER BY count(*) DESC"
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
                weight=1 + min(tables.get(tag, 0), 50) / 25 - 5 * bool(retired),
                keys=(f"tag:{tag}", f"name:{keyword.casefold()}", *values.get(tag, ())),
                editions=having[tag],
                alias=" ".join([keyword, *short.get(keyword, ())]),
                body=" ".join(words.get(text, "") for text in bodies[tag]),
                texts=tuple(bodies[tag]),
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
        "SELECT uid, name, type, info, keyword FROM uid UNION ALL "
        # Classes newer than the registry have the name of what they store, if no other stores that.
        "SELECT s.uid, CASE (SELECT count(*) FROM sop_class o WHERE o.edition = s.edition "
        "AND o.ciod = s.ciod) WHEN 1 THEN c.name || ' Storage' ELSE s.uid END, "
        "'SOP Class', '', '' FROM sop_class s "
        "JOIN ciod c ON c.edition = s.edition AND c.id = s.ciod "
        "WHERE s.edition = ? AND s.uid NOT IN (SELECT uid FROM uid)",
        [current],
    ):
        kind = {"SOP Class": "SOP class", "Transfer Syntax": "transfer syntax"}.get(type_, "uid")
        detail = f"{uid} · {ciod_of_uid[uid]}" if uid in ciod_of_uid else uid
        yield Doc(
            kind,
            f"/uids/{uid}",
            name,
            detail,
            weight=2,
            keys=(f"uid:{uid}", f"name:{keyword.casefold()}") if keyword else (f"uid:{uid}",),
            alias=keyword,
            body=info,
        )


def _templates(
    db: sqlite3.Connection, words: Mapping[int, str], newest_first: Sequence[str]
) -> Iterator[Doc]:
    """The templates; the body of each is its description, its concepts' names, and its notes."""
    having = _editions_of(db, "template", "tid", newest_first)
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
            texts = (*_texts(text), *concepts[tid], *_texts(notes))
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


def _lists() -> Iterator[Doc]:
    """The pages that list all of a kind, also found by the part of the Standard they are from."""
    for path, title, part, alias in LISTS:
        keys = [f"part:{part}"]
        if path == "/confidentiality":
            keys.append("table:e.1-1")
        yield Doc("list", path, title, f"PS3.{part}", weight=4, keys=tuple(keys), alias=alias)


def _parts() -> Iterator[Doc]:
    """The parts of the Standard, whether or not their text is here."""
    for part in PARTS.values():
        yield Doc(
            "part",
            f"/parts/{part.number}",
            part.title,
            f"PS3.{part.number}",
            weight=6 - 2 * part.is_retired,
            keys=(f"part:{part.number}",),
            alias=f"PS3.{part.number} part",
            body=part.about,
        )


def _value_representations() -> Iterator[Doc]:
    """The value representations, each with the attributes that have it."""
    for vr, name in VALUE_REPRESENTATIONS.items():
        low = vr.lower()
        yield Doc(
            "value representation",
            f"/attributes/{vr}",
            name,
            vr,
            weight=0.5,
            keys=(f"name:{low}", f"name:vr{low}", f"name:{low}vr"),
            alias=f"{vr} VR value representation format length max maximum",
            body=CONTENTS[vr],
        )


def _texts(text: int | None) -> tuple[int, ...]:
    return () if text is None else (text,)
