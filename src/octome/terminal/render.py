"""Each page of the Standard as lines for the terminal."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from octome.terminal.attribute import attribute_index_lines, attribute_lines, entry_lines
from octome.terminal.ciod import ciod_index_lines, ciod_lines
from octome.terminal.codes import (
    code_rows,
    group_rows,
    listing_rows,
    naming_rows,
    scheme_rows,
    stated_rows,
    summary_rows,
)
from octome.terminal.confidentiality import confidentiality_lines
from octome.terminal.difference import difference_lines
from octome.terminal.part import index_of_parts, part_lines
from octome.terminal.search import search_lines
from octome.terminal.sheet import Sheet
from octome.terminal.style import Style, plain
from octome.terminal.table import table_index_lines, table_lines
from octome.terminal.template import index_lines, template_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from octome.standard.model.attribute import AttributePage
    from octome.standard.model.ciod import CiodIndex, CiodPage
    from octome.standard.model.code import CodeIndex, CodePage
    from octome.standard.model.confidentiality import ConfidentialityIndex
    from octome.standard.model.context_group import ContextGroupIndex, ContextGroupPage
    from octome.standard.model.dictionary import AttributeEntry, AttributeIndex
    from octome.standard.model.edition import EditionIndex
    from octome.standard.model.edition_diff import EditionDiff
    from octome.standard.model.history import History
    from octome.standard.model.page import Page
    from octome.standard.model.search import SearchPage
    from octome.standard.model.section import PartPage, SectionIndex, SectionPage
    from octome.standard.model.table import TableIndex, TablePage
    from octome.standard.model.template import TemplateIndex, TemplatePage
    from octome.standard.model.uid import UidIndex, UidPage


class Renderer(Sheet):
    """Renders pages for one width and style; `is_unfolded`: with every line of a comparison."""

    def __init__(
        self, width: int = 100, style: Style = plain, *, is_unfolded: bool = False
    ) -> None:
        super().__init__(width, style)
        self.is_unfolded = is_unfolded

    def page(self, page: Page) -> str:
        """A page as text that ends with a newline."""
        about = self.style(f"{page.path} · edition {page.edition}", "dim")
        head = [self.style(page.title, "title"), about]
        history = getattr(page, "history", None)
        if history:
            commands = (f"octome diff {pair} {page.path.strip('/')}" for pair in _changed(history))
            head += [self.style(line, "dim") for line in (f"{history.words}.", *commands)]
        lines = [*head, *getattr(self, f"_{type(page).__name__}")(page)]
        return "\n".join(lines).rstrip() + "\n"

    def _CiodIndex(self, page: CiodIndex) -> list[str]:  # noqa: N802
        return ciod_index_lines(self, page)

    def _CiodPage(self, page: CiodPage) -> list[str]:  # noqa: N802
        return ciod_lines(self, page)

    def _TableIndex(self, page: TableIndex) -> list[str]:  # noqa: N802
        return table_index_lines(self, page)

    def _TablePage(self, page: TablePage) -> list[str]:  # noqa: N802
        return table_lines(self, page)

    def _AttributePage(self, page: AttributePage) -> list[str]:  # noqa: N802
        return attribute_lines(self, page)

    def _AttributeEntry(self, page: AttributeEntry) -> list[str]:  # noqa: N802
        return entry_lines(self, page)

    def _AttributeIndex(self, page: AttributeIndex) -> list[str]:  # noqa: N802
        return attribute_index_lines(self, page)

    def _SectionIndex(self, page: SectionIndex) -> list[str]:  # noqa: N802
        return index_of_parts(self, page)

    def _PartPage(self, page: PartPage) -> list[str]:  # noqa: N802
        return part_lines(self, page)

    def _SectionPage(self, page: SectionPage) -> list[str]:  # noqa: N802
        lines = ["", *self.text(page.section.text, page.edition)]
        if page.template:
            lines += ["", f"Row by row: {page.template.path}"]
        for title, links in [
            ("Sections in it", page.below),
            ("Nearby sections", (*page.above, *filter(None, (page.before, page.after)))),
        ]:
            if links:
                lines += [
                    *self.head(title),
                    *self.columns([(link.title, link.path) for link in links]),
                ]
        return [*lines, *self.citations(page.cited_by), *self.url(page.section.standard_url)]

    def _UidIndex(self, page: UidIndex) -> list[str]:  # noqa: N802
        rows = [
            (
                u.uid,
                u.type,
                u.name + ("  [retired]" if u.is_retired else ""),
                u.ciod.title if u.ciod else "",
            )
            for u in page.uids
        ]
        of = [f"The registry is that of {page.registry}."] if page.registry else []
        return [*of, "", *self.columns(rows, 0)]

    def _UidPage(self, page: UidPage) -> list[str]:  # noqa: N802
        u = page.entry
        rows = [
            ("UID", u.uid),
            ("Type", u.type + (", retired" if u.is_retired else "")),
            ("Registry", page.registry),
            ("Meaning", page.meaning),
            ("Keyword", u.keyword),
            ("Info", u.info),
            ("CIOD", f"{u.ciod.title}  {u.ciod.path}" if u.ciod else ""),
            *(("Named in", f"{link.title}  {link.path}") for link in page.named_in),
        ]
        return ["", *self.columns([row for row in rows if row[1]], 0)]

    def _ContextGroupIndex(self, page: ContextGroupIndex) -> list[str]:  # noqa: N802
        return ["", *self.columns(group_rows(page), 0)]

    def _ContextGroupPage(self, page: ContextGroupPage) -> list[str]:  # noqa: N802
        lines = ["", *self.columns(stated_rows(page), 0)]
        lines += [*self.head(f"{len(page.codes)} codes"), *self.columns(code_rows(page))]
        lines += self.described(page.notes, page.edition)
        return [*lines, *self.citations(page.cited_by), *self.url(page.standard_url)]

    def _TemplateIndex(self, page: TemplateIndex) -> list[str]:  # noqa: N802
        return ["", *index_lines(page, self.width)]

    def _TemplatePage(self, page: TemplatePage) -> list[str]:  # noqa: N802
        lines = [*self.head(f"TID {page.tid}"), *self.described(page.description, page.edition)]
        lines += ["", *template_lines(page, self.width, self.style)]
        lines += self.described(page.notes, page.edition)
        return [*lines, *self.citations(page.cited_by), *self.url(page.standard_url)]

    def _CodeIndex(self, page: CodeIndex) -> list[str]:  # noqa: N802
        return ["", *self.columns(scheme_rows(page)), "", *self.columns(summary_rows(page), 0)]

    def _CodePage(self, page: CodePage) -> list[str]:  # noqa: N802
        rows = [("Code value", page.value), ("Coding scheme", page.scheme)]
        lines = ["", *self.columns([*rows, ("Edition", page.dictionary)], 0)]
        for title, text in (("Definition", page.definition), ("Notes", page.notes)):
            if text:
                lines += [*self.head(title), *self.text(text, page.edition, 2)]
        for title, found in (
            ("In context groups", listing_rows(page)),
            ("In groups that include them", [(g.title, g.path) for g in page.included_in]),
            ("In templates", naming_rows(page)),
        ):
            if found:
                lines += [*self.head(title), *self.columns(found)]
        return [*lines, *self.url(page.standard_url)]

    def _ConfidentialityIndex(self, page: ConfidentialityIndex) -> list[str]:  # noqa: N802
        return confidentiality_lines(page, self.width, self.style)

    def _SearchPage(self, page: SearchPage) -> list[str]:  # noqa: N802
        return search_lines(page, self.width, self.style)

    def _EditionIndex(self, page: EditionIndex) -> list[str]:  # noqa: N802
        lines: list[str] = []
        for e in page.editions:
            lines += self.head(e.title + (" (default)" if e.is_current else ""))
            holds = f"{e.ciods} CIODs, {e.modules} modules, {e.attributes:,} attribute rows"
            known = [("text", e.spelled_text), ("holds", holds)] if e.is_compiled else []
            known = known if e.modules else known[:1]
            rows = [("from", e.source), ("dictionary", e.dictionary), *known, ("note", e.note)]
            lines += self.columns([row for row in rows if row[1]])
        lines += ["", "octome sync fetches the official text of an edition, whole.", ""]
        return [*lines, *self.columns([(c.title, c.path) for c in page.comparisons], 0)]

    def _EditionDiff(self, page: EditionDiff) -> list[str]:  # noqa: N802
        return difference_lines(page, self.width, self.style, is_unfolded=self.is_unfolded)


def _changed(history: History) -> Iterator[str]:
    """The pairs of editions between which something changed that both have."""
    for was, now in pairwise(history.stages):
        if None not in (was.state, now.state):
            yield f"{was.last} {now.first}"
