"""A text as HTML."""

from __future__ import annotations

import pytest

from octome.standard.block import Block, Span
from octome.standard.block_html import html_of


@pytest.mark.parametrize(
    ("block", "html"),
    [
        (Block(kind="phrase", words="a < b"), "a &lt; b"),
        (Block(kind="paragraph", words="a\nb"), "<p>a<br>b</p>"),
        (Block(kind="preformatted", words="a\n  b"), "<pre>a\n  b</pre>"),
        (Block(kind="heading", words="Z.1 Tea"), "<h4>Z.1 Tea</h4>"),
        (
            Block(kind="note", detail="Notes", words="a"),
            '<div class="note"><strong>Notes</strong><p>a</p></div>',
        ),
        (
            Block(kind="list", detail="a", blocks=(Block(kind="item", words="x"),)),
            '<ol type="a"><li><p>x</p></li></ol>',
        ),
        (Block(kind="list", blocks=(Block(kind="item"),)), "<ul><li></li></ul>"),
        (Block(kind="cell", detail="2 1", words="x"), '<td colspan="2" rowspan="1"><p>x</p></td>'),
        (Block(kind="heading cell", words="x"), "<th><p>x</p></th>"),
        (Block(kind="heading cell"), "<td></td>"),
        (
            Block(kind="figure", detail="figure_Z-1", blocks=(Block(kind="caption", words="c"),)),
            '<figure id="figure_Z-1"><p class="caption">c</p></figure>',
        ),
        (
            Block(kind="formula", words="a < b", detail="<math><mi>a</mi></math>"),
            '<div class="formula"><math><mi>a</mi></math></div>',
        ),
        (Block(kind="formula", words="a < b"), '<div class="formula">a &lt; b</div>'),
        (
            Block(kind="picture", words="Tea", detail="/figures/3/tea.svg"),
            '<img src="/figures/3/tea.svg" alt="Tea" loading="lazy">',
        ),
        (
            Block(
                kind="term", words="a", spans=(Span("anchor", 0, 0, "x"), Span("link", 0, 1, "/y"))
            ),
            '<dt><span id="x"></span><a href="/y">a</a></dt>',
        ),
    ],
    ids=lambda value: value.kind if isinstance(value, Block) else "",
)
def test_each_kind_of_block_is_an_element(block: Block, html: str) -> None:
    assert html_of((block,)) == html


def test_marks_open_and_close_where_they_begin_and_end() -> None:
    spans = (
        Span("strong", 0, 5),
        Span("link", 0, 5, "/x"),
        Span("subscript", 4, 5),
        Span("emphasis", 6, 7),
    )
    html = html_of((Block(kind="phrase", words="A & B c", spans=spans),))
    assert html == '<strong><a href="/x">A &amp; <sub>B</sub></a></strong> <em>c</em>'


def test_nothing_in_a_value_can_leave_its_place() -> None:
    evil = '"><script>'
    link = Span("link", 0, 10, "/" + evil)
    figure = Block(kind="figure", detail=evil, words=evil, spans=(link,))
    assert "<script>" not in html_of((figure,))


def test_an_unsafe_target_is_not_written() -> None:
    link = Span("link", 0, 1, "javascript:alert(1)")
    assert "javascript" not in html_of((Block(kind="phrase", words="a", spans=(link,)),))


@pytest.mark.parametrize(
    "mathml",
    [
        "<math><script>x()</script></math>",
        '<math><mi onclick="x()">a</mi></math>',
        '<math><mi href="javascript:x()">a</mi></math>',
        "<div><script>x()</script></div>",
        '<!DOCTYPE math [<!ENTITY x "x()">]><math><mi>&x;</mi></math>',
        "<math>&lt;script>x()",
        "<math><annotation-xml><div>x()</div></annotation-xml></math>",
    ],
)
def test_nothing_in_a_formula_runs(mathml: str) -> None:
    assert "x()" not in html_of((Block(kind="formula", words="a", detail=mathml),))
