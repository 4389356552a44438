"""One part of the Standard: its file, its sections, and the official address of each place in it.

The official site has each part as many pages ("chtml"). Each is named by the id of its content.
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree

from octome.errors import StoreUnavailable
from octome.standard.sources.docbook.tag import (
    ID,
    NAMESPACE,
    PAGES,
    SECTION,
    SECTIONS_WITH_ID,
    is_section,
    name_of,
    tag,
)
from octome.standard.sources.docbook.words import normal, plain_words
from octome.standard.sources.records import Problem

if TYPE_CHECKING:
    from octome.standard.sources.docbook.grid import Grid

SITE = "https://dicom.nema.org/medical/dicom"
LABEL = re.compile(r"PS ?3\.(\d+)")
# `DICOM PS3.6 2015b - Data Dictionary`; in old editions `PS 3.6`.
SUBTITLE = re.compile(r"PS ?3\.(\d+)\s+(\d{4}[a-z]?)\b(?:\s*[-\u2013]\s*(.*))?")
# Sections deeper than this below their chapter are on the page of the section that they are in.
PAGE_DEPTH = 4
LARGEST_BYTES = 1 << 29
LONGEST_PROBLEM = 300  # letters: where a cell is missing, another holds a whole description


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of an edition. `number` is 1 to 22, `title` its name without edition."""

    number: int
    edition: str
    title: str
    root: etree._Element
    grids: dict[etree._Element, Grid] = field(default_factory=dict)
    """The tables that have been read, each once: see `octome.standard.sources.docbook.grid`."""
    problems: list[Problem] = field(default_factory=list)
    """What was not understood so far; all readers of the part add to it."""

    def problem(self, element: etree._Element | None, words: str) -> None:
        """Something in or near an element was not understood."""
        short = words if len(words) <= LONGEST_PROBLEM else f"{words[:LONGEST_PROBLEM]}\u2026"
        self.problems.append(Problem(self.number, self.anchor_near(element), short))

    @cached_property
    def by_id(self) -> Mapping[str, etree._Element]:
        """Each element that has an id; the first one if an id occurs twice."""
        found: dict[str, etree._Element] = {}
        for element in _with_id(self.root):
            found.setdefault(element.get(ID, ""), element)
        return found

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """The title of each section, table and figure, by its place: `PS3.3#sect_C.7.6`.

        References from other parts print them.
        """
        found: dict[str, str] = {}
        for element in targets_in(self.root):
            place = f"PS3.{self.number}#{element.get(ID, '')}"
            if place not in found and (title := title_of(element)):
                found[place] = title
        return found

    def sections(self) -> Iterator[etree._Element]:
        """Chapters, annexes and the sections in them, in the part's order.

        Glossaries and bibliographies are sections only where they have an id.
        """
        return filter(is_section, self.root.iter(SECTION, *PAGES, *SECTIONS_WITH_ID))

    def anchor_near(self, element: etree._Element | None) -> str:
        """The id of an element, or of the closest enclosing one that is not just a paragraph."""
        while element is not None:
            id_ = element.get(ID)
            if id_ and (is_section(element) or name_of(element) in ("table", "figure", "book")):
                return id_
            element = element.getparent()
        return ""

    def url(self, anchor: str) -> str:
        """The official address of a place in this part, on its page of the edition."""
        element = self.by_id.get(anchor)
        page = self._page(element) if element is not None else ""
        folder = f"{SITE}/{self.edition}/output/chtml/part{self.number:02}"
        return f"{folder}/{page or f'PS3.{self.number}'}.html" + (f"#{anchor}" if anchor else "")

    def _page(self, element: etree._Element) -> str:
        """The page that an element is on: the closest section around it that has one."""
        above = [element, *element.iterancestors()]
        page = ""
        depth = 0
        # docbook-xsl with chunk.first.sections=0: the first section of each stays on its page, and
        # what is in a section without a page has none either.
        for each in reversed(above):
            if each.tag in PAGES:
                page = each.get(ID, "")
            elif each.tag == SECTION:
                depth += 1
                if depth > PAGE_DEPTH or each.getprevious() is None or _is_first(each):
                    break
                page = each.get(ID, page)
        return page


_with_id: Callable[[etree._Element], list[etree._Element]] = etree.XPath("//*[@xml:id]")
targets_in: Callable[[etree._Element], list[etree._Element]] = etree.XPath(
    "//*[@xml:id != '' and not(self::d:para or self::d:simpara)]", namespaces={"d": NAMESPACE}
)
"""All elements of a part that can be linked to: paragraphs never are."""


def _is_first(section: etree._Element) -> bool:
    return next(section.itersiblings(SECTION, preceding=True), None) is None


def title_element(element: etree._Element) -> etree._Element | None:
    """The title or caption of an element; the first, if it has several."""
    for name in ("title", "caption", "info"):
        found = element.find(tag(name))
        if found is not None:
            return found.find(tag("title")) if name == "info" else found
    return None


def title_of(element: etree._Element) -> str:
    """The words of the title or caption of an element, or the term of a glossary; or nothing."""
    found = title_element(element)
    if found is None:
        found = element.find(tag("glossterm"))
    return "" if found is None else plain_words(found)


def parse_part(file: Path, edition: str = "") -> Part:
    """The part in a file of DocBook, plain or compressed with gzip.

    The book's own label has the part's number: the subtitle is sometimes that of another part.
    `edition` is the one that the file was fetched for. It takes precedence over the subtitle.

    Raises
    ------
    StoreUnavailable
        The file is damaged, empty, or not a part of the Standard.
    """
    root = _root(file)
    label = LABEL.search(root.get("label", "")) or LABEL.search(root.get(ID, ""))
    subtitle = normal(plain_words(element) if (element := _subtitle(root)) is not None else "")
    stated = SUBTITLE.search(subtitle)
    number = label[1] if label else stated[1] if stated else ""
    found_edition = edition or (stated[2] if stated else "")
    if root.tag != tag("book") or not number or not found_edition:
        raise StoreUnavailable(
            f"{file.name}: not a part of the DICOM Standard in DocBook, its first element is "
            f"{name_of(root)} (line {root.sourceline})",
            file=str(file),
        )
    title = (stated[3] or "") if stated else subtitle
    part = Part(number=int(number), edition=found_edition, title=title, root=root)
    if stated and stated[2] != found_edition:
        part.problem(root, f"its subtitle is that of edition {stated[2]}")
    if stated and stated[1] != number:
        part.problem(root, f"its subtitle is that of part {stated[1]}")
    return part


def _subtitle(root: etree._Element) -> etree._Element | None:
    found = root.find(tag("subtitle"))
    return root.find(f"{tag('info')}/{tag('subtitle')}") if found is None else found


def _root(file: Path) -> etree._Element:
    # Ids are not collected: some occur twice, which lxml would reject.
    parser = etree.XMLParser(
        huge_tree=True, collect_ids=False, resolve_entities=False, no_network=True, load_dtd=False
    )
    try:
        return etree.fromstring(_content(file), parser)
    except etree.XMLSyntaxError as error:
        line = error.lineno or 1
        raise StoreUnavailable(
            f"{file.name}, line {line}: damaged XML ({error.msg})", file=str(file), line=line
        ) from error
    except (OSError, EOFError, zlib.error) as error:
        raise StoreUnavailable(f"{file.name} could not be read: {error}", file=str(file)) from error


def _content(file: Path) -> bytes:
    with file.open("rb") as raw:
        is_compressed = raw.read(2) == b"\x1f\x8b"
    with gzip.open(file) if is_compressed else file.open("rb") as stream:
        content = stream.read(LARGEST_BYTES + 1)
    if len(content) > LARGEST_BYTES:
        raise OSError(f"larger than {LARGEST_BYTES >> 20} MiB")
    return content
