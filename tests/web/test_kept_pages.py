"""Rendered pages that are kept."""

from __future__ import annotations

import pytest

from octome.standard.library import Library
from octome.web.app import answer
from octome.web.kept_pages import KeptPages
from octome.web.rendering import Rendering


def test_pages_that_were_not_used_for_longest_are_dropped() -> None:
    pages = KeptPages(most_bytes=8)
    pages.keep("frog", b"frog")
    pages.keep("toad", b"toad")
    assert pages.find("frog") == b"frog"
    pages.keep("newt", b"newt")
    assert [pages.find(key) for key in ("frog", "toad", "newt")] == [b"frog", None, b"newt"]


def test_page_that_is_kept_again_counts_once() -> None:
    pages = KeptPages(most_bytes=8)
    for _ in range(3):
        pages.keep("frog", b"frog")
    pages.keep("toad", b"toad")
    assert pages.find("frog") == b"frog"


def test_page_that_is_too_large_is_not_kept() -> None:
    pages = KeptPages(most_bytes=3)
    pages.keep("frog", b"frog")
    assert pages.find("frog") is None


def test_page_is_rendered_once_for_each_query_until_editions_change(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    rendering = Rendering(library)
    rendered = []
    render = rendering.page
    monkeypatch.setattr(
        rendering, "page", lambda page, kept: rendered.append(page.path) or render(page, kept)
    )
    for _ in range(2):
        first = answer(library, rendering, "/ciods/ct-image", {})
        by_tag = answer(library, rendering, "/ciods/ct-image", {"sort": "tag"})
    assert rendered == ["/ciods/ct-image"] * 2
    assert first.body != by_tag.body
    monkeypatch.setattr(library, "refresh", lambda: True)  # an edition was fetched or removed
    assert answer(library, rendering, "/ciods/ct-image", {}).body == first.body
    assert len(rendered) == 3
