"""What changed between two editions, as lines for the terminal."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from octome.terminal.columns import columns
from octome.terminal.style import Style

if TYPE_CHECKING:
    from octome.standard.model.edition import EditionDiff

SIGNS = {"added": "+", "removed": "-", "changed": "~"}


def difference_lines(page: EditionDiff, width: int, style: Style) -> list[str]:
    """A line for each difference."""
    lines = [style(f"[{note}]", "dim") for note in page.notes]
    for title, changes in (
        ("CIODs", page.ciods),
        ("Modules", page.modules),
        ("Attributes", page.attributes),
        ("Data dictionary", page.terms),
        ("Sections", page.sections),
    ):
        if changes:
            rows = [
                (SIGNS[c.what], c.title, " -> ".join(filter(None, (c.before, c.after))), c.path)
                for c in changes
            ]
            lines += ["", style(f"{title}: {len(changes)}", "head"), *columns(rows, width)]
    if page.parts:
        counts = [
            (f"PS3.{p.part}", f"+{p.added}", f"-{p.removed}", f"~{p.changed}", p.path)
            for p in page.parts
        ]
        lines += ["", style("Text, sections of each part", "head"), *columns(counts, width)]
    for passage in page.passages:
        lines.append("")
        for sign, words in (("-", passage.before), ("+", passage.after)):
            for paragraph in (words or "").splitlines():
                lines += textwrap.wrap(
                    paragraph, max(width, 40), initial_indent=f"{sign} ", subsequent_indent="  "
                )
    if page.has_changes:
        return lines
    return [*lines, "", "No differences in what was compared." if page.notes else "No differences."]
