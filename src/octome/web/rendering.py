"""Pages as HTML: one template for each kind of page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import jinja2

from octome.standard.edition import relative_age
from octome.standard.library import Library
from octome.standard.model.attribute import (
    GROUP_BINDINGS,
    TYPES,
    AttributePage,
    AttributeUse,
    display_tag,
    spelled_type,
)
from octome.standard.model.ciod import ciod_order
from octome.standard.model.code import CodeIndex
from octome.standard.model.dictionary import AttributeIndex
from octome.standard.model.folded_change import folded
from octome.standard.model.page import Page
from octome.standard.model.search import Marks, SearchPage
from octome.standard.model.usage import USAGES
from octome.standard.model.value_representation import VALUE_REPRESENTATIONS, spelled_vr
from octome.web.copyable import copyables
from octome.web.kept_pages import KeptPages
from octome.web.page_tree import Node, Tree, tree_for
from octome.web.url import BY_TAG, INSPECTOR, Urls, in_editions, static_version

NO_QUERY: Mapping[str, str] = {}
CAMEL = re.compile(r"(?<!^)(?=[A-Z])")


class Rendering:
    """Renders pages of one library."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._version = static_version()
        self.kept = KeptPages()
        self._closed_lines: dict[tuple[object, ...], dict[str, str]] = {}
        self._templates = jinja2.Environment(
            loader=jinja2.PackageLoader("octome.web"),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=jinja2.StrictUndefined,
            auto_reload=False,
        )
        self._templates.globals |= {
            "usages": USAGES,
            "types": TYPES,
            "group_bindings": GROUP_BINDINGS,
            "spelled_vr": spelled_vr,
            "vrs": VALUE_REPRESENTATIONS,
            "display_tag": display_tag,
            "spelled_type": spelled_type,
            "by_tag": by_tag,
            "pieces": pieces,
            "relative_age": relative_age,
            "folded": folded,
        }

    def load_templates(self) -> None:
        """Compile every template, which the first page would else wait for."""
        for name in self._templates.list_templates(extensions=["html"]):
            self._templates.get_template(name)

    def page(self, page: Page, kept: Mapping[str, str]) -> str:
        """A page of the Standard.

        Parameters
        ----------
        kept : mapping
            The query that every link of the page keeps: `edition` and `order`, if they are not the
            default.
        """
        url = Urls(kept, self._version, _anchors(page))
        order = ciod_order(kept.get("order"))
        tree = tree_for(
            self._library, page.path, page.edition, order, by_tag=kept.get("sort") == BY_TAG
        )
        name = CAMEL.sub("_", type(page).__name__).lower()
        return self._render(
            f"{name}.html",
            url,
            page=page,
            tree=tree,
            closed=self._closed(tree, page.edition, url) if tree else {},
            path=page.path.partition("?")[0],
            page_query=_query_of(page),
            edition=page.edition,
            copies=copyables(page, url(page.path, edition=page.edition)),
        )

    def _closed(self, tree: Tree, edition: str, url: Urls) -> dict[str, str]:
        """The closed lines of a tree's root, rendered once: they are most of the tree."""
        look = (edition, tree.root, *sorted(url.kept.items()))
        lines = self._closed_lines.setdefault(look, {})
        unknown = [node.child for node in tree.nodes if node.child.path not in lines]
        if unknown:
            template = self._templates.get_template("_parts/branches.html")
            branches: Any = template.make_module({"url": url})
            for child in unknown:
                closed = Node(child, is_current=False, nodes=None)
                lines[child.path] = branches.line(closed, 1)
        return lines

    def inspector(self, kept: Mapping[str, str], **values: object) -> str:
        """The page of the inspector: for opening a file, for a file, or for an error."""
        found = {"inspection": None, "preview": None, "error": None, "name": ""} | values
        return self._render(
            "inspect.html",
            Urls(kept, self._version),
            tree=None,
            path=INSPECTOR,
            page_query={},
            edition=kept.get("edition", self._library.editions[0]),
            **found,
        )

    def refusal(
        self,
        error: dict[str, Any],
        kept: Mapping[str, str],
        path: str = "",
        query: Mapping[str, str] = NO_QUERY,
    ) -> str:
        """The page for an error, with the nearest pages.

        Parameters
        ----------
        path, query : str, mapping
            The requested address: of an unknown edition, the page has its links in the others.
        """
        here = in_editions(path, query, self._library.editions)
        return self._about_error("refusal.html", error, kept, here=here)

    def preparing(self, error: dict[str, Any], kept: Mapping[str, str]) -> str:
        """The page that is shown until an edition is ready; it asks for itself again."""
        return self._about_error("preparing.html", error, kept)

    def _about_error(
        self, template: str, error: dict[str, Any], kept: Mapping[str, str], **values: object
    ) -> str:
        return self._render(
            template,
            Urls(kept, self._version),
            error=error,
            tree=None,
            path="",
            page_query={},
            edition=kept.get("edition", self._library.editions[0]),
            **values,
        )

    def forget(self) -> None:
        """Forget what is kept of pages: the editions have changed."""
        self._closed_lines.clear()
        self.kept.clear()

    def _editions_with(self, query: object) -> list[str]:
        """The editions in which the query of a page is valid: all, or those with a group."""
        group = query.get("group") if isinstance(query, dict) else None
        return [
            edition
            for edition in self._library.editions
            if not group
            or not self._library.is_ready(edition)
            or self._library.attribute_index(edition, group).group == group
        ]

    def _render(self, template: str, url: Urls, **values: object) -> str:
        editions = self._library.editions
        path = str(values["path"]) or "/ciods"
        elsewhere = {
            other: path
            if other == values["edition"] or path == INSPECTOR or not self._library.is_ready(other)
            else self._library.counterpart(path, other)
            for other in editions
        }
        return self._templates.get_template(template).render(
            url=url,
            copies=values.pop("copies", ()),
            editions=editions,
            elsewhere=elsewhere,
            with_query=self._editions_with(values["page_query"]),
            **values,
        )


def by_tag(rows: Sequence[AttributeUse]) -> list[AttributeUse]:
    """Attributes by tag; those of each choice of Value Types stay together."""
    choices = list(dict.fromkeys(row.value_types for row in rows))
    return sorted(rows, key=lambda row: (choices.index(row.value_types), row.tag))


def pieces(text: str, marks: Marks) -> Iterator[tuple[str, bool]]:
    """A text in pieces, each marked or not.

    >>> list(pieces("a frog", ((2, 6),)))
    [('a ', False), ('frog', True)]
    """
    at = 0
    for start, end in marks:
        yield text[at:start], False
        yield text[start:end], True
        at = end
    if text[at:]:
        yield text[at:], False


def _anchors(page: Page) -> dict[str, str]:
    """The pages whose text a page has too, with their anchors in it."""
    if not isinstance(page, AttributePage):
        return {}
    return {section.path: f"#section-{section.number}" for section in page.sections}


def _query_of(page: Page) -> dict[str, str]:
    """The query of a page's own address."""
    if isinstance(page, SearchPage):
        return {"q": page.query} | ({"kind": page.kind} if page.kind else {})
    if isinstance(page, CodeIndex):
        number = str(page.number) if page.number > 1 else ""
        return {name: value for name, value in (("q", page.words), ("page", number)) if value}
    if isinstance(page, AttributeIndex):
        given = {"group": page.group, "q": page.words}
        return {name: value for name, value in given.items() if value}
    return {}
