"""HTML of a source is untrusted; the sentences here are invented."""

from __future__ import annotations

import sqlite3

import pytest
from lxml import html as lxml_html

from octome.standard.block import Block, Span, walk
from octome.standard.block_html import html_of
from octome.standard.compile.linking import linked
from octome.standard.compile.markup import caption_anchor, read_html
from octome.standard.library import Library
from octome.standard.sources.records import Fragment

# What the pages may hold, and nothing else.
ELEMENTS = {
    *("a", "abbr", "br", "em", "strong", "sub", "sup"),
    *("dd", "div", "dl", "dt", "h4", "li", "ol", "p", "pre", "ul"),
    *("figure", "table", "td", "th", "thead", "tbody", "tr"),
}
ATTRIBUTES = {
    "a": {"href", "rel"},
    "div": {"class"},
    "ol": {"type"},
    "p": {"class"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "figure": {"id"},
}


def assert_is_safe(html: str) -> None:
    root = lxml_html.fragment_fromstring(html, create_parent="main")
    for element in root.iterdescendants():
        assert element.tag in ELEMENTS, html
        assert set(element.attrib) <= ATTRIBUTES.get(str(element.tag), set()), html
        assert element.get("href", "/").startswith(("/", "http:", "https:")), html
        assert not element.get("href", "/").startswith(("//", "/\\")), html
        assert element.get("id", "table_1").startswith(("table_", "figure_")), html
        assert element.get("class", "note") in ("note", "scroll", "caption"), html


@pytest.mark.parametrize(
    "html",
    [
        "<p>a<script>alert(1)</script></p>",
        "<p onclick='alert(1)'>a</p>",
        "<p><img src=x onerror=alert(1)></p>",
        "<p><a href='javascript:alert(1)'>a</a></p>",
        "<p><a href='//elsewhere.test/'>a</a></p>",
        "<p><a href='/\\\\elsewhere.test/'>a</a></p>",
        "<p><a href='/x&quot; onclick=&quot;alert(1)'>a</a></p>",
        "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
        "<ol type='1&quot; onclick=&quot;alert(1)'><li>a</li></ol>",
        "<table><tr><td colspan='2&quot; onclick=&quot;alert(1)'>a</td></tr></table>",
        "<div><p><strong>Table &quot;&gt;&lt;script&gt;. a</strong></p></div>",
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
    blocks = read_html(Fragment(html))
    assert_is_safe(html_of(linked(blocks, lambda url: url, lambda _tag: None)))
    assert_is_safe(html_of(blocks))


def test_text_of_every_edition_holds_only_the_short_list(
    library: Library, database: sqlite3.Connection
) -> None:
    numbers = [number for (number,) in database.execute("SELECT id FROM text")]
    assert len(numbers) > 8000
    for number in numbers:
        text = library.text(number)
        assert text is not None
        assert_is_safe(text.html)


def test_empty_links_take_their_targets_in_order() -> None:
    html = '<td><p>See <span href="">One</span>, <span href="">Two</span>.</p></td>'
    assert read_html(Fragment(html, ("u", "v"))) == (
        Block(
            kind="paragraph",
            words="See One, Two.",
            spans=(Span("link", 4, 7, "u"), Span("link", 9, 12, "v")),
        ),
    )


def test_spaces_at_the_ends_of_words_and_of_marks_mean_nothing() -> None:
    (block,) = read_html(Fragment("<p> Green \n <strong> tea </strong> is hot. </p>"))
    assert block.words == "Green tea is hot."
    assert block.spans == (Span("strong", 6, 9),)


def test_marks_within_marks_are_kept_in_order() -> None:
    (block,) = read_html(Fragment("<p><strong>T<sub>x</sub> rises</strong></p>"))
    assert block.words == "Tx rises"
    assert block.spans == (Span("strong", 0, 8), Span("subscript", 1, 2))


def test_a_block_inside_a_mark_ends_the_words_before_it() -> None:
    html = "<div><strong>before<pre>inside</pre>after</strong></div>"
    blocks = read_html(Fragment(html))
    assert [(block.kind, block.words) for block in blocks] == [
        ("phrase", "before"),
        ("preformatted", "inside"),
        ("phrase", "after"),
    ]
    assert [block.spans for block in blocks] == [
        (Span("strong", 0, 6),),
        (),
        (Span("strong", 0, 5),),
    ]


def test_lists_keep_their_items_their_numbering_and_the_lists_inside() -> None:
    html = "<ol type='a'><li><p>one</p><ul><li>two</li></ul></li><li><p>three</p></li></ol>"
    (numbered,) = read_html(Fragment(html))
    one, three = numbered.blocks
    (bullets,) = one.blocks
    assert (numbered.kind, numbered.detail, bullets.kind, bullets.detail) == (
        "list",
        "a",
        "list",
        "",
    )
    assert (one.words, three.words) == ("one", "three")
    assert [block.words for block in bullets.blocks[0].blocks] == ["two"]


def test_terms_are_followed_by_their_meaning() -> None:
    html = "<dl><dt> HOT </dt><dd> <p>Over 80 C.</p> </dd><dt>COLD</dt></dl>"
    (terms,) = read_html(Fragment(html))
    assert [(block.kind, block.words) for block in terms.blocks] == [
        ("term", "HOT"),
        ("meaning", "Over 80 C."),
        ("term", "COLD"),
    ]


def test_cells_keep_how_many_columns_and_rows_they_span() -> None:
    html = (
        "<table><thead><tr><th colspan='2' rowspan='1'>Tea</th></tr></thead>"
        "<tbody><tr><td colspan='1' rowspan='1'><p>green</p></td><td></td></tr></tbody></table>"
    )
    (table,) = read_html(Fragment(html))
    assert [(block.kind, block.detail, block.words) for block in walk(table.blocks)] == [
        ("head", "", ""),
        ("row", "", ""),
        ("heading cell", "2 1", ""),
        ("phrase", "", "Tea"),
        ("row", "", ""),
        ("cell", "", "green"),
        ("cell", "", ""),
    ]


def test_spaces_of_a_program_are_kept() -> None:
    (block,) = read_html(Fragment("<pre>if hot:\n    drink()\n</pre>"))
    assert block == Block(kind="preformatted", words="if hot:\n    drink()")


def test_a_line_break_within_words_is_a_newline_and_none_between_blocks() -> None:
    blocks = read_html(Fragment("<p>one<br>two</p><br><p>three</p>"))
    assert [block.words for block in blocks] == ["one\ntwo", "three"]


def test_remote_images_become_links_next_to_their_caption() -> None:
    html = (
        "<div><div><img src='http://x.test/f.svg'/></div>"
        "<p><strong>Figure Z.1-1. A Frog</strong></p></div>"
    )
    (figure,) = read_html(Fragment(html))
    image, caption = figure.blocks
    assert (figure.kind, figure.detail) == ("figure", "figure_Z.1-1")
    assert [link.target for link in image.links] == ["http://x.test/f.svg"]
    assert (caption.kind, caption.words) == ("caption", "Figure Z.1-1. A Frog")


def test_notes_are_notes() -> None:
    assert read_html(Fragment("<div><h3>Note</h3><p>Frogs differ.</p></div>")) == (
        Block(kind="note", detail="Note", words="Frogs differ."),
    )


def test_this_module_is_named_by_its_number() -> None:
    html = "<p>See <a href='#sect_Z.1'>This module</a>.</p>"
    assert read_html(Fragment(html))[0].words == "See Section Z.1."


def test_caption_anchor_only_of_captions() -> None:
    assert caption_anchor("Table Z.8-12b. Frogs by Size") == "table_Z.8-12b"
    assert caption_anchor("Figures are drawn. So are frogs.") is None
