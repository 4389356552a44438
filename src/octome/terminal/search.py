"""Search results as lines for the terminal."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from octome.terminal.style import Style

if TYPE_CHECKING:
    from octome.standard.model.search import Hit, Marks, SearchPage

INDENT = "  "


def search_lines(page: SearchPage, width: int, style: Style) -> list[str]:
    """The notes, then for each hit: kind, title, detail and path, with the matched line below."""
    lines = [""]
    for note in page.notes:
        lines += textwrap.wrap(note, width) or [""]
    if page.kind and page.kinds and not page.hits:
        lines.append(f"Nothing of the kind {page.kind} found.")
    elif not page.hits:
        return [*lines, *([] if page.notes else ["Nothing found."])]
    if page.corrected:
        lines.append(f"No match for {page.query!r}; showing results for {page.corrected!r}.")
    if len(page.kinds) > 1 or (page.kinds and not page.hits):
        counts = ", ".join(f"{kind} {count}" for kind, count in page.kinds)
        lines += textwrap.wrap(f"Found: {counts} (one kind alone: --kind).", width)
    if len(lines) > 1:
        lines.append("")
    widest = max((len(hit.kind) for hit in page.hits), default=0)
    for hit in page.hits:
        lines += _hit_lines(hit, page.edition, widest, width, style)
    return lines


def _hit_lines(hit: Hit, edition: str, widest: int, width: int, style: Style) -> list[str]:
    only = f" [{', '.join(hit.editions)} only]" if hit.editions else ""
    title = marked(hit.title, hit.title_marks, style)
    detail = f"{INDENT}{hit.detail}{only}" if hit.detail or only else ""
    lines = [f"{hit.kind:<{widest}}{INDENT}{title}{detail}{INDENT}{style(hit.path, 'dim')}"]
    if hit.context:
        of = f"[{hit.text_edition}] " if hit.text_edition not in ("", edition) else ""
        room = max(20, width - widest - len(INDENT) - len(of))
        line = hit.context if len(hit.context) <= room else hit.context[: room - 1] + "…"
        marks = tuple((start, end) for start, end in hit.context_marks if end < room)
        before = " " * (widest + len(INDENT)) + (style(of, "dim") if of else "")
        lines.append(before + marked(line, marks, style))
    return lines


def marked(text: str, marks: Marks, style: Style) -> str:
    """A text with its matched words styled."""
    found, at = [], 0
    for start, end in marks:
        found += [text[at:start], style(text[start:end], "head")]
        at = end
    return "".join([*found, text[at:]])
