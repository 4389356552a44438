"""CIODs that another edition names differently."""

from __future__ import annotations

from collections.abc import Iterable

from octome.standard.pages.reader import Reader
from octome.standard.search.rows import Row, by_key

SAME = (
    "SELECT new.id FROM ciod old JOIN ciod new ON new.same_as = old.same_as "
    "WHERE old.id = ? AND new.edition = ? LIMIT 1"
)


def with_own_names(reader: Reader, edition: str, found: Iterable[Row]) -> list[Row]:
    """Results, each CIOD that only another edition has after the same CIOD of this edition."""
    rows: dict[int, Row] = {}
    for row in found:
        if row.kind == "CIOD" and row.edition and f" {edition} " not in row.edition:
            id_ = row.path.rpartition("/")[2]
            if same := reader.row(SAME, id_, edition):
                rows |= {own.id: own for own in by_key(reader, f"ciod:{same[0]}")[:1]}
        rows[row.id] = row
    return list(rows.values())
