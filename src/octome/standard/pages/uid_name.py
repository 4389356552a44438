"""The name of a UID."""

from __future__ import annotations

from octome.standard.pages.reader import Reader


def name_or_class(name: str | None, ciod: str | None, classes: int, uid: str) -> str:
    """A UID's registered name.

    A SOP Class newer than the registry has the name of what it stores, if no other stores that.

    Parameters
    ----------
    name : str, optional
        That of the registry.
    ciod : str, optional
        The name of the CIOD that it stores.
    classes : int
        How many SOP Classes store that CIOD.
    uid : str
        Returned if there is no name.

    Examples
    --------
    >>> name_or_class(None, "Frog Image", 1, "1.2.3"), name_or_class(None, "Frog Image", 2, "1.2.3")
    ('Frog Image Storage', '1.2.3')
    """
    return name or (f"{ciod} Storage" if ciod and classes == 1 else uid)


def uid_name(reader: Reader, edition: str, uid: str) -> str:
    """The name of a UID; empty if neither the registry nor the edition has it."""
    registered = reader.row("SELECT name FROM uid WHERE uid = ?", uid)
    stored = reader.row(
        "SELECT c.name, (SELECT count(*) FROM sop_class WHERE edition = s.edition AND "
        "ciod = s.ciod) FROM sop_class s LEFT JOIN ciod c ON c.edition = s.edition "
        "AND c.id = s.ciod WHERE s.edition = ? AND s.uid = ?",
        edition,
        uid,
    )
    if not registered and not stored:
        return ""
    ciod, classes = stored or (None, 0)
    return name_or_class(registered[0] if registered else None, ciod, classes, uid)
