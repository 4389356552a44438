"""`/uids`, `/sop-classes`, `/transfer-syntaxes` and `/uids/<uid>`."""

from __future__ import annotations

import re
from typing import Any

from octome.standard.model.page import Link
from octome.standard.model.uid import UidEntry, UidIndex, UidList, UidPage
from octome.standard.pages.reader import Reader
from octome.standard.pages.uid_name import name_or_class

TITLES: dict[UidList, str] = {
    "uids": "Unique identifiers",
    "sop-classes": "SOP classes",
    "transfer-syntaxes": "Transfer syntaxes",
}
# What the type of a UID is like, as SQL compares.
TYPES: dict[UidList, str] = {
    "uids": "%",
    "sop-classes": "%SOP Class",
    "transfer-syntaxes": "Transfer Syntax",
}
# What UIDs of each type stand for, in our words.
MEANINGS = {
    "Application Context Name": "Which rules an association follows.",
    "Application Hosting Model": "How a hosted application is described to its host.",
    "Coding Scheme": "Where codes come from.",
    "DICOM UIDs as a Coding Scheme": "Makes every UID of the registry a code.",
    "LDAP OID": "An attribute or an object class of device configurations in LDAP.",
    "Mapping Resource": "A collection of context groups and templates.",
    "Meta SOP Class": "Several SOP classes that are negotiated as one.",
    "SOP Class": "What applications exchange: a kind of object, and the service that acts on it.",
    "Service Class": "Several related services.",
    "Synchronization Frame of Reference": "A clock that instances share.",
    "Transfer Syntax": (
        "How data sets are encoded: the order of bytes, whether value representations are "
        "written, and how pixel data is compressed."
    ),
    "Well-known SOP Instance": "An instance that every application knows, without exchanging it.",
    "Well-known frame of reference": "A coordinate system that is the same for everybody.",
}
QUERY = (
    "SELECT coalesce(u.uid, s.uid), u.name, coalesce(u.type, 'SOP Class'), u.info, u.keyword, "
    "u.is_retired, c.id, c.name, "
    "(SELECT count(*) FROM sop_class WHERE edition = s.edition AND ciod = s.ciod) FROM {} "
    "LEFT JOIN ciod c ON c.edition = s.edition AND c.id = s.ciod "
)


def _entry(row: tuple[Any, ...]) -> UidEntry:
    uid, name, type_, info, keyword, retired, ciod, ciod_name, classes = row
    link = Link(f"/ciods/{ciod}", ciod_name) if ciod else None
    return UidEntry(
        uid=uid,
        name=name_or_class(name, ciod_name, classes, uid),
        type=type_,
        info=info or "",
        keyword=keyword or "",
        is_retired=bool(retired),
        path=f"/uids/{uid}",
        ciod=link,
    )


def uid_index(reader: Reader, edition: str, which: UidList) -> UidIndex:
    """The UIDs of one kind, in the registry's order; SOP classes newer than it at the end."""
    rows = reader.rows(
        QUERY.format("uid u LEFT JOIN sop_class s ON s.edition = ? AND s.uid = u.uid")
        + "WHERE u.type LIKE ? ORDER BY u.position",
        edition,
        TYPES[which],
    )
    if which != "transfer-syntaxes":
        rows += reader.rows(
            QUERY.format("sop_class s LEFT JOIN uid u ON u.uid = s.uid")
            + "WHERE s.edition = ? AND u.uid IS NULL ORDER BY s.uid",
            edition,
        )
    return UidIndex(
        path=f"/{which}",
        edition=edition,
        title=TITLES[which],
        registry=reader.meta("uids"),
        uids=tuple(_entry(row) for row in rows),
    )


def uid_page(reader: Reader, edition: str, uid: str) -> UidPage | None:
    """One UID; None where neither the registry nor an edition has it."""
    registered = reader.row(
        QUERY.format("uid u LEFT JOIN sop_class s ON s.edition = ? AND s.uid = u.uid")
        + "WHERE u.uid = ?",
        edition,
        uid,
    )
    row = registered or reader.row(
        QUERY.format("sop_class s LEFT JOIN uid u ON u.uid = s.uid")
        + "WHERE s.edition = ? AND s.uid = ?",
        edition,
        uid,
    )
    if row is None:
        return None
    entry = _entry(row)
    return UidPage(
        path=entry.path,
        edition=edition,
        title=entry.name,
        registry=reader.meta("uids") if registered else "",
        entry=entry,
        meaning=MEANINGS.get(entry.type, ""),
        named_in=named_in(reader, edition, uid),
    )


def named_in(reader: Reader, edition: str, uid: str) -> tuple[Link, ...]:
    """The sections of PS3.4 and PS3.5 that name a UID, and not only a longer one."""
    whole = re.compile(rf"(?<![\d.]){re.escape(uid)}(?!\.?\d)")
    rows = reader.rows(
        "SELECT s.number, s.title, b.words FROM section s JOIN block b ON b.text = s.text "
        "WHERE s.edition = ? AND (s.number GLOB 'PS3.4-*' OR s.number GLOB 'PS3.5-*') "
        "AND instr(b.words, ?) ORDER BY s.position",
        reader.text_edition(edition),
        uid,
    )
    return tuple(
        dict.fromkeys(
            Link(f"/sections/{number}", f"{number} {title}")
            for number, title, words in rows
            if whole.search(words)
        )
    )
