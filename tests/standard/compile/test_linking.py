"""Where the links of a text lead. All sentences are invented."""

from __future__ import annotations

from octome.standard.block import Block, Span
from octome.standard.block_html import html_of
from octome.standard.compile.linking import linked, targets


def paragraph(words: str, *spans: Span) -> tuple[Block, ...]:
    return (Block(kind="paragraph", words=words, spans=spans),)


def html(blocks: tuple[Block, ...], address: str = "/sections/Z.1") -> str:
    return html_of(linked(blocks, lambda _url: address, lambda tag: f"/attributes/{tag}"))


def test_links_elsewhere_are_marked_and_send_nothing() -> None:
    there = paragraph("there", Span("link", 0, 5, "http://x.test/"))
    expected = '<p><a href="https://x.test/" rel="external noreferrer">there</a></p>'
    assert html(there, "https://x.test/") == expected


def test_tags_in_running_text_are_linked_but_not_twice() -> None:
    rows = paragraph("Rows (0028,0010) and (60xx,3000) (0008,0018)", Span("link", 33, 44, "u"))
    assert html(rows) == (
        '<p>Rows <a href="/attributes/00280010">(0028,0010)</a> and '
        '<a href="/attributes/60xx3000">(60xx,3000)</a> '
        '<a href="/sections/Z.1">(0008,0018)</a></p>'
    )


def test_a_tag_inside_a_mark_is_linked_and_one_across_its_edge_is_not() -> None:
    inside = paragraph("Rows (0028,0010)", Span("strong", 0, 16))
    link = '<a href="/attributes/00280010">(0028,0010)</a>'
    assert html(inside) == f"<p><strong>Rows {link}</strong></p>"
    across = paragraph("Rows (0028,0010)", Span("strong", 0, 9))
    assert html(across) == "<p><strong>Rows (002</strong>8,0010)</p>"


def test_what_only_looks_like_a_tag_is_not_a_link() -> None:
    words = "Of (0001,0002), (0028,0010) and (0001,0003)."
    known = {"00280010": "/attributes/00280010"}
    blocks = linked(paragraph(words), lambda url: url, known.get)
    assert blocks[0].spans == (Span("link", 16, 27, "/attributes/00280010"),)


def test_a_link_without_a_safe_target_is_plain_words() -> None:
    bad = paragraph("there", Span("link", 0, 5, "u"))
    for target in ("", "javascript:alert(1)", "//x.test/", "/\\x.test/", "ftp://x.test/"):
        assert html(bad, target) == "<p>there</p>"


def test_targets_are_listed_once_in_reading_order() -> None:
    one, two = Span("link", 0, 1, "/a"), Span("link", 2, 3, "/b")
    item = Block(kind="item", words="x y", spans=(two, one))
    blocks = (*paragraph("x y", one), Block(kind="list", blocks=(item,)))
    assert targets(blocks) == ("/a", "/b")
