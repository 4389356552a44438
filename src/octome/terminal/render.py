"""Each page of the Standard as lines for the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from octome.standard.block import Block
from octome.standard.model.usage import USAGES
from octome.standard.model.value_representation import spelled_vr
from octome.terminal.codes import (
    bound_rows,
    code_rows,
    group_rows,
    listing_rows,
    naming_rows,
    stated_rows,
)
from octome.terminal.columns import columns
from octome.terminal.confidentiality import confidentiality_lines, protection_lines
from octome.terminal.difference import difference_lines
from octome.terminal.prose import prose
from octome.terminal.search import search_lines
from octome.terminal.style import Style, plain
from octome.terminal.template import index_lines, template_lines

if TYPE_CHECKING:
    from octome.standard.model.attribute import AttributePage, AttributeUse
    from octome.standard.model.ciod import CiodIndex, CiodPage
    from octome.standard.model.code import CodePage
    from octome.standard.model.confidentiality import ConfidentialityIndex
    from octome.standard.model.context_group import ContextGroupIndex, ContextGroupPage
    from octome.standard.model.dictionary import AttributeEntry, AttributeIndex
    from octome.standard.model.edition import EditionDiff, EditionIndex
    from octome.standard.model.page import Page
    from octome.standard.model.search import SearchPage
    from octome.standard.model.section import Citation, SectionIndex, SectionPage
    from octome.standard.model.table import TableIndex, TablePage
    from octome.standard.model.template import TemplateIndex, TemplatePage
    from octome.standard.model.text import Text
    from octome.standard.model.uid import UidIndex, UidPage
    from octome.standard.model.usage import MacroInclusion


class Renderer:
    """Renders pages for one width and style."""

    def __init__(self, width: int = 100, style: Style = plain) -> None:
        self.width = width
        self.style = style

    def page(self, page: Page) -> str:
        """A page as text that ends with a newline."""
        about = self.style(f"{page.path} · edition {page.edition}", "dim")
        head = [self.style(page.title, "title"), about]
        history = getattr(page, "history", None)
        head += [self.style(f"{history.words}.", "dim")] if history else []
        lines = [*head, *getattr(self, f"_{type(page).__name__}")(page)]
        return "\n".join(lines).rstrip() + "\n"

    def _columns(self, rows: Sequence[Sequence[str]], indent: int = 2) -> Iterator[str]:
        return columns(rows, self.width, indent)

    def _head(self, title: str) -> list[str]:
        return ["", self.style(title, "head")]

    def _text(self, text: Text | None, edition: str, indent: int = 0) -> list[str]:
        if text is None:
            return []
        lines = prose(text.blocks, self.width, indent)
        if text.place:
            note = f"text of {text.edition}, from {text.place.title}: {text.place.path}"
        elif text.edition != edition:
            note = f"text of {text.edition}"
        else:
            return lines
        if text.edition != edition and text.has_values:
            note += f"; values of {text.edition}, newer ones may exist"
        return [*lines, self.style(f"{' ' * indent}[{note}]", "dim")]

    def _described(self, text: Text | None, edition: str) -> list[str]:
        return ["", *self._text(text, edition)] if text else []

    def _attributes(self, attributes: Iterable[AttributeUse]) -> list[str]:
        rows = [
            (
                a.display_tag,
                a.type or "-",
                a.vr,
                a.name
                + (" >" if a.has_items else "")
                + (f"  [if Value Type is {a.value_types}]" if a.value_types else ""),
            )
            for a in attributes
        ]
        return list(self._columns(rows))

    def _CiodIndex(self, page: CiodIndex) -> list[str]:  # noqa: N802
        if page.order != "kind":
            return [page.note, *self._columns([(c.name, c.kind, c.path) for c in page.ciods], 0)]
        lines: list[str] = []
        for kind, group in groupby(page.ciods, lambda ciod: ciod.kind):
            lines += [*self._head(kind), *self._columns([(c.name, c.path) for c in group])]
        return lines

    def _CiodPage(self, page: CiodPage) -> list[str]:  # noqa: N802
        lines = self._described(page.description, page.edition)
        if page.sop_classes:
            lines += [
                *self._head("SOP classes"),
                *self._columns([(s.uid, s.name) for s in page.sop_classes]),
            ]
        lines += self._head("Modules")
        for entity, modules in groupby(page.modules, lambda use: use.information_entity):
            lines.append(self.style(f"  {entity}", "dim"))
            lines += self._columns([(use.usage, use.name, use.path) for use in modules], 4)
        if page.functional_groups:
            lines += self._head("Functional groups")
            lines += self._columns(
                [
                    (
                        g.usage or "?",
                        g.name,
                        g.placement,
                        (g.paths or (g.macro.path if g.macro else "",))[0],
                    )
                    for g in page.functional_groups
                ]
            )
            others = {g.usage_edition for g in page.functional_groups if g.usage_edition}
            if others:
                lines.append(
                    self.style(
                        f"  [usage from edition {', '.join(sorted(others))}; ? if it gives none]",
                        "dim",
                    )
                )
        if page.elsewhere:
            lines += self._head("In other editions")
            lines += self._columns(
                [(edition, link.title, link.path) for edition, link in page.elsewhere]
            )
        return [*lines, *self._url(page.standard_url)]

    def _TablePage(self, page: TablePage) -> list[str]:  # noqa: N802
        lines = []
        if page.ciod:
            usage = f"{USAGES[page.usage]} ({page.usage})" if page.usage else ""
            if page.usage == "C" and page.condition is None:
                usage += f", condition not known in edition {page.edition}"
            lines += [
                "",
                *self._columns(
                    [
                        ("CIOD", page.ciod.title),
                        ("Entity", page.information_entity or ""),
                        ("Usage", usage),
                    ],
                    0,
                ),
            ]
        lines += [
            *self._described(page.condition, page.edition),
            *self._described(page.description, page.edition),
        ]
        order = {
            "partly": " (in an older edition's order, newer ones after their neighbours)",
            "tag": " (in tag order)",
        }.get(page.order, "")
        lines += [*self._head(f"Attributes{order}"), *self._attributes(page.attributes)]
        if not page.attributes:
            lines.append(
                self.style(
                    f"  octome has no attributes of this {page.what} in {page.edition}",
                    "dim",
                )
            )
        if page.note and page.attributes:
            lines.append(self.style(f"  [{page.note}]", "dim"))
        lines += self._inclusions(page.includes)
        if not page.ciod:
            lines += [
                *self._head("Used by"),
                *self._columns([(u.usage or "?", u.ciod.title, u.path) for u in page.used_by]),
            ]
        return [*lines, *self._url(page.standard_url)]

    def _inclusions(self, includes: tuple[MacroInclusion, ...]) -> list[str]:
        rows = [(one.macro.title, one.macro.path, one.first_words) for one in includes]
        return [*self._head("Included macros"), *self._columns(rows)] if rows else []

    def _AttributePage(self, page: AttributePage) -> list[str]:  # noqa: N802
        a = page.attribute
        lines = ["", *self._details(a.display_tag, a.keyword, a.vr, a.vm, a.spelled_type)]
        lines += protection_lines(page.protection, self.width)
        if group := page.functional_group:
            usage = f"usage {group.usage}" if group.usage else "usage not known"
            if group.usage_edition:
                usage += f" (from edition {group.usage_edition})"
            lines.append(
                f"Functional group      {usage}, {group.placement}; the type applies if it is used"
            )
        if not page.is_condition_known:
            lines.append(f"Condition not known in edition {page.edition}")
        lines += self._described(page.description, page.edition)
        for other in page.alternatives:
            lines += self._head(other.attribute.spelled_type)
            lines += self._text(other.description, page.edition, 2)
        if page.items:
            lines += [*self._head("Items"), *self._attributes(page.items)]
        if page.repeats:
            lines += ["", f"Repeats {page.repeats.title}, to any depth: {page.repeats.path}"]
        lines += self._inclusions(page.includes)
        if page.context_groups:
            lines += [
                *self._head("Context groups"),
                *self._columns(bound_rows(page)),
            ]
        elif page.lacks_context_group:
            lines += [*self._head("Context group"), "  Not known in this edition"]
        for section in page.sections:
            lines += self._head(f"Section {section.number} {section.title}")
            lines += self._text(section.text, page.edition, 2)
        return [*lines, *self._url(page.standard_url)]

    def _details(
        self, tag: str, keyword: str, vr: str, vm: str, type_: str | None
    ) -> Iterator[str]:
        rows = [
            ("Tag", tag),
            ("Type", type_ or ""),
            ("Keyword", keyword),
            ("Value multiplicity", vm),
            ("Value representation", spelled_vr(vr)),
        ]
        return self._columns([row for row in rows if row[1]], 0)

    def _AttributeEntry(self, page: AttributeEntry) -> list[str]:  # noqa: N802
        lines = ["", *self._details(page.display_tag, page.keyword, page.vr, page.vm, None)]
        lines += ["Retired"] if page.is_retired else []
        lines += protection_lines(page.protection, self.width)
        if page.described_by and page.description:
            lines += self._head(f"From {page.described_by.title}")
            lines += self._text(page.description, page.edition, 2)
        used = f"Used by {len(page.used_by)} modules and macros, in {page.ciods} CIODs"
        unknown = "Uses not known: the edition's source has no attributes of modules"
        lines += self._head(used if page.is_use_known else unknown)
        lines += self._columns(
            [
                (
                    ", ".join(o.type or "-" for o in user.occurrences),
                    user.table.title,
                    f"{sum(o.places for o in user.occurrences)} x",
                    f"{len(user.ciods)} CIODs",
                    user.occurrences[0].path,
                )
                for user in page.used_by
            ]
        )
        return lines

    def _AttributeIndex(self, page: AttributeIndex) -> list[str]:  # noqa: N802
        lines = self._head(page.vr.title if page.vr else f"Group {page.group}")
        lines += self._columns(
            [
                (
                    t.display_tag,
                    t.vr,
                    t.vm,
                    t.name + ("  [retired]" if t.is_retired else ""),
                    t.keyword,
                )
                for t in page.terms
            ]
        )
        groups = " ".join(f"{group}({count})" for group, count in page.groups)
        return [
            *lines,
            *self._head("Groups (choose one with --group)"),
            *prose((Block(kind="paragraph", words=groups),), self.width, 2),
        ]

    def _TableIndex(self, page: TableIndex) -> list[str]:  # noqa: N802
        return [
            page.note,
            *self._columns(
                [
                    (t.name, t.only_ciod.title if t.only_ciod else f"{t.ciods} CIODs", t.path)
                    for t in page.tables
                ],
                0,
            ),
        ]

    def _SectionIndex(self, page: SectionIndex) -> list[str]:  # noqa: N802
        return ["", *self._columns([(link.title, link.path) for link in page.sections], 0)]

    def _SectionPage(self, page: SectionPage) -> list[str]:  # noqa: N802
        lines = ["", *self._text(page.section.text, page.edition)]
        if page.template:
            lines += ["", f"Row by row: {page.template.path}"]
        for title, links in [
            ("Sections in it", page.below),
            ("Nearby sections", (*page.above, *filter(None, (page.before, page.after)))),
        ]:
            if links:
                lines += [
                    *self._head(title),
                    *self._columns([(link.title, link.path) for link in links]),
                ]
        return [*lines, *self._citations(page.cited_by), *self._url(page.section.standard_url)]

    def _citations(self, citations: Sequence[Citation]) -> list[str]:
        if not citations:
            return []
        rows = [(c.what, c.source.title, f"{c.places} x", c.path) for c in citations]
        return [*self._head("Referred to by"), *self._columns(rows)]

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
        return ["", *self._columns(rows, 0)]

    def _UidPage(self, page: UidPage) -> list[str]:  # noqa: N802
        u = page.entry
        rows = [
            ("UID", u.uid),
            ("Type", u.type + (", retired" if u.is_retired else "")),
            ("Meaning", page.meaning),
            ("Keyword", u.keyword),
            ("Info", u.info),
            ("CIOD", f"{u.ciod.title}  {u.ciod.path}" if u.ciod else ""),
            *(("Named in", f"{link.title}  {link.path}") for link in page.named_in),
        ]
        return ["", *self._columns([row for row in rows if row[1]], 0)]

    def _ContextGroupIndex(self, page: ContextGroupIndex) -> list[str]:  # noqa: N802
        return ["", *self._columns(group_rows(page), 0)]

    def _ContextGroupPage(self, page: ContextGroupPage) -> list[str]:  # noqa: N802
        lines = ["", *self._columns(stated_rows(page), 0)]
        lines += [*self._head(f"{len(page.codes)} codes"), *self._columns(code_rows(page))]
        lines += self._described(page.notes, page.edition)
        return [*lines, *self._citations(page.cited_by), *self._url(page.standard_url)]

    def _TemplateIndex(self, page: TemplateIndex) -> list[str]:  # noqa: N802
        return ["", *index_lines(page, self.width)]

    def _TemplatePage(self, page: TemplatePage) -> list[str]:  # noqa: N802
        lines = [*self._head(f"TID {page.tid}"), *self._described(page.description, page.edition)]
        lines += ["", *template_lines(page, self.width, self.style)]
        lines += self._described(page.notes, page.edition)
        return [*lines, *self._citations(page.cited_by), *self._url(page.standard_url)]

    def _CodePage(self, page: CodePage) -> list[str]:  # noqa: N802
        rows = [("Code value", page.value), ("Coding scheme", page.scheme)]
        lines = ["", *self._columns([*rows, ("Edition", page.dictionary)], 0)]
        for title, text in (("Definition", page.definition), ("Notes", page.notes)):
            if text:
                lines += [*self._head(title), *self._text(text, page.edition, 2)]
        for title, found in (
            ("In context groups", listing_rows(page)),
            ("In groups that include them", [(g.title, g.path) for g in page.included_in]),
            ("In templates", naming_rows(page)),
        ):
            if found:
                lines += [*self._head(title), *self._columns(found)]
        return [*lines, *self._url(page.standard_url)]

    def _ConfidentialityIndex(self, page: ConfidentialityIndex) -> list[str]:  # noqa: N802
        return confidentiality_lines(page, self.width, self.style)

    def _SearchPage(self, page: SearchPage) -> list[str]:  # noqa: N802
        return search_lines(page, self.width, self.style)

    def _EditionIndex(self, page: EditionIndex) -> list[str]:  # noqa: N802
        lines: list[str] = []
        for e in page.editions:
            lines += self._head(e.title + (" (current)" if e.is_current else ""))
            holds = f"{e.ciods} CIODs, {e.modules} modules, {e.attributes:,} attribute rows"
            known = [("text", e.spelled_text), ("holds", holds)] if e.is_compiled else []
            rows = [("from", e.source), ("dictionary", e.dictionary), *known, ("note", e.note)]
            lines += self._columns([row for row in rows if row[1]])
        lines += ["", "octome sync fetches the official text of an edition, whole.", ""]
        return [*lines, *self._columns([(c.title, c.path) for c in page.comparisons], 0)]

    def _EditionDiff(self, page: EditionDiff) -> list[str]:  # noqa: N802
        return difference_lines(page, self.width, self.style)

    def _url(self, url: str | None) -> list[str]:
        return ["", self.style(url, "dim")] if url else []
