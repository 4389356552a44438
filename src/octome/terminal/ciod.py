"""CIODs as lines for the terminal."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from octome.terminal.columns import column_rows

if TYPE_CHECKING:
    from octome.standard.model.ciod import CiodIndex, CiodPage
    from octome.terminal.sheet import Sheet


NEW_UID = "(newer than the registry of UIDs here)"


def ciod_index_lines(sheet: Sheet, page: CiodIndex) -> list[str]:
    """CIODs in a list, or under a heading for each kind."""
    if page.order != "kind":
        return [page.note, *sheet.columns([(c.name, c.kind, c.path) for c in page.ciods], 0)]
    lines: list[str] = []
    for kind, group in groupby(page.ciods, lambda ciod: ciod.kind):
        lines += [*sheet.head(kind), *sheet.columns([(c.name, c.path) for c in group])]
    return lines


def ciod_lines(sheet: Sheet, page: CiodPage) -> list[str]:
    """A CIOD: SOP Classes, modules by information entity, functional groups with their usage."""
    lines = sheet.described(page.description, page.edition)
    if page.sop_classes:
        lines += [
            *sheet.head("SOP classes"),
            *sheet.columns(
                [(s.uid, s.name if s.name != s.uid else NEW_UID) for s in page.sop_classes]
            ),
        ]
    lines += sheet.head("Modules")
    for entity, modules in groupby(page.modules, lambda use: use.information_entity):
        lines.append(sheet.style(f"  {entity}", "dim"))
        uses = list(modules)
        rows = column_rows([(use.usage, use.name, use.path) for use in uses], sheet.width, 4)
        for row, use in zip(rows, uses, strict=True):
            lines += [*row, *sheet.condition(use.usage, use.condition, page.edition, 7)]
    if page.functional_groups:
        lines += sheet.head("Functional groups")
        others = {g.usage_edition for g in page.functional_groups if g.usage_edition}
        if others:
            lines.append(
                sheet.style(
                    f"  [usage from edition {', '.join(sorted(others))}; ? if it gives none]",
                    "dim",
                )
            )
        rows = column_rows(
            [
                (
                    g.usage or "?",
                    g.name,
                    g.placement,
                    (g.paths or (g.macro.path if g.macro else "",))[0],
                )
                for g in page.functional_groups
            ],
            sheet.width,
        )
        for row, g in zip(rows, page.functional_groups, strict=True):
            lines += [*row, *sheet.condition(g.usage, g.condition, page.edition, 5)]
    if page.elsewhere:
        lines += sheet.head("In other editions")
        lines += sheet.columns(
            [(edition, link.title, link.path) for edition, link in page.elsewhere]
        )
    lines += sheet.url(page.standard_url or page.part_url)
    return lines if page.standard_url else [*lines, "[the section of this CIOD is not known here]"]
