"""Tables, figures, pictures, examples and formulas of a part as blocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from lxml import etree

from octome.standard.block import Block, BlockKind
from octome.standard.mathml import linear_words, sanitised_mathml
from octome.standard.sources.docbook.figures import picture_file
from octome.standard.sources.docbook.grid import TD, TH, span, table_rows
from octome.standard.sources.docbook.lists import with_words
from octome.standard.sources.docbook.part import title_element
from octome.standard.sources.docbook.tag import ID, name_of, tag
from octome.standard.sources.docbook.words import lone_paragraph, plain_words

if TYPE_CHECKING:
    from octome.standard.sources.docbook.text import Reading

GROUPS = frozenset(map(tag, ("thead", "tbody", "tfoot")))
LAYOUT = frozenset(map(tag, ("col", "colgroup", "info")))
TR = tag("tr")


def table(reading: Reading, element: etree._Element) -> Iterator[Block]:
    """A table; with a caption or an id it is in a figure, below its caption."""
    head: list[Block] = []
    body: list[Block] = []
    for is_head, tr in table_rows(element):
        (head if is_head else body).append(row(reading, tr))
    misplaced = _outside_rows(reading, element, title_element(element))
    rows = ([Block(kind="head", blocks=tuple(head))] if head else []) + body
    inside = [*misplaced, *([Block(kind="table", blocks=tuple(rows))] if rows else [])]
    yield from captioned(reading, element, inside)


def _outside_rows(
    reading: Reading, element: etree._Element, title: etree._Element | None = None
) -> list[Block]:
    """The content of a table outside its rows."""
    found = reading.misplaced_text(element)
    for child in element:
        if child.tag in GROUPS:
            found += _outside_rows(reading, child)
        elif child.tag != TR and child.tag not in LAYOUT and child is not title:
            found += reading.misplaced(child)
    return found


def row(reading: Reading, tr: etree._Element) -> Block:
    """A line of a table."""
    cells: list[Block] = []
    misplaced = reading.misplaced_text(tr)
    for child in tr:
        if child.tag in (TD, TH):
            cells.append(cell(reading, child))
        elif child.tag != TR:
            misplaced += reading.misplaced(child)
    if misplaced:
        cells.append(with_words("cell", "", misplaced))
    return Block(kind="row", blocks=tuple(cells))


def cell(reading: Reading, element: etree._Element) -> Block:
    """A cell with the columns and rows that it spans."""
    columns, rows = span(element, "colspan"), span(element, "rowspan")
    detail = "" if columns == rows == 1 else f"{columns} {rows}"
    kind: BlockKind = "heading cell" if element.tag == TH else "cell"
    words = lone_paragraph(element)
    if words is not None and element.get(ID) is None:
        return Block(kind=kind, detail=detail, words=words)
    return with_words(kind, detail, reading.flow(element, "paragraph"), element.get(ID, ""))


def figure(reading: Reading, element: etree._Element) -> Iterator[Block]:
    """A figure, an example or a numbered equation."""
    yield from captioned(reading, element, reading.flow(element, "paragraph"))


def captioned(reading: Reading, element: etree._Element, inside: list[Block]) -> Iterator[Block]:
    """Blocks in a figure with the caption of their element, if it has a caption or an id."""
    anchor = element.get(ID, "")
    label = " ".join(element.get("label", "").split())
    words = f"{name_of(element).removeprefix('informal').capitalize()} {label}" if label else ""
    found = title_element(element)
    title = [] if found is None else reading.flow(found, "paragraph")
    caption: list[Block] = []
    if title:
        lead = f"{words}. " if words else ""
        shifted = tuple(
            each._replace(start=each.start + len(lead), end=each.end + len(lead))
            for each in title[0].spans
        )
        caption = [Block(kind="caption", words=lead + title[0].words, spans=shifted), *title[1:]]
    elif words:
        caption = [Block(kind="caption", words=words)]
    if not anchor and not caption:
        yield from inside
        return
    shown = caption[0].words if caption else anchor
    inside = [
        replace(block, words=shown) if block.kind == "picture" and not block.words else block
        for block in inside
    ]
    yield Block(kind="figure", detail=anchor, blocks=(*caption, *inside))


def picture(reading: Reading, element: etree._Element) -> Iterator[Block]:
    """A picture, the best of those offered, with its text."""
    file = picture_file(element)
    shown = reading.misplaced_text(element)
    shows = []
    for child in element:
        match name_of(child):
            case "":
                pass
            case "imageobject":
                shown += reading.misplaced_text(child)
                for data in child:
                    shown += reading.misplaced(data) if data.tag != tag("imagedata") else ()
            case "textobject" | "alt":
                shows.append(plain_words(child))
            case "caption":
                shown += reading.flow(child, "paragraph")
            case _:
                shown += reading.misplaced(child)
    if file:
        place = f"PS3.{reading.part.number}#{file}"
        yield Block(kind="picture", detail=place, words=" ".join(shows).strip())
    else:
        reading.part.problem(element, "a picture without a file")
        if shows:
            yield Block(kind="paragraph", words=" ".join(shows))
    yield from shown


def formula(reading: Reading, element: etree._Element) -> Iterator[Block]:
    """A formula in MathML."""
    source = etree.tostring(element, encoding="unicode", with_tail=False)
    mathml = sanitised_mathml(source)
    words = linear_words(mathml) if mathml else plain_words(element)
    if not mathml:
        reading.part.problem(element, "a formula that is not MathML; its words are kept")
    if words or mathml:
        yield Block(kind="formula", detail=mathml, words=words)
