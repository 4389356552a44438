"""Lists, notes, glossaries and bibliographies of a part as blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from lxml import etree

from octome.standard.block import Block, BlockKind, Span
from octome.standard.sources.docbook.part import title_element
from octome.standard.sources.docbook.tag import ID, name_of, tag
from octome.standard.sources.docbook.words import Words

if TYPE_CHECKING:
    from octome.standard.sources.docbook.text import Reading

NUMBERED_BY = {"loweralpha": "a", "upperalpha": "A", "lowerroman": "i", "upperroman": "I"}


def with_words(kind: BlockKind, detail: str, blocks: list[Block], anchor: str = "") -> Block:
    """A block whose first paragraph, if it begins with one, is its own words."""
    words, spans = "", tuple[Span, ...]()
    if blocks and blocks[0].kind == "paragraph" and not blocks[0].blocks:
        words, spans = blocks[0].words, blocks[0].spans
        blocks = blocks[1:]
    if anchor:
        spans = (Span("anchor", 0, len(words), anchor), *spans)
    return Block(kind=kind, detail=detail, words=words, spans=spans, blocks=tuple(blocks))


def heading(reading: Reading, element: etree._Element) -> Iterator[Block]:
    """The title that an element inside a text has, as a paragraph."""
    title = title_element(element)
    if title is not None:
        yield from reading.flow(title, "paragraph")


def listed(reading: Reading, element: etree._Element) -> Iterator[Block]:
    """A list. Numbered ones begin at 1; those without marks are as those with bullets."""
    yield from heading(reading, element)
    detail = ""
    if name_of(element) == "orderedlist":
        detail = NUMBERED_BY.get(element.get("numeration", "arabic"), "1")
    title = title_element(element)
    items: list[Block] = []
    others = reading.misplaced_text(element)
    for child in element:
        if name_of(child) in ("listitem", "member"):
            items.append(
                with_words("item", "", reading.flow(child, "paragraph"), child.get(ID, ""))
            )
        elif child is not title:
            others += reading.misplaced(child)
    yield from others
    if items:
        yield Block(kind="list", detail=detail, blocks=tuple(items))


def note(reading: Reading, element: etree._Element) -> Iterator[Block]:
    """A note. The word above it is its title, or the default of DocBook."""
    title = title_element(element)
    word = name_of(element).capitalize() if title is None else reading.words(title)
    blocks = reading.flow(element, "paragraph")
    if blocks or title is not None:
        yield with_words("note", word, blocks, element.get(ID, ""))


def terms(reading: Reading, element: etree._Element) -> Iterator[Block]:
    """A list of terms; its title (`Enumerated Values:`) is a paragraph just before it."""
    yield from heading(reading, element)
    title = title_element(element)
    found: list[Block] = []
    others = reading.misplaced_text(element)
    for entry in element:
        if name_of(entry) != "varlistentry":
            others += reading.misplaced(entry) if entry is not title else ()
            continue
        others += reading.misplaced_text(entry)
        anchor = entry.get(ID, "")
        for child in entry:
            if name_of(child) == "term":
                found.append(
                    with_words("term", "", reading.flow(child, "paragraph"), child.get(ID, anchor))
                )
                anchor = ""
            else:
                found += meaning(reading, child)
    yield from others
    if found:
        yield Block(kind="terms", blocks=tuple(found))


def meaning(reading: Reading, element: etree._Element) -> list[Block]:
    """The meaning of a term; empty if there is none."""
    if not isinstance(element.tag, str):
        return []
    blocks = reading.flow(element, "paragraph")
    return [with_words("meaning", "", blocks)] if blocks else []


def glossary_entry(reading: Reading, element: etree._Element) -> Iterator[Block]:
    """A term of a glossary and its meaning, as a list of one."""
    yield from reading.misplaced_text(element)
    found: list[Block] = []
    anchor = element.get(ID, "")
    for child in element:
        match name_of(child):
            case "glossterm" | "acronym" | "abbrev":
                blocks = reading.flow(child, "paragraph")
                found.append(with_words("term", "", blocks, child.get(ID, anchor)))
                anchor = ""
            case _:
                found += meaning(reading, child)
    yield Block(kind="terms", blocks=tuple(found))


def work(reading: Reading, element: etree._Element) -> Iterator[Block]:
    """A work that is cited: `[abbreviation]`, and then author, date, title and source."""
    abbreviation = element.find(tag("abbrev"))
    short = "" if abbreviation is None else f"[{reading.words(abbreviation)}]"
    term = [Block(kind="paragraph", words=short)] if short else []
    words = Words("paragraph")
    found: list[Block] = []
    words.add(element.text)
    for child in element:
        if child is not abbreviation and isinstance(child.tag, str):
            before = len(words)
            words.add(" " if before else "")
            reading.content(child, words, found)
            words.end_sentence(before)
        words.add(child.tail)
    blocks = [*found, *words.take()]
    yield Block(
        kind="terms",
        blocks=(
            with_words("term", "", term, element.get(ID, "")),
            *([with_words("meaning", "", blocks)] if blocks else []),
        ),
    )


def joined(blocks: Iterable[Block]) -> Iterator[Block]:
    """Blocks with consecutive lists of terms joined: entries of a glossary."""
    waiting: list[Block] = []
    for block in blocks:
        if block.kind == "terms" and block.detail == "":
            waiting += block.blocks
            continue
        if waiting:
            yield Block(kind="terms", blocks=tuple(waiting))
            waiting = []
        yield block
    if waiting:
        yield Block(kind="terms", blocks=tuple(waiting))
