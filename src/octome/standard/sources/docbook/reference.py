"""The text and the target of a cross reference, in a part and across parts.

The text is as DocBook prints it: `xrefstyle` requests a label, a number, a title, the part, or is a
template with `%n` (number), `%t` (title) and `%o` (part).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from octome.standard.sources.docbook.part import Part, title_of
from octome.standard.sources.docbook.tag import PAGES, name_of, tag
from octome.standard.sources.docbook.words import normal, plain_words

DOCUMENT = re.compile(r"PS3\.(\d{1,2})")
KIND_OF_ANCHOR = {
    "sect": "Section",
    "chapter": "Chapter",
    "table": "Table",
    "figure": "Figure",
    "example": "Example",
    "equation": "Equation",
}
KIND_OF_ELEMENT = {"section": "Section", "glossdiv": "Section", "bibliodiv": "Section"}
KIND_OF_ELEMENT |= {name.lower(): name for name in ("Table", "Figure", "Example", "Equation")}
# Sections whose label is more than a number: templates and context groups.
NAMED = re.compile(r"(?:TID|CID)[ _]")
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


@dataclass(frozen=True, kw_only=True)
class Reference:
    """A reference: its target, and the printed text."""

    target: str
    words: str


@dataclass(frozen=True, kw_only=True)
class _Place:
    """The target of a reference. `number` is its label, `kind` the word before it (`Table`)."""

    document: str
    kind: str = ""
    number: str = ""
    title: str = ""

    @property
    def label(self) -> str:
        return f"{self.kind} {self.number}".strip()


@dataclass(frozen=True)
class References:
    """The references of a part; `titles` are those of other parts, by `PS3.3#sect_C.7.1`."""

    part: Part
    titles: Mapping[str, str] = field(default_factory=dict)
    _places: dict[str, _Place] = field(default_factory=dict)

    def xref(self, element: etree._Element) -> Reference | None:
        """A reference inside the part; None if it leads nowhere, which becomes a problem."""
        anchor = element.get("linkend", "")
        target = self.part.by_id.get(anchor)
        if target is None:
            self.part.problem(element, f"a reference to what is not here: {anchor or 'nothing'}")
            place = self._elsewhere(f"PS3.{self.part.number}", anchor)
        else:
            place = self._places.get(anchor) or self._here(target, anchor)
            self._places[anchor] = place
        if not anchor:
            return None
        words = _printed(element.get("xrefstyle", ""), place) or anchor
        return Reference(target=f"PS3.{self.part.number}#{anchor}", words=words)

    def olink(self, element: etree._Element) -> Reference | None:
        """A reference to another part, or to this one; None as for `xref`."""
        document = DOCUMENT.search(element.get("targetdoc", ""))
        anchor = element.get("targetptr", "")
        if document is None or not 1 <= int(document[1]) <= 22:
            self.part.problem(
                element, f"a reference to another document: {element.get('targetdoc', '')} {anchor}"
            )
            return None
        here = self.part.by_id.get(anchor) if int(document[1]) == self.part.number else None
        if here is not None:
            place = self._here(here, anchor)
        else:
            place = self._elsewhere(document[0], anchor)
        words = _printed(element.get("xrefstyle", ""), place) or anchor
        return Reference(target=f"{document[0]}#{anchor or document[0]}", words=words)

    def _here(self, element: etree._Element, anchor: str) -> _Place:
        document = f"PS3.{self.part.number}"
        number = normal(element.get("label"))
        title = title_of(element)
        match name_of(element):
            case "biblioentry" | "bibliomixed":
                abbreviation = element.find(tag("abbrev"))
                title = plain_words(abbreviation) if abbreviation is not None else anchor
                return _Place(document=document, title=f"[{title}]")
            case "glossentry":
                title = normal(element.get("xreflabel")) or title
                return _Place(document=document, title=title)
            case "book":
                return _Place(document=document, number=number)
            case "note":
                return _Place(document=document, kind="Note", title=title)
            case "listitem":
                before = element.itersiblings(tag("listitem"), preceding=True)
                return _Place(document=document, number=str(1 + sum(1 for _ in before)))
            case name if element.tag in PAGES or name == "appendix":
                kind = "Annex" if number[:1].isalpha() else "Chapter" if number else ""
            case name:
                kind = KIND_OF_ELEMENT.get(name, "")
        kind = "" if NAMED.match(number) else kind
        return _Place(document=document, kind=kind, number=number, title=title)

    def _elsewhere(self, document: str, anchor: str) -> _Place:
        """A place in another part, from its id and the titles of other parts."""
        title = self.titles.get(f"{document}#{anchor}", "")
        if anchor in ("", document):
            return _Place(document=document, number=document)
        word, _, number = anchor.partition("_")
        if word == "glossentry":
            return _Place(document=document, title=title or CAMEL.sub(" ", number))
        if word == "biblio":
            return _Place(document=document, title=f"[{number.replace('_', ' ')}]")
        kind = KIND_OF_ANCHOR.get(word, "")
        if word == "chapter" and number[:1].isalpha():
            kind = "Annex"
        if NAMED.match(number):
            kind, number = "", number.replace("_", " ")
        # Some ids have the part again: `table_PS3.3_C.7-1`.
        number = number.removeprefix(f"{document}_") if kind else number.replace("_", " ")
        return _Place(document=document, kind=kind, number=number, title=title)


def _printed(style: str, place: _Place) -> str:
    """The words of a reference to a place."""
    style = style.strip()
    head, _, rest = style.partition(":")
    if place.number == place.document:  # the whole part
        return _filled(rest, place) if head == "template" else place.document
    if head == "template":
        return _filled(rest, place)
    parts = (rest or style).split()
    if parts[:1] == ["template"]:
        return _filled(rest.strip().removeprefix("template"), place)
    pieces = []
    if "label" in parts or not parts or parts == ["nopage"]:
        pieces.append(place.label)
    if "labelnumber" in parts:
        pieces.append(place.number)
    if "title" in parts:
        pieces.append(place.title)
    if "quotedtitle" in parts or (not parts and place.title and place.label):
        pieces.append(f"\u201c{place.title}\u201d" if place.title else "")
    words = " ".join(piece for piece in pieces if piece) or place.label or place.title
    return f"{words} in {place.document}" if "docname" in parts else words


def _filled(template: str, place: _Place) -> str:
    """A template with the number, the title and the part in their places."""
    title = place.title or ("" if "%n" in template else place.label)
    words = normal(template)
    if words == "label":
        return place.label
    words = words.replace("\u201c%t\u201d", f"\u201c{title}\u201d" if title else "")
    for sign, value in (("%n", place.number), ("%t", title), ("%o", place.document)):
        words = words.replace(sign, value)
    return normal(words)
