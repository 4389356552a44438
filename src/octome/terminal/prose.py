"""The Standard's safe HTML as wrapped lines."""

from __future__ import annotations

import textwrap
from html.parser import HTMLParser

BLOCKS = {
    "p",
    "li",
    "dt",
    "dd",
    "h3",
    "h4",
    "tr",
    "div",
    "figure",
    "ol",
    "ul",
    "dl",
    "table",
    "pre",
}

# Elements whose blocks stand further in, and by how much; of `div` only notes.
INDENTED = {"ol": 2, "ul": 2, "dd": 4, "figure": 2, "div": 2}


class _Blocks(HTMLParser):
    """Collects the blocks of a text: how far in, what leads the first line, and the words."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[tuple[int, str, str]] = []
        self._words: list[str] = []
        self._indents = [0]
        self._lead = ""
        self._lists: list[tuple[str, int]] = []
        self._cells = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # A paragraph that opens an item goes on on the item's line.
        opens_item = tag == "p" and self._lead and not self._words
        if tag in BLOCKS and not opens_item:
            self.end_block()
        if tag in INDENTED:
            deeper = INDENTED[tag] if tag != "div" or ("class", "note") in attrs else 0
            self._indents.append(self._indents[-1] + deeper)
        if tag in ("ol", "ul"):
            kind = dict(attrs).get("type") or "1" if tag == "ol" else "-"
            self._lists.append((kind, 0))
        elif tag == "li" and self._lists:
            kind, count = self._lists[-1]
            self._lists[-1] = (kind, count + 1)
            self._lead = f"{_ordinal(kind, count)} "
        elif tag == "tr":
            self._cells = 0
        elif tag in ("td", "th"):
            self._words.append(" | " if self._cells else "")
            self._cells += 1
        elif tag == "dt":
            self._lead = "· "

    def handle_endtag(self, tag: str) -> None:
        if tag == "p" and self._cells:
            return  # a table's row is one line, however its cells are built
        if tag in BLOCKS:
            self.end_block()
        if tag in INDENTED and len(self._indents) > 1:
            self._indents.pop()
        if tag in ("ol", "ul") and self._lists:
            self._lists.pop()
        elif tag == "tr":
            self._cells = 0

    def handle_data(self, data: str) -> None:
        self._words.append(data)

    def end_block(self) -> None:
        words = " ".join("".join(self._words).split())
        if words:
            self.blocks.append((self._indents[-1], self._lead, words))
            self._lead = ""
        self._words = []


def _ordinal(kind: str, count: int) -> str:
    if kind in ("A", "a"):
        return f"{chr(ord(kind) + count % 26)}."
    return "-" if kind == "-" else f"{count + 1}."


def prose(html: str, width: int, indent: int = 0) -> list[str]:
    """Safe HTML as lines no wider than `width`.

    Examples
    --------
    >>> prose("<p>One of:</p><ol type='a'><li><p>this, or</p></li><li>that</li></ol>", 40)
    ['One of:', '', '  a. this, or', '  b. that']
    >>> prose("<div class='note'><p>n</p></div><p>after</p>", 40)
    ['  n', '', 'after']
    """
    parser = _Blocks()
    parser.feed(html)
    parser.end_block()
    lines: list[str] = []
    in_list = False
    for inner, lead, words in parser.blocks:
        margin = " " * (indent + inner)
        if lines and not (in_list and (lead or inner)):
            lines.append("")
        lines += textwrap.wrap(
            words,
            max(width, indent + inner + 20),
            initial_indent=margin + lead,
            subsequent_indent=margin + " " * len(lead),
            break_long_words=False,
            break_on_hyphens=False,
        )
        in_list = bool(lead)
    return lines
