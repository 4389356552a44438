"""`/uids`, `/sop-classes`, `/transfer-syntaxes` and `/uids/<uid>`."""

from __future__ import annotations

from octome.standard.model import Link, UidEntry, UidIndex, UidPage
from octome.standard.pages.reader import Reader

TITLES = {
    "uids": "Unique identifiers",
    "sop-classes": "SOP classes",
    "transfer-syntaxes": "Transfer syntaxes",
}
TYPES = {"uids": "%", "sop-classes": "%SOP Class", "transfer-syntaxes": "Transfer Syntax"}
QUERY = (
    "SELECT coalesce(u.uid, s.uid), u.name, coalesce(u.type, 'SOP Class'), u.info, u.keyword, "
    "u.is_retired, c.id, c.name FROM {} "
    "LEFT JOIN ciod c ON c.edition = s.edition AND c.id = s.ciod "
)


def _entry(row: tuple[str, ...]) -> UidEntry:
    uid, name, type_, info, keyword, retired, ciod, ciod_name = row
    link = Link(f"/ciods/{ciod}", ciod_name) if ciod else None
    # A class newer than the registry has the name of what it stores.
    name = name or (f"{ciod_name} Storage" if ciod_name else uid)
    return UidEntry(
        uid, name, type_, info or "", keyword or "", bool(retired), f"/uids/{uid}", link
    )


def uid_index(reader: Reader, edition: str, which: str) -> UidIndex:
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
    return UidIndex(f"/{which}", edition, TITLES[which], tuple(_entry(row) for row in rows))


def uid_page(reader: Reader, edition: str, uid: str) -> UidPage | None:
    """One UID; None where neither the registry nor an edition has it."""
    row = reader.row(
        QUERY.format("uid u LEFT JOIN sop_class s ON s.edition = ? AND s.uid = u.uid")
        + "WHERE u.uid = ?",
        edition,
        uid,
    ) or reader.row(
        QUERY.format("sop_class s LEFT JOIN uid u ON u.uid = s.uid")
        + "WHERE s.edition = ? AND s.uid = ?",
        edition,
        uid,
    )
    if row is None:
        return None
    entry = _entry(row)
    return UidPage(entry.path, edition, entry.name, entry)
