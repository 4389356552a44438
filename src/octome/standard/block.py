"""The structure of a text: paragraphs, lists, notes, tables and inline marks.

A text is a tuple of blocks in reading order. Sources of the Standard differ in their markup; they
all become these values, once, when the store is compiled. They are rendered as HTML or as lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

BlockKind = Literal[
    "paragraph",  # words
    "phrase",  # words that are not a separate paragraph
    "heading",
    "caption",
    "preformatted",  # words whose spaces and line breaks count
    "list",  # detail: numbering of its items, `1`, `a`, `A`; empty for bullets
    "item",
    "terms",  # a list of terms, each followed by its meaning
    "term",
    "meaning",
    "note",  # detail: the word above it, `Note` or `Notes`
    "figure",  # a figure or a table with its caption; detail: its anchor, `table_C.7-1`
    "picture",  # detail: where it is; words: what it shows
    "formula",  # detail: MathML; words: the same without markup
    "table",
    "head",
    "row",
    "cell",  # detail: columns and rows that it spans, `2 1`; empty for one of each
    "heading cell",  # the same
]
SpanKind = Literal[
    "link", "strong", "emphasis", "subscript", "superscript", "abbreviation", "code", "anchor"
]

BLOCK_KINDS: frozenset[str] = frozenset(get_args(BlockKind))
SPAN_KINDS: frozenset[str] = frozenset(get_args(SpanKind))


class Span(NamedTuple):
    """A mark on the words from `start` to before `end`.

    `target` is where a link leads, or the id of an anchor.

    Spans of a block are in reading order; they may be nested, but never overlap otherwise.
    """

    kind: SpanKind
    start: int
    end: int
    target: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A block with its own words and the blocks inside it.

    A block that contains others may have words too: they are its first paragraph. A line break in
    the words is a newline.
    """

    kind: BlockKind
    detail: str = ""
    words: str = ""
    spans: tuple[Span, ...] = ()
    blocks: tuple[Block, ...] = ()

    def __post_init__(self) -> None:
        if self.kind not in BLOCK_KINDS:
            raise ValueError(f"{self.kind!r} is not a kind of block")

    @property
    def links(self) -> Iterator[Span]:
        """The links in its own words."""
        return (span for span in self.spans if span.kind == "link")


def walk(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Every block in reading order, each before those inside it."""
    waiting = list(reversed(blocks))
    while waiting:
        block = waiting.pop()
        yield block
        if block.blocks:
            waiting += reversed(block.blocks)


def words_of(blocks: tuple[Block, ...]) -> str:
    """All words, with a space between blocks.

    Examples
    --------
    >>> item = Block(kind="item", words="green tea")
    >>> words_of((Block(kind="paragraph", words="One of:"), Block(kind="list", blocks=(item,))))
    'One of: green tea'
    """
    return " ".join(" ".join(block.words for block in walk(blocks) if block.words).split())


def compared_words(block: Block) -> str:
    """What the words of a block are compared by: references without the title or the part.

    A reference into another part has the title of what it leads to only where that part is here.

    Examples
    --------
    >>> link = Span("link", 4, 19, "/sections/PS3.5-9")
    >>> compared_words(Block(kind="paragraph", words="See Section 9 “Tea”, 2.", spans=(link,)))
    'See Section 9, 2.'
    """
    words = block.words
    if not block.spans:
        return " ".join(words.split())
    for span in sorted(block.links, key=lambda span: span.start, reverse=True):
        named = words[span.start : span.end]
        short = min(named.partition(mark)[0] for mark in (" “", " in PS"))
        words = words[: span.start] + short + words[span.end :]
    return " ".join(words.split())


def paragraphs(blocks: tuple[Block, ...]) -> list[str]:
    """The words of each paragraph, list item and table cell; without notes and lists of terms.

    Examples
    --------
    >>> paragraphs((Block(kind="paragraph", words="A word."), Block(kind="note", words="So.")))
    ['A word.']
    """
    found: list[str] = []
    for block in blocks:
        if block.kind not in ("note", "terms"):
            found += block.words.split("\n") if block.words else ()
            found += paragraphs(block.blocks)
    return found


def tree(rows: list[tuple[int, BlockKind, str, str, tuple[Span, ...]]]) -> tuple[Block, ...]:
    """Blocks from rows in reading order, each with its depth.

    Examples
    --------
    >>> rows = [(0, "list", "", "", ()), (1, "item", "", "tea", ()), (0, "paragraph", "", "or", ())]
    >>> [(block.kind, len(block.blocks)) for block in tree(rows)]
    [('list', 1), ('paragraph', 0)]
    """
    waiting: dict[int, list[Block]] = {}  # by depth, those whose parent comes later
    for depth, kind, detail, words, spans in reversed(rows):
        inside = tuple(reversed(waiting.pop(depth + 1, [])))
        block = Block(kind=kind, detail=detail, words=words, spans=spans, blocks=inside)
        waiting.setdefault(depth, []).append(block)
    return tuple(reversed(waiting.get(0, [])))
