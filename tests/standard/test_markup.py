"""Text from a source is untrusted; the sentences here are invented."""

from __future__ import annotations

import pytest
from lxml import html as lxml_html

from octome.standard.compile.markup import ATTRIBUTES, ELEMENTS, caption_anchor, markup
from octome.standard.library import Library
from octome.standard.sources.records import Fragment


def made(html: str, *targets: str, address: str = "/sections/Z.1") -> str:
    return markup(Fragment(html, targets), lambda _url: address).html


@pytest.mark.parametrize(
    "html",
    [
        "<p>a<script>alert(1)</script></p>",
        "<p onclick='alert(1)'>a</p>",
        "<p><img src=x onerror=alert(1)></p>",
        "<p><a href='javascript:alert(1)'>a</a></p>",
        "<p><a href='//elsewhere.test/'>a</a></p>",
        "<p><a href='/\\\\elsewhere.test/'>a</a></p>",
        "<div><table id='q'><tr><td>a</td></tr></table></div>",
        "<p style='position:fixed'>a</p>",
        "<iframe src='http://elsewhere.test/'></iframe>",
        "<svg><script>alert(1)</script></svg>",
        "<p><!-- --><style>p{}</style>a</p>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        "<form action='/x'><input name=q></form>",
    ],
)
def test_nothing_of_a_source_can_act(html: str) -> None:
    safe = markup(Fragment(html), lambda url: url).html
    for element in lxml_html.fragment_fromstring(safe, create_parent="div").iter():
        assert element.tag in ELEMENTS
        assert set(element.attrib) <= ATTRIBUTES.get(element.tag, set())
        assert element.get("href", "/").startswith(("/", "http:", "https:"))
        assert not element.get("href", "/").startswith(("//", "/\\"))
        assert element.get("id", "table_1").startswith(("table_", "figure_"))


def test_text_of_every_edition_holds_only_the_short_list(library: Library) -> None:
    seen = 0
    for (html,) in library._reader.rows("SELECT html FROM text"):
        for element in lxml_html.fragment_fromstring(html, create_parent="div").iter():
            assert element.tag in ELEMENTS, html
            assert set(element.attrib) <= ATTRIBUTES.get(element.tag, set()), html
        seen += 1
    assert seen > 8000


def test_empty_links_take_their_targets_in_order() -> None:
    html = made('<td><p>See <span href="">One</span>, <span href="">Two</span>.</p></td>', "u", "v")
    assert html == '<p>See <a href="/sections/Z.1">One</a>, <a href="/sections/Z.1">Two</a>.</p>'


def test_links_elsewhere_are_marked_and_send_nothing() -> None:
    html = made(
        "<p><a href='http://x.test/' target='_blank'>there</a></p>", address="https://x.test/"
    )
    assert html == '<p><a href="https://x.test/" rel="external noreferrer">there</a></p>'


def test_tags_in_running_text_are_linked_but_not_twice() -> None:
    html = made("<p>Rows (0028,0010) and (60xx,3000) <a href='u'>(0008,0018)</a></p>")
    assert html == (
        '<p>Rows <a href="/attributes/00280010">(0028,0010)</a> and '
        '<a href="/attributes/60xx3000">(60xx,3000)</a> '
        '<a href="/sections/Z.1">(0008,0018)</a></p>'
    )


def test_what_only_looks_like_a_tag_is_no_link() -> None:
    page = markup(
        Fragment("<p>Of (0001,0002), (0028,0010) and (0001,0003).</p>"),
        lambda url: url,
        {"00280010": "/attributes/00280010"}.get,
    )
    assert page.html == (
        '<p>Of (0001,0002), <a href="/attributes/00280010">(0028,0010)</a> and (0001,0003).</p>'
    )


def test_remote_images_become_links_beside_their_caption() -> None:
    html = made(
        "<div><div><img src='http://x.test/f.svg'/></div>"
        "<p><strong>Figure Z.1-1. A Frog</strong></p></div>",
        address="https://x.test/f.svg",
    )
    assert "<img" not in html
    assert 'href="https://x.test/f.svg"' in html
    assert '<figure id="figure_Z.1-1">' in html


def test_notes_are_notes() -> None:
    html = made("<div><h3>Note</h3><p>Frogs differ.</p></div>")
    assert html == '<div class="note"><strong>Note</strong><p>Frogs differ.</p></div>'


def test_caption_anchor_only_of_captions() -> None:
    assert caption_anchor("Table Z.8-12b. Frogs by Size") == "table_Z.8-12b"
    assert caption_anchor("Figures are drawn. So are frogs.") is None
