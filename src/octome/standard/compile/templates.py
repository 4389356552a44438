"""The templates of an edition written into the store, and links on what their cells name."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from operator import is_

from octome.standard.block import Block, Span, walk
from octome.standard.compile.address import Addresses
from octome.standard.compile.rows import insert
from octome.standard.compile.texts import Texts
from octome.standard.names import code_path
from octome.standard.sources.records import EditionRecords, Passage, TemplateRow
from octome.standard.template_line import Code, Mention, Numbered, read_line


class TemplateWriter:
    """Writes the templates of one edition."""

    def __init__(self, db: sqlite3.Connection, texts: Texts, addresses: Addresses) -> None:
        self._db, self._texts, self._addresses = db, texts, addresses

    def write(self, records: EditionRecords) -> None:
        """Write every template with its parameters and rows, and the codes that they name."""
        edition = records.edition
        templates, parameters, rows, codes = [], [], [], []
        for position, each in enumerate(records.templates):
            stated = (each.is_extensible, each.is_order_significant, each.is_root)
            texts = (self._number(edition, each.text), self._number(edition, each.notes))
            templates.append((edition, each.tid, position, each.name, *stated, *texts, each.url))
            for at, parameter in enumerate(each.parameters):
                usage = self._number(edition, parameter.usage)
                parameters.append((edition, each.tid, at, parameter.name, usage))
            for at, row in enumerate(each.rows):
                rows.append((edition, each.tid, at, *self._row(edition, row)))
                codes += [
                    (edition, scheme, value, each.tid, at, meaning)
                    for (scheme, value), meaning in _codes(row).items()
                ]
        insert(self._db, "template", templates)
        insert(self._db, "template_parameter", parameters)
        insert(self._db, "template_row", rows)
        insert(self._db, "template_code", codes)

    def _row(self, edition: str, row: TemplateRow) -> Iterator[object]:
        yield from (row.number, row.depth, row.relationship, row.value_type)
        yield self._number(edition, row.concept)
        yield from (row.vm, row.requirement)
        yield self._number(edition, row.condition)
        yield self._number(edition, row.value_set)
        yield row.included

    def _number(self, edition: str, text: Passage | None) -> int | None:
        if text is None:
            return None
        blocks = with_links(text.blocks)
        return self._texts.number(edition, Passage(blocks), self._addresses)


def _codes(row: TemplateRow) -> dict[tuple[str, str], str]:
    """The meaning of each code that a row names, by scheme and value."""
    texts = (row.concept, row.condition, row.value_set)
    return {
        (mention.what.scheme, mention.what.value): mention.what.meaning
        for text in texts
        for block in walk(text.blocks if text else ())
        for mention in read_line(block.words).mentions
        if isinstance(mention.what, Code)
    }


def with_links(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Lead what a line names to its page: `DCID 218 “…”` as a whole, letter and all.

    The source has the link after the letter, or none; on a code it leads to a definition, or to
    the site of a terminology.
    """

    def one(block: Block) -> Block:
        inside = tuple(map(one, block.blocks))
        spans = block.spans
        for mention in read_line(block.words).mentions:
            spans = _linked(spans, block.words, mention)
        if spans is block.spans and all(map(is_, inside, block.blocks)):
            return block
        return Block(
            kind=block.kind, detail=block.detail, words=block.words, spans=spans, blocks=inside
        )

    return tuple(map(one, blocks))


def _linked(spans: tuple[Span, ...], words: str, mention: Mention) -> tuple[Span, ...]:
    start, end = mention.start, mention.end
    match mention.what:
        case Code(_, scheme, value, _):
            # A word before the code says how it is meant: `EV`.
            start, target = words.index("(", start), code_path(scheme, value)
        case Numbered(what, number, _):
            target = f"PS3.16#sect_{what}_{number}"
        case _:
            return spans
    met = [span for span in spans if span.start < end and start < span.end]
    if any(span.kind != "link" for span in met):
        return spans
    link = Span("link", start, end, target)
    left = (span for span in spans if span not in met)
    return tuple(sorted((*left, link), key=lambda span: (span.start, -span.end)))
