"""A text as HTML: a short list of elements, links only to octome's own paths or over HTTP.

Every word and every target is escaped here, so that the HTML is safe for any source.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

from octome.standard.block import Block, Span

ELEMENT = {
    "paragraph": "p",
    "heading": "h4",
    "preformatted": "pre",
    "item": "li",
    "terms": "dl",
    "term": "dt",
    "meaning": "dd",
    "head": "thead",
    "row": "tr",
    "link": "a",
    "strong": "strong",
    "emphasis": "em",
    "subscript": "sub",
    "superscript": "sup",
    "abbreviation": "abbr",
    "code": "code",
}
# Their words are a separate paragraph.
WITH_PARAGRAPH = ("item", "meaning", "note", "cell", "heading cell")
# A path of octome or a page on another host; `//host` and `/\host` would be disguised hosts.
SAFE_TARGET = re.compile(r"/(?![/\\])|https?://")


def bare(path: str) -> str:
    """A path of octome, unchanged."""
    return path


def html_of(blocks: tuple[Block, ...], url: Callable[[str], str] = bare) -> str:
    """A text as HTML; `url` builds the address of a link from a path of octome.

    Examples
    --------
    >>> link = Span("link", 4, 7, "/sections/Z.1")
    >>> html_of((Block(kind="paragraph", words="See Z.1 < Z.2", spans=(link,)),))
    '<p>See <a href="/sections/Z.1">Z.1</a> &lt; Z.2</p>'
    """
    return "\n".join(_html(block, url) for block in blocks)


def _html(block: Block, url: Callable[[str], str]) -> str:
    words = _inline(block, url)
    if block.kind in WITH_PARAGRAPH and words:
        words = f"<p>{words}</p>"
    inside = words + "".join(_html(child, url) for child in block.blocks)
    match block.kind:
        case "phrase":
            return inside
        case "caption":
            return f'<p class="caption">{inside}</p>'
        case "note":
            return f'<div class="note"><strong>{escape(block.detail)}</strong>{inside}</div>'
        case "figure":
            return f'<figure id="{escape(block.detail)}">{inside}</figure>'
        case "table":
            return f'<div class="scroll"><table>{inside}</table></div>'
        case "picture":
            return _picture(block, url)
        case "formula":
            return f'<div class="formula">{_formula(block) or words}</div>'
        case "list" if block.detail:
            return f'<ol type="{escape(block.detail)}">{inside}</ol>'
        case "list":
            return f"<ul>{inside}</ul>"
        case "cell" | "heading cell":
            return _cell(block, inside)
        case kind:
            return f"<{ELEMENT[kind]}>{inside}</{ELEMENT[kind]}>"


def _picture(block: Block, url: Callable[[str], str]) -> str:
    """A picture that octome has, or else its text with a link to its address."""
    words = escape(block.words)
    if block.detail.startswith("/") and SAFE_TARGET.match(block.detail):
        return f'<img src="{escape(url(block.detail))}" alt="{words}" loading="lazy">'
    if SAFE_TARGET.match(block.detail):
        return f'<a href="{escape(block.detail)}" rel="external noreferrer">{words}</a>'
    return words


def _formula(block: Block) -> str:
    """A formula in MathML; empty if there is no safe one."""
    # Few texts have one, and the parser takes time to import.
    from octome.standard.mathml import sanitised_mathml

    return sanitised_mathml(block.detail)


def _cell(block: Block, inside: str) -> str:
    # An empty heading cell, such as above row numbers, is not a heading.
    element = "th" if block.kind == "heading cell" and inside else "td"
    columns, _, rows = block.detail.partition(" ")
    spans = f' colspan="{escape(columns)}" rowspan="{escape(rows)}"' if columns else ""
    return f"<{element}{spans}>{inside}</{element}>"


def _inline(block: Block, url: Callable[[str], str]) -> str:
    """A block's own words with their marks."""
    pieces: list[str] = []
    ends: list[tuple[int, str]] = []  # where each open mark ends, and its closing tag
    at = 0

    def write(end: int) -> None:
        nonlocal at
        words = escape(block.words[at:end], quote=False)
        pieces.append(words if block.kind == "preformatted" else words.replace("\n", "<br>"))
        at = end

    def close(until: int) -> None:
        while ends and ends[-1][0] <= until:
            end, tag = ends.pop()
            write(end)
            pieces.append(tag)

    for span in block.spans:
        close(span.start)
        write(span.start)
        pieces.append(_opening(span, url))
        ends.append((span.end, f"</{ELEMENT.get(span.kind, 'span')}>"))
    close(len(block.words))
    write(len(block.words))
    return "".join(pieces)


def _opening(span: Span, url: Callable[[str], str]) -> str:
    if span.kind == "anchor":
        return f'<span id="{escape(span.target)}">'
    if span.kind != "link" or not SAFE_TARGET.match(span.target):
        return f"<{ELEMENT[span.kind]}>"
    if span.target.startswith("/"):
        return f'<a href="{escape(url(span.target))}">'
    return f'<a href="{escape(span.target)}" rel="external noreferrer">'
