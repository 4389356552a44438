"""What changed between two editions, as lines for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from octome.terminal.columns import columns
from octome.terminal.style import Style

if TYPE_CHECKING:
    from octome.standard.model.edition import EditionDiff

SIGNS = {"added": "+", "removed": "-", "changed": "~"}


def difference_lines(page: EditionDiff, width: int, style: Style) -> list[str]:
    """A line for each difference."""
    lines = [style(f"[{page.newer}: {page.note}]", "dim")] if page.note else []
    for title, changes in (
        ("CIODs", page.ciods),
        ("Modules", page.modules),
        ("Attributes", page.attributes),
    ):
        if changes:
            rows = [
                (SIGNS[c.what], c.title, " -> ".join(filter(None, (c.before, c.after))), c.path)
                for c in changes
            ]
            lines += ["", style(f"{title}: {len(changes)}", "head"), *columns(rows, width)]
    if not (page.ciods or page.modules or page.attributes):
        lines += ["", "No differences."]
    return lines
