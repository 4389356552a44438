"""The HTML of a source as blocks. Nothing else reads HTML.

A source is untrusted: only known elements are taken, as values; `block_html` turns them into HTML
again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lxml import html as lxml_html

from octome.standard.block import Block, BlockKind, Span, SpanKind
from octome.standard.sources.records import Fragment

BLOCKS: dict[str, BlockKind] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    "p": "paragraph",
    "pre": "preformatted",
    "ol": "list",
    "ul": "list",
    "li": "item",
    "dl": "terms",
    "dt": "term",
    "dd": "meaning",
    "div": "phrase",  # only a wrapper, except for notes and figures
    "figure": "figure",
    "table": "table",
    "thead": "head",
    "tr": "row",
    "td": "cell",
    "th": "heading cell",
}
SPANS: dict[str, SpanKind] = {
    "strong": "strong",
    "em": "emphasis",
    "sub": "subscript",
    "sup": "superscript",
    "abbr": "abbreviation",
}
# Elements whose content is not text.
NOT_TEXT = {"script", "style", "iframe", "object", "svg", "math", "template", "noscript", "title"}
# Their first paragraph is their own words.
WITH_FIRST_PARAGRAPH = ("item", "meaning", "note", "cell", "heading cell")
WITH_WORDS = ("paragraph", "heading", "preformatted", "term")
# They stay even if empty: what follows would move.
MAY_BE_EMPTY = ("item", "term", "head", "row", "cell", "heading cell")
NUMBERED_BY = ("1", "a", "A", "i", "I")
CAPTION = re.compile(r"^\s*((?:Figure|Table)\s+[\w.\-]+?)\.\s")
SPACE = re.compile(r"\s+")
IMAGE = "image at dicom.nema.org"


def read_html(fragment: Fragment) -> tuple[Block, ...]:
    """The blocks of a piece of HTML; the targets of links are those of the source.

    Examples
    --------
    >>> read_html(Fragment("<p>Green <b>tea</b>.</p><script>x()</script>"))[0].words
    'Green tea.'
    """
    root = lxml_html.fragment_fromstring(fragment.html, create_parent="div")
    return _Reader(fragment.targets).flow(root, "phrase")


def caption_anchor(caption: str) -> str | None:
    """The anchor of a captioned figure or table: `figure_C.10.5-1`; None for other text."""
    match = CAPTION.match(caption)
    if match is None:
        return None
    return SPACE.sub("_", match[1]).replace("Figure", "figure").replace("Table", "table")


@dataclass
class _Mark:
    """A span that may still be open."""

    kind: SpanKind
    start: int
    end: int
    target: str

    def on(self, words: str, begin: int) -> Span | None:
        """The span without the spaces at its ends, counted from `begin`; None if empty."""
        inside = words[self.start : self.end]
        start = self.start + len(inside) - len(inside.lstrip()) - begin
        end = self.start + len(inside.rstrip()) - begin
        return Span(self.kind, start, end, self.target) if start < end else None


class _Words:
    """Collected inline text: words with one space between them, and marks on them."""

    def __init__(self, kind: BlockKind) -> None:
        self.kind = kind
        self._words = ""
        self._marks: list[_Mark] = []
        self._open: list[_Mark] = []

    def add(self, text: str | None) -> None:
        if not text or (not self._words and text.isspace()):
            return
        if self.kind != "preformatted":
            text = SPACE.sub(" ", text)
            if self._words[-1:] in ("", " ", "\n"):
                text = text.lstrip()
        self._words += text

    def break_line(self) -> None:
        self._words = self._words.rstrip(" ") + "\n"

    def open(self, kind: SpanKind, target: str = "") -> None:
        mark = _Mark(kind, len(self._words), 0, target)
        self._marks.append(mark)
        self._open.append(mark)

    def close(self) -> None:
        self._open.pop().end = len(self._words)

    def take(self) -> tuple[Block, ...]:
        """The collected text, as a block; nothing without words."""
        whole = self._words
        if not whole and not self._open:
            self._marks = []
            return ()
        for mark in self._open:
            mark.end = len(whole)
        words = whole.rstrip()
        begin = 0 if self.kind == "preformatted" else len(words) - len(words.lstrip())
        spans = tuple(span for mark in self._marks if (span := mark.on(words, begin)))
        self._words = ""
        self._open = [_Mark(mark.kind, 0, 0, mark.target) for mark in self._open]
        self._marks = list(self._open)
        return (Block(kind=self.kind, words=words[begin:], spans=spans),) if words else ()


class _Reader:
    """Reads one fragment from its beginning to its end."""

    def __init__(self, targets: tuple[str, ...]) -> None:
        self._targets = iter(targets)

    def flow(self, element: lxml_html.HtmlElement, kind: BlockKind) -> tuple[Block, ...]:
        """The content of an element; words outside any block become a `kind`."""
        if len(element) == 0 and kind != "preformatted":
            text = SPACE.sub(" ", element.text or "").strip()
            return (Block(kind=kind, words=text),) if text else ()
        found: list[Block] = []
        words = _Words(kind)
        self._content(element, words, found)
        return (*found, *words.take())

    def _content(self, element: lxml_html.HtmlElement, words: _Words, found: list[Block]) -> None:
        """Read an element's content; words that do not end in it are still in `words` after it."""
        words.add(element.text)
        for child in element:
            tag = child.tag
            if tag in BLOCKS:
                found += words.take()
                found += self._block(child)
            elif tag == "br":
                words.break_line()
            elif isinstance(tag, str) and tag not in NOT_TEXT:  # else a comment or similar
                self._inline(child, words, found)
            words.add(child.tail)

    def _inline(self, element: lxml_html.HtmlElement, words: _Words, found: list[Block]) -> None:
        target = self._target(element)
        if element.tag == "img":
            words.open("link", target)
            words.add(IMAGE)
            words.close()
        elif target or element.tag in SPANS:
            words.open(SPANS.get(str(element.tag), "link"), target)
            if element.text_content().strip() in ("This module", "This macro"):
                # The package has these words instead of the name of a table or a section.
                anchor = target.rpartition("#")[2]
                words.add(anchor.replace("sect_", "Section ").replace("table_", "Table "))
            else:
                self._content(element, words, found)
            words.close()
        else:
            self._content(element, words, found)

    def _target(self, element: lxml_html.HtmlElement) -> str:
        """The target of an element; the source keeps the targets of empty links separately."""
        if element.tag == "img":
            return str(element.get("src", ""))
        if element.tag in ("a", "span") and element.get("href") is not None:
            return element.get("href") or next(self._targets, "")
        return ""

    def _block(self, element: lxml_html.HtmlElement) -> tuple[Block, ...]:
        kind = BLOCKS[str(element.tag)]
        if kind in ("cell", "heading cell") and _parent_tag(element) != "tr":
            kind = "phrase"  # the cell of the attribute table that the text was cut out of
        if kind == "paragraph" and len(element) and element.find("strong") is not None:
            kind = "caption" if caption_anchor(element.text_content()) else kind
        if kind in (*WITH_WORDS, "caption"):
            blocks = self.flow(element, kind)
            return blocks or ((Block(kind=kind),) if kind in MAY_BE_EMPTY else ())
        detail = _detail(element)
        if element.tag == "div":
            kind = "note" if detail.startswith("Note") else "figure" if detail else "phrase"
        blocks = self.flow(element, "phrase")
        if kind == "note":
            blocks = tuple(b for b in blocks if (b.kind, b.words) != ("heading", detail))
        if kind == "phrase":
            return blocks
        if not blocks and kind not in MAY_BE_EMPTY:
            return ()
        if blocks and blocks[0].kind == "paragraph" and kind in WITH_FIRST_PARAGRAPH:
            (first, *others) = blocks
            whole = replace(first, kind=kind, detail=detail, blocks=tuple(others))
        else:
            whole = Block(kind=kind, detail=detail, blocks=blocks)
        return (whole,)


def _detail(element: lxml_html.HtmlElement) -> str:
    """The detail of a block; see `BlockKind`."""
    match element.tag:
        case "ol":
            numbered_by = element.get("type", "1")
            return numbered_by if numbered_by in NUMBERED_BY else "1"
        case "td" | "th":
            spans = [element.get("colspan", "1"), element.get("rowspan", "1")]
            return " ".join(spans) if spans != ["1", "1"] and "".join(spans).isdigit() else ""
        case "div":
            for child in element:
                heading = BLOCKS.get(child.tag if isinstance(child.tag, str) else "")
                words = child.text_content() if heading in ("heading", "paragraph") else ""
                if heading == "heading" and words.strip() in ("Note", "Notes"):
                    return str(words.strip())
                if heading == "paragraph" and child.find("strong") is not None:
                    anchor = caption_anchor(words)
                    if anchor:
                        return anchor
    return ""


def _parent_tag(element: lxml_html.HtmlElement) -> str:
    parent = element.getparent()
    return "" if parent is None else str(parent.tag)
