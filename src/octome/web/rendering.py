"""Pages as HTML: one template for each kind of page."""

from __future__ import annotations

import re
from hashlib import blake2b
from importlib.resources import files
from typing import Any
from urllib.parse import urlencode

import jinja2

from octome.standard import model
from octome.standard.library import Library
from octome.web.tree import Node, Tree, tree_for

STATIC = files("octome.web") / "static"
# A link within octome, in a template or in the Standard's text: path, query and anchor apart.
INTERNAL_LINK = re.compile(r'(href|action)="(/(?!static/)[^"?#]*)(\?[^"#]*)?(#[^"]*)?"')
INSPECTOR = "/inspect"  # it is about a file, and in every edition
CAMEL = re.compile(r"(?<!^)(?=[A-Z])")


def _static_version() -> str:
    """Changes when any static file does, so that browsers may keep them."""
    digest = blake2b(digest_size=5)
    for file in sorted(STATIC.iterdir(), key=lambda file: file.name):
        digest.update(file.read_bytes())
    return digest.hexdigest()


class Rendering:
    """Renders pages of one library."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._closed_lines: dict[tuple[str, str], dict[str, str]] = {}
        self._templates = jinja2.Environment(
            loader=jinja2.PackageLoader("octome.web"),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=jinja2.StrictUndefined,
            auto_reload=False,
        )
        self._templates.globals |= {
            "usages": model.USAGES,
            "types": model.TYPES,
            "spelled_vr": model.spelled_vr,
            "display_tag": model.display_tag,
            "spelled_type": model.spelled_type,
            "static_version": _static_version(),
        }

    def page(self, page: model.Page, state: dict[str, str]) -> str:
        """A page of the Standard.

        Parameters
        ----------
        state : dict
            What every link of the page carries on: `edition` and `order`, where they are not the
            usual ones.
        """
        order = state.get("order", "standard")
        tree = tree_for(self._library, page.path, page.edition, order)
        name = CAMEL.sub("_", type(page).__name__).lower()
        html = self._render(
            f"{name}.html",
            page=page,
            tree=tree,
            closed=self._closed(tree, page.edition) if tree else {},
            path=page.path.partition("?")[0],
            edition=page.edition,
        )
        return carry(html, state)

    def _closed(self, tree: Tree, edition: str) -> dict[str, str]:
        """The lines of a tree's root while they are closed, rendered once: they are most of it."""
        lines = self._closed_lines.setdefault((edition, tree.root), {})
        unknown = [node.child for node in tree.nodes if node.child.path not in lines]
        if unknown:
            branches: Any = self._templates.get_template("_parts/branches.html").module
            for child in unknown:
                closed = Node(child, is_current=False, nodes=None)
                lines[child.path] = branches.line(closed, 1)
        return lines

    def inspector(self, state: dict[str, str], **values: object) -> str:
        """The page of the inspector: to open a file with, or of a file, or why it is refused."""
        found = {"inspection": None, "preview": None, "error": None, "name": ""} | values
        edition = state.get("edition", self._library.editions[0])
        html = self._render("inspect.html", tree=None, path=INSPECTOR, edition=edition, **found)
        return carry(html, state)

    def refusal(self, error: dict[str, Any], state: dict[str, str]) -> str:
        """The page that says why there is no page, with the nearest ones."""
        edition = state.get("edition", self._library.editions[0])
        html = self._render("refusal.html", error=error, tree=None, path="", edition=edition)
        return carry(html, state)

    def _render(self, template: str, **values: object) -> str:
        editions = self._library.editions
        path = str(values["path"]) or "/ciods"
        elsewhere = {
            other: path
            if other == values["edition"] or path == INSPECTOR
            else self._library.counterpart(path, other)
            for other in editions
        }
        return self._templates.get_template(template).render(
            editions=editions, elsewhere=elsewhere, **values
        )


def carry(html: str, state: dict[str, str]) -> str:
    """Make every link within octome keep the state of the page that it stands on.

    Examples
    --------
    >>> carry('<a href="/ciods#x">', {"edition": "2020b"})
    '<a href="/ciods?edition=2020b#x">'
    >>> carry('<a href="/ciods?edition=2026b">', {"edition": "2020b"})
    '<a href="/ciods?edition=2026b">'
    """
    if not state:
        return html

    def with_state(match: re.Match[str]) -> str:
        attribute, path, query, anchor = match.groups("")
        missing = {name: value for name, value in state.items() if f"{name}=" not in query}
        if attribute == "href" and missing:
            query = f"{query}&amp;{urlencode(missing)}" if query else f"?{urlencode(missing)}"
        return f'{attribute}="{path}{query}{anchor}"'

    return INTERNAL_LINK.sub(with_state, html)
