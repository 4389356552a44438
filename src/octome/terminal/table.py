"""Modules and macros as lines for the terminal."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from octome.standard.model.usage import USAGES

if TYPE_CHECKING:
    from octome.standard.model.table import TableIndex, TablePage
    from octome.terminal.sheet import Sheet


def table_index_lines(sheet: Sheet, page: TableIndex) -> list[str]:
    """Modules or macros, each with the CIODs that use it."""
    listed = f"Edition {page.listed_in} lists them." if page.listed_in else ""
    return [
        " ".join(filter(None, (page.note, listed))),
        *sheet.columns(
            [
                (t.name, t.only_ciod.title if t.only_ciod else f"{t.ciods} CIODs", t.path)
                for t in page.tables
            ],
            0,
        ),
    ]


def table_lines(sheet: Sheet, page: TablePage) -> list[str]:
    """A module or macro, alone or in a CIOD: its attributes and macros, and where it is used."""
    lines = []
    if page.ciod:
        usage = f"{USAGES[page.usage]} ({page.usage})" if page.usage else ""
        if page.usage == "C" and page.condition is None:
            usage += f", condition not known in edition {page.edition}"
        lines += [
            "",
            *sheet.columns(
                [
                    ("CIOD", page.ciod.title),
                    ("Entity", page.information_entity or ""),
                    ("Usage", usage),
                ],
                0,
            ),
        ]
    lines += [
        *sheet.described(page.condition, page.edition),
        *sheet.described(page.description, page.edition),
    ]
    order = {
        "partly": " (in an older edition's order, newer ones after their neighbours)",
        "tag": " (in tag order)",
    }.get(page.order, "")
    lines += [*sheet.head(f"Attributes{order}"), *sheet.attributes(page.attributes)]
    if not page.attributes:
        none = f"octome has no attributes of this {page.what} in {page.edition}."
        how = "octome sync fetches an edition with all of them."
        words = f"{none} {page.note or 'Its source has the name alone.'} {how}"
        lines += (sheet.style(line, "dim") for line in textwrap.wrap(words, max(sheet.width, 40)))
    if page.note and page.attributes:
        lines.append(sheet.style(f"  [{page.note}]", "dim"))
    lines += sheet.inclusions(page.includes)
    if not page.ciod:
        lines += [
            *sheet.head("Used by"),
            *sheet.columns([(u.usage or "?", u.ciod.title, u.path) for u in page.used_by]),
        ]
    return [*lines, *sheet.url(page.standard_url)]
