"""Blocks of a source with their links changed to octome's own pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from operator import is_

from octome.standard.block import Block, Span, walk
from octome.standard.block_html import SAFE_TARGET
from octome.standard.sources.records import tag_id

TAG = re.compile(r"\(([0-9A-Fa-f]{4},[0-9A-Fa-f]{4}|60xx,[0-9A-Fa-f]{4})\)")


def linked(
    blocks: tuple[Block, ...],
    address: Callable[[str], str],
    attribute: Callable[[str], str | None],
    picture: Callable[[str], str] = str,
) -> tuple[Block, ...]:
    """Set the target of every link, and link every attribute tag, `(0008,2112)`.

    Parameters
    ----------
    blocks : tuple of Block
        With the link targets of the source.
    address : callable
        From a link's target in the source to octome's path, or to another site; empty for no link
        at all.
    attribute : callable
        From the eight digits of a tag in running text to its page; None where it has none.
    picture : callable
        From the file of a picture in the source to its address.
    """

    def one(block: Block) -> Block:
        spans = block.spans
        if spans and any(span.kind == "link" for span in spans):
            spans = tuple(_led(spans, address))
        if "," in block.words and (tags := tuple(_tags(block.words, spans, attribute))):
            spans = tuple(sorted((*spans, *tags), key=lambda span: (span.start, -span.end)))
        inside = tuple([one(child) for child in block.blocks]) if block.blocks else ()
        detail = picture(block.detail) if block.kind == "picture" else block.detail
        if spans is block.spans and detail is block.detail and all(map(is_, inside, block.blocks)):
            return block
        return Block(kind=block.kind, detail=detail, words=block.words, spans=spans, blocks=inside)

    return tuple(one(block) for block in blocks)


def targets(blocks: tuple[Block, ...]) -> tuple[str, ...]:
    """The targets of a text's links, each once, in reading order."""
    marked = (block.spans for block in walk(blocks) if block.spans)
    return tuple(
        dict.fromkeys(span.target for spans in marked for span in spans if span.kind == "link")
    )


def _led(spans: tuple[Span, ...], address: Callable[[str], str]) -> Iterator[Span]:
    for span in spans:
        if span.kind != "link":
            yield span
        else:
            target = address(span.target)
            if SAFE_TARGET.match(target):
                yield span._replace(target=target)


def _tags(
    words: str, spans: tuple[Span, ...], attribute: Callable[[str], str | None]
) -> Iterator[Span]:
    """Links on the tags in some words, except inside other links or across marks."""
    for match in TAG.finditer(words):
        start, end = match.span()
        is_free = all(
            span.end <= start
            or end <= span.start
            or (span.kind != "link" and span.start <= start and end <= span.end)
            for span in spans
        )
        path = attribute(tag_id(match[1])) if is_free else None
        if path is not None:
            yield Span("link", start, end, path)
