"""Words and the marks on them, collected from inline elements."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from lxml import etree

from octome.standard.block import Block, BlockKind, Span, SpanKind
from octome.standard.sources.docbook.tag import names, tag

# Zero-width space, word joiner and byte order mark: all over names, UIDs and keywords.
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u2060\ufeff"))
PARA = tag("para")
# Inline elements; between all others there is a space.
INLINE = names(
    """abbrev acronym anchor citetitle code command computeroutput email emphasis filename
    firstterm foreignphrase link literal mathphrase olink phrase quote replaceable subscript
    superscript systemitem trademark ulink userinput varname xref"""
)


def normal(text: str | None) -> str:
    r"""A text with one space between words, no-break spaces included, and nothing invisible.

    Examples
    --------
    >>> normal(" Green\u200bTea\u00a0 leaf\n")
    'GreenTea leaf'
    """
    if not text:
        return ""
    return " ".join((text if text.isascii() else text.translate(INVISIBLE)).split())


def has_words(text: str | None) -> bool:
    """Whether a text has any words: most between elements is only a new line."""
    return text is not None and not text.isspace() and normal(text) != ""


def plain_words(element: etree._Element) -> str:
    """All words in an element. References without their own words add none."""
    if len(element) == 0:
        return normal(element.text)
    pieces: list[str] = []
    _collect(element, pieces)
    return normal("".join(pieces))


def lone_paragraph(element: etree._Element) -> str | None:
    """The words of an element that has one paragraph of plain text, as most cells; else None."""
    if len(element) != 1:
        return None
    child = element[0]
    if child.tag != PARA or len(child) or has_words(element.text) or has_words(child.tail):
        return None
    return normal(child.text)


def _collect(element: etree._Element, pieces: list[str]) -> None:
    pieces.append(element.text or "")
    for child in element:
        gap = _gap(child.tag)  # type: ignore[arg-type]
        if gap is not None:
            pieces.append(gap)
            _collect(child, pieces)
            pieces.append(gap)
        pieces.append(child.tail or "")


@cache
def _gap(name: object) -> str | None:
    """What is around the words of elements with a name, as lxml has it; None: they do not count."""
    own = name.rpartition("}")[2] if isinstance(name, str) else ""
    return None if own in ("", "remark") else "" if own in INLINE else " "


@dataclass(slots=True)
class _Mark:
    """A span that may still be open."""

    kind: SpanKind
    target: str
    start: int
    end: int = -1

    def on(self, words: str) -> Span | None:
        """The span without the spaces at its ends; None if it is then empty and not an anchor."""
        inside = words[self.start : self.end]
        start = self.start + len(inside) - len(inside.lstrip())
        end = self.start + len(inside.rstrip())
        if start < end:
            return Span(self.kind, start, end, self.target)
        start = min(self.start, len(words))
        return Span(self.kind, start, start, self.target) if self.kind == "anchor" else None


class Words:
    """Words with one space between them, and the marks on them.

    Where spaces count (`kind` is `preformatted`), all are kept.
    """

    def __init__(self, kind: BlockKind) -> None:
        self.kind = kind
        self._words = ""
        self._marks: list[_Mark] = []
        self._open: list[_Mark] = []

    def add(self, text: str | None) -> None:
        """More of the source's text."""
        if not text:
            return
        if not text.isascii():
            text = text.translate(INVISIBLE)
        if self.kind == "preformatted":
            self._words += text.replace("\u00a0", " ")
            return
        words = " ".join(text.split())
        is_apart = not self._words or self._words[-1] == " "
        if not words:
            self._words += "" if is_apart or not text else " "
            return
        gap = "" if is_apart or not text[0].isspace() else " "
        self._words += gap + words + (" " if text[-1].isspace() else "")

    def __len__(self) -> int:
        return len(self._words)

    def __bool__(self) -> bool:
        """Whether any words were collected."""
        return bool(self._words or self._marks)

    def end_sentence(self, before: int) -> None:
        """Add a full stop, if there are words after `before` without one at the end."""
        words = self._words.rstrip()
        if len(words) > before and words[-1] not in ".?!":
            self._words = words + "."

    def open(self, kind: SpanKind, target: str = "") -> None:
        """Begin a mark here."""
        mark = _Mark(kind, target, len(self._words))
        self._marks.append(mark)
        self._open.append(mark)

    def close(self) -> None:
        """End the mark that was opened last."""
        self._open.pop().end = len(self._words)

    def take(self) -> tuple[Block, ...]:
        """The collected words, as a block; nothing without words. Open marks stay open."""
        marks = self._marks
        if not marks and self.kind != "preformatted":
            words, self._words = self._words.rstrip(), ""
            return (Block(kind=self.kind, words=words),) if words else ()
        words = self._words.rstrip()
        if self.kind == "preformatted":
            # Only empty lines at the beginning and the end are removed.
            cut = len(words) - len(words.lstrip())
            cut = words.rfind("\n", 0, cut) + 1
            words = words[cut:]
        else:
            cut = 0
        spans: list[Span] = []
        for mark in marks:
            start, end = mark.start - cut, (mark.end if mark.end >= 0 else len(self._words)) - cut
            span = _Mark(mark.kind, mark.target, max(start, 0), max(end, 0)).on(words)
            spans += [span] if span else []
        if not words and not any(span.kind == "anchor" for span in spans):
            spans = []
        self._words = ""
        for mark in self._open:
            mark.start = 0
        self._marks = list(self._open)
        if not words and not spans:
            return ()
        return (Block(kind=self.kind, words=words, spans=tuple(spans)),)
