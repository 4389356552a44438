"""A template of PS3.16 as lines for the terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from octome.standard.block import words_of
from octome.terminal.columns import columns
from octome.terminal.style import Style

if TYPE_CHECKING:
    from octome.standard.model.template import TemplateIndex, TemplatePage, TemplateRow
    from octome.standard.model.text import Text

STATED = {True: "yes", False: "no", None: "not stated"}


def index_lines(page: TemplateIndex, width: int) -> Iterator[str]:
    """The list of templates, or why there are none."""
    if not page.templates:
        yield "None here: an edition has them once its part 16 is fetched, with octome sync."
    rows = [(f"TID {each.tid}", f"{each.rows} rows", each.name) for each in page.templates]
    yield from columns(rows, width, 0)


def template_lines(page: TemplatePage, width: int, style: Style) -> Iterator[str]:
    """What the template is, its parameters and its rows, and those that include it."""
    yield from columns(
        [
            ("Extensible", STATED[page.is_extensible]),
            ("Order significant", STATED[page.is_order_significant]),
            ("Root", STATED[page.is_root]),
        ],
        width,
        0,
    )
    if page.parameters:
        yield from ("", style("Parameters", "head"))
        yield from columns([(one.name, _words(one.usage)) for one in page.parameters], width)
    yield from ("", style("Rows", "head"))
    yield from _rows(page.rows, width)
    if page.included_by:
        yield from ("", style("Included by", "head"))
        yield from columns([(link.title, link.path) for link in page.included_by], width)


def _rows(rows: Iterable[TemplateRow], width: int) -> Iterator[str]:
    """Each row: number, nesting, relationship, value type, concept; then what else it has."""
    for row in rows:
        lead = f"  {row.number:<4}" + "> " * row.depth
        relationship = f"{'R-' if row.is_by_reference else ''}{row.relationship}"
        what = " ".join(filter(None, (relationship, row.value_type, _words(row.concept))))
        how = f"[{', '.join(filter(None, (row.vm, row.requirement)))}]"
        yield from _wrapped(f"{what}  {how}", width, lead)
        below = " " * (len(lead) + 4)
        if row.condition:
            yield from _wrapped(f"condition: {_words(row.condition)}", width, below)
        elif row.lacks_condition:
            yield f"{below}condition: not known"
        for line in row.value_set_lines:
            yield from _wrapped(f"value: {line.words}", width, below)
        if row.included:
            yield f"{below}{row.included.path}"


def _wrapped(words: str, width: int, lead: str) -> list[str]:
    return textwrap.wrap(
        words,
        max(width, len(lead) + 20),
        initial_indent=lead,
        subsequent_indent=" " * (len(lead) + 4),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _words(text: Text | None) -> str:
    return words_of(text.blocks) if text else ""
