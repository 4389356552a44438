"""`/confidentiality`: PS3.15 Table E.1-1, and the row of it that an attribute is in."""

from __future__ import annotations

import json

from octome.standard.model.attribute import display_tag
from octome.standard.model.confidentiality import (
    ACTIONS,
    ConfidentialityIndex,
    ProtectedTags,
    Protection,
    ProtectiveAction,
)
from octome.standard.model.page import Link
from octome.standard.official import table_url
from octome.standard.pages.reader import Reader, is_tag
from octome.standard.pages.register_history import history_of_protection
from octome.standard.pages.stored_section import stored_section

QUERY = (
    "SELECT p.tag, p.name, coalesce(p.is_retired, t.is_retired), p.is_in_composite_iod, "
    "p.actions, t.tag, coalesce(t.keyword, '') FROM protected_attribute p "
    "LEFT JOIN term t ON t.edition = ? AND t.tag = p.tag WHERE p.edition = ?"
)
NOT_FETCHED = "Table E.1-1 is in PS3.15, which edition {0} lacks here: octome sync {0} --parts 15"


def protection(reader: Reader, edition: str, tag: str) -> Protection | None:
    """What happens to an attribute; None where no table is at hand."""
    of = _table_edition(reader, edition)
    if of is None:
        return None
    exact = reader.row(f"{QUERY} AND p.tag = ?", edition, of, tag)
    if exact is None:
        masks = reader.rows(f"{QUERY} AND (length(p.tag) <> 8 OR p.tag GLOB '*x*')", edition, of)
        exact = next((row for row in masks if fits(row[0], tag)), None)
    if exact is None:
        return Protection(table_edition=of, row=None)
    row = _row(exact)
    first = next(iter(row.actions), None)
    history = history_of_protection(reader, row.tag, first.profile) if first else None
    return Protection(table_edition=of, row=row, history=history)


def fits(mask: str, tag: str) -> bool:
    """Whether a row of the table is about a tag.

    Examples
    --------
    >>> fits("60xx3000", "60023000"), fits("60xx3000", "60xx4000")
    (True, False)
    >>> fits("(gggg,eeee) where gggg is odd", "00091010")
    True
    """
    if not is_tag(mask):
        return mask.endswith("odd") and tag[3] in "13579bdf"
    return all(m in ("x", digit) for m, digit in zip(mask, tag, strict=True))


def confidentiality_index(reader: Reader, edition: str) -> ConfidentialityIndex:
    """The whole table, that of the edition or of the one that it borrows its text from."""
    of = _table_edition(reader, edition)
    rows = reader.rows(f"{QUERY} ORDER BY p.position", edition, of) if of else []
    found = tuple(map(_row, rows))
    section = stored_section(reader, edition, "PS3.15-E.1") if of else None
    used = {action.action for row in found for action in row.actions}
    return ConfidentialityIndex(
        path="/confidentiality",
        edition=edition,
        title="Confidentiality profiles",
        table_edition=of or "",
        note="" if of else NOT_FETCHED.format(edition),
        rows=found,
        meanings=tuple((letters, words) for letters, words in ACTIONS.items() if letters in used),
        section=Link(f"/sections/{section.number}", section.title) if section else None,
        standard_url=table_url(15, "chapter_E", "table_E.1-1", reader.dated(of or edition)),
    )


def _table_edition(reader: Reader, edition: str) -> str | None:
    """The edition whose table is read: the edition itself, or its fallback edition."""
    for of in dict.fromkeys((edition, reader.text_edition(edition))):
        if reader.row("SELECT 1 FROM protected_attribute WHERE edition = ?", of):
            return of
    return None


def _row(row: tuple[str, str, int | None, int, str, str | None, str]) -> ProtectedTags:
    tag, name, retired, in_iod, actions, known, keyword = row
    letters: dict[str, str] = json.loads(actions)
    return ProtectedTags(
        tag=tag,
        display_tag=display_tag(tag) if is_tag(tag) else tag,
        name=name,
        keyword=keyword,
        path=f"/attributes/{known}" if known else None,
        is_retired=None if retired is None else bool(retired),
        is_in_composite_iod=bool(in_iod),
        actions=tuple(
            ProtectiveAction(profile=profile, action=action, meaning=ACTIONS.get(action, ""))
            for profile, action in letters.items()
        ),
    )
