"""Pages as HTML: every link within octome keeps what is being read, and nothing of other pages."""

from __future__ import annotations

import re
from pathlib import Path

import jinja2
import pytest
from invented_source import InventedSource, compiled
from invented_templates import with_templates

from octome.standard.library import Library
from octome.web.rendering import Rendering

LINK = re.compile(r'<a [^>]*href="(/[^"]*)"')
# The menu of editions leads to each edition by its name.
MENU = re.compile(r'<div class="menu">.*?</div>', re.DOTALL)


def test_first_page_compiles_no_template(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    rendering = Rendering(library)
    rendering.load_templates()
    monkeypatch.setattr(jinja2.Environment, "compile", None)
    assert "CT Image" in rendering.page(library.at("/ciods/ct-image"), {})


@pytest.mark.parametrize("path", ["/ciods/ct-image", "/sections/C.7.6.3", "/attributes/00280030"])
def test_links_of_one_page_do_not_depend_on_the_pages_before(library: Library, path: str) -> None:
    rendering, old = Rendering(library), library.editions[-1]
    first = rendering.page(library.at(path), {})
    other = MENU.sub("", rendering.page(library.at(path, old), {"edition": old, "order": "name"}))
    assert rendering.page(library.at(path), {}) == first
    links = [link for link in LINK.findall(other) if not link.startswith("/static/")]
    assert len(links) > 20
    assert [link for link in links if "edition=" not in link] == []
    assert [link for link in links if "order=" not in link] == []
    # Only the choice of an order has one in a page of the default order.
    chosen = {link for link in LINK.findall(first) if "order=" in link}
    assert chosen <= {f"{path}?order={order}" for order in ("standard", "name", "kind")}


def test_template_opens_what_it_includes_and_says_where_that_ends(tmp_path: Path) -> None:
    source = InventedSource(editions=(with_templates(),))
    with compiled(tmp_path / "s.sqlite", source) as library:
        html = Rendering(library).page(library.template("9"), {})
    assert html.count('<details data-path="/templates/10B">') == 1
    assert "<summary>Rows of TID 10B Tea</summary>" in html
    assert html.count("It includes itself here") == 1
    assert '<a href="/templates/10B">DTID 10B</a>' in html
    # The edition has no such group: nothing leads there.
    assert "/context-groups/7" not in html


def test_attributes_are_in_the_standards_order_or_by_tag(library: Library) -> None:
    page, row = library.at("/modules/image-plane"), re.compile(r"<td><code>(\(.{9}\))</code>")
    given = row.findall(Rendering(library).page(page, {}))
    sorted_ = row.findall(Rendering(library).page(page, {"sort": "tag"}))
    assert given == [row.display_tag for row in library.module("image-plane").attributes]
    assert given != sorted(given) == sorted_
