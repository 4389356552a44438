"""What confidentiality profiles do to attributes, as lines for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from octome.terminal.columns import columns
from octome.terminal.style import Style

if TYPE_CHECKING:
    from octome.standard.model.confidentiality import ConfidentialityIndex, Protection


def protection_lines(protection: Protection | None, width: int) -> list[str]:
    """The row of the table that an attribute is in, or that it is in none."""
    if protection is None:
        return []
    head = f"Confidentiality (PS3.15 Table E.1-1 of {protection.table_edition})"
    if protection.row is None:
        return [f"{head}: not in it"]
    row = protection.row
    if "x" in row.tag:
        head += f", row {row.display_tag} {row.name}"
    lines = [head, *columns([(a.action, a.profile, a.meaning) for a in row.actions], width)]
    return [*lines, f"  {protection.history.words}."] if protection.history else lines


def confidentiality_lines(page: ConfidentialityIndex, width: int, style: Style) -> list[str]:
    """The whole table: a line for each row."""
    if page.note:
        return ["", page.note]
    lines = ["", style("What the letters mean", "head"), *columns(page.meanings, width)]
    lines += ["", style(f"Table E.1-1 of {page.table_edition}", "head")]
    rows = []
    for row in page.rows:
        does = ", ".join(f"{action.action} {action.profile}" for action in row.actions)
        rows.append((row.display_tag, row.name, does))
    return [*lines, *columns(rows, width)]
