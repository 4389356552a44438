"""Which CIODs of two editions are the same one, even if the id differs."""

from __future__ import annotations

from octome.standard.pages.reader import Reader


def same_ciods(before: Reader, older: str, after: Reader, newer: str) -> dict[str, str]:
    """The older edition's id of each of the newer one's CIODs that it has.

    In one store, the compiler has already matched them. In two, a CIOD is the same if it has the
    same id, or else if it stores the same SOP Class.
    """
    if before is after:
        rows = after.rows(
            "SELECT n.id, o.id FROM ciod n JOIN ciod o ON o.same_as = n.same_as "
            "WHERE n.edition = ? AND o.edition = ?",
            newer,
            older,
        )
        return dict(rows)
    were = {id_ for (id_,) in before.rows("SELECT id FROM ciod WHERE edition = ?", older)}
    are = [id_ for (id_,) in after.rows("SELECT id FROM ciod WHERE edition = ?", newer)]
    same = {id_: id_ for id_ in are if id_ in were}
    old_of_uid = _stored(before, older)
    for uid, id_ in _stored(after, newer).items():
        old = old_of_uid.get(uid)
        if old and id_ not in same and old not in same.values():
            same[id_] = old
    return same


def _stored(reader: Reader, edition: str) -> dict[str, str]:
    """The CIOD of each SOP Class."""
    return dict(
        reader.rows("SELECT uid, ciod FROM sop_class WHERE edition = ? ORDER BY uid", edition)
    )
