"""The sections of a part, each with its own text without that of its subsections."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from lxml import etree

from octome.standard.sources.docbook.part import Part, targets_in, title_element
from octome.standard.sources.docbook.tag import ID, is_section, name_of
from octome.standard.sources.docbook.text import Reading
from octome.standard.sources.docbook.words import normal
from octome.standard.sources.records import Passage, SectionRecord


def sections_of(
    part: Part, titles: Mapping[str, str] | None = None, read: Container[str] = ()
) -> Iterator[SectionRecord]:
    """Chapters, annexes and the sections in them, in the part's order.

    Content of the book outside all chapters comes last, as a separate section.

    Parameters
    ----------
    titles : mapping, optional
        Those of other parts, as for `Reading`.
    read : container of str
        The ids of sections whose text has been read as data: their records have none.
    """
    reading = Reading(part, titles)
    anchors = _anchors(part)
    seen: set[str] = set()
    for element in (*part.sections(), part.root):
        text = () if element.get(ID) in read else reading.blocks(element)
        is_book = element is part.root
        if is_book and not text:
            continue
        title = title_element(element)
        record = SectionRecord(
            part=part.number,
            anchor=_anchor(part, element, seen),
            label="" if is_book else normal(element.get("label")),
            title=part.title if is_book else "" if title is None else reading.words(title),
            depth=sum(1 for above in element.iterancestors() if is_section(above)),
            text=Passage(text),
            url=part.url(element.get(ID, "")),
            anchors=tuple(anchors.get(element, ())),
        )
        seen.add(record.anchor)
        yield record


def _anchor(part: Part, element: etree._Element, seen: set[str]) -> str:
    """The id of a section; if it has none, one from its label, or a number."""
    anchor = element.get(ID, "")
    if anchor and anchor not in seen:
        return anchor
    if anchor:
        part.problem(element, f"a second section with this id: {anchor}")
    else:
        part.problem(element, "a section without an id")
    stem = anchor or f"sect_{normal(element.get('label')) or 'unnamed'}"
    made = stem
    number = 2
    while made in seen or (made in part.by_id and part.by_id[made] is not element):
        made = f"{stem}_{number}"
        number += 1
    return made


def _anchors(part: Part) -> dict[etree._Element, list[str]]:
    """By section, the ids of all link targets in it."""
    found: dict[etree._Element, list[str]] = {}
    for element in targets_in(part.root):
        if not is_section(element):
            above = element.getparent()
            while above is not None and not is_section(above) and name_of(above) != "book":
                above = above.getparent()
            if above is not None:
                found.setdefault(above, []).append(element.get(ID, ""))
    return found
