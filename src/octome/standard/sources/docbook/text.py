"""The text of a part as blocks: paragraphs, lists, notes, tables, figures, formulas.

Unknown elements keep their words and are reported as a problem.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from lxml import etree

from octome.standard.block import Block, BlockKind, Span, SpanKind, words_of
from octome.standard.sources.docbook import exhibit, lists
from octome.standard.sources.docbook.part import Part, title_element
from octome.standard.sources.docbook.reference import References
from octome.standard.sources.docbook.tag import (
    HREF,
    ID,
    MATHML,
    NAMESPACE,
    SECTIONS_WITH_ID,
    is_section,
    name_of,
    names,
    tag,
)
from octome.standard.sources.docbook.words import (
    PARA,
    Words,
    has_words,
    lone_paragraph,
    normal,
    plain_words,
)

Reader = Callable[["Reading", etree._Element], Iterable[Block]]
READERS: dict[str, Reader] = {
    "itemizedlist": lists.listed,
    "orderedlist": lists.listed,
    "simplelist": lists.listed,
    "variablelist": lists.terms,
    "glossentry": lists.glossary_entry,
    "biblioentry": lists.work,
    "bibliomixed": lists.work,
    **dict.fromkeys(("caution", "important", "note", "tip", "warning"), lists.note),
    **dict.fromkeys(("table", "informaltable"), exhibit.table),
    **dict.fromkeys(("figure", "informalfigure", "example", "equation"), exhibit.figure),
    **dict.fromkeys(("informalequation", "inlineequation", "informalexample"), exhibit.figure),
    **dict.fromkeys(("mediaobject", "inlinemediaobject"), exhibit.picture),
}
# A title in one of these has no effect.
WITHOUT_TITLE = frozenset(map(tag, ("biblioentry", "bibliomixed", "glossentry", "mediaobject")))
PREFORMATTED = ("literallayout", "programlisting", "screen", "synopsis")
# Their title is a paragraph in the text around them.
TITLED = names(
    """bibliography bibliodiv blockquote formalpara glossary glossdiv glosslist index
    procedure sidebar"""
)
CODE = names(
    """code command computeroutput constant filename function literal option parameter
    replaceable systemitem userinput varname"""
)
SPANS: dict[str, SpanKind] = {
    **dict.fromkeys(CODE, "code"),
    "subscript": "subscript",
    "superscript": "superscript",
    "abbrev": "abbreviation",
    "acronym": "abbreviation",
    "citetitle": "emphasis",
    "firstterm": "emphasis",
}
# Only their words count.
PLAIN = names(
    """author authorgroup bibliosource copyright date edition editor email foreignphrase holder
    mathphrase orgname personname phrase productname publisher publishername releaseinfo
    trademark year"""
)
NOT_SHOWN = names("info indexterm remark subtitle titleabbrev")


class Reading:
    """Reads elements of one part. Anything not understood is added to the part's problems."""

    def __init__(self, part: Part, titles: Mapping[str, str] | None = None) -> None:
        """`titles` are those of other parts, by `PS3.3#sect_C.7.1`, for references to them."""
        self.part = part
        self._references = References(part, titles or {})
        self._footnotes: list[etree._Element] = []
        self._readers: dict[object, Callable[[etree._Element], Iterable[Block]]] = {
            **{tag(name): partial(reader, self) for name, reader in READERS.items()},
            **dict.fromkeys(map(tag, PREFORMATTED), self._preformatted),
            **dict.fromkeys(map(tag, TITLED), self._titled),
            **dict.fromkeys((PARA, tag("simpara")), self._paragraph),
            MATHML: partial(exhibit.formula, self),
        }
        self._with_title = {tag(name) for name in (*READERS, *TITLED, "book")} - WITHOUT_TITLE

    def blocks(self, element: etree._Element) -> tuple[Block, ...]:
        """The content of an element.

        A list, a note, a table and similar elements are separate blocks. The content of a section
        is without its title and its subsections.
        """
        if element.tag in self._readers and not is_section(element):
            return tuple(lists.joined(self._readers[element.tag](element)))
        return tuple(lists.joined(self._paragraph(element)))

    def words(self, element: etree._Element) -> str:
        """All words of an element on one line, with those of references."""
        return words_of(self.blocks(element))

    def flow(self, element: etree._Element, kind: BlockKind) -> list[Block]:
        """The content of an element; words outside any block become a `kind`."""
        if len(element) == 0 and kind != "preformatted":
            words = normal(element.text)
            return [Block(kind=kind, words=words)] if words else []
        if kind == "paragraph" and (lone := lone_paragraph(element)):
            return [Block(kind=kind, words=lone)]
        found: list[Block] = []
        collected = Words(kind)
        self.content(element, collected, found)
        found += collected.take()
        return found

    def content(self, element: etree._Element, words: Words, found: list[Block]) -> None:
        """Read the content of an element; words that do not end in it are still in `words`."""
        words.add(element.text)
        for child in element:
            reader = self._readers.get(child.tag)
            if reader is not None:
                if child.tag not in SECTIONS_WITH_ID or not is_section(child):
                    if words:
                        found += words.take()
                    found += reader(child)
            elif isinstance(child.tag, str):
                if not is_section(child):
                    self._inline(child, words, found)
            elif isinstance(child, etree._Entity):
                self.part.problem(child, f"an entity that is not known: {child.text}")
                words.add(child.text)
            if child.tail is not None:
                words.add(child.tail)

    def misplaced(self, element: etree._Element) -> list[Block]:
        """A misplaced element: its words are kept, and it is reported as a problem."""
        if not isinstance(element.tag, str):
            return []
        self.part.problem(
            element, f"an element that is not known here, its words are kept: <{name_of(element)}>"
        )
        return list(self.blocks(element))

    def misplaced_text(self, element: etree._Element) -> list[Block]:
        """Words directly in an element that may only contain elements; a problem if any."""
        texts = [element.text, *[child.tail for child in element]]
        words = " ".join(normal(text) for text in texts if has_words(text))
        if not words:
            return []
        self.part.problem(
            element, f"words where none belong, they are kept: in <{name_of(element)}>"
        )
        return [Block(kind="paragraph", words=words)]

    def _inline(self, element: etree._Element, words: Words, found: list[Block]) -> None:
        name = name_of(element) if str(element.tag).startswith(f"{{{NAMESPACE}}}") else ""
        if name in SPANS:
            self._marked(element, words, found, SPANS[name])
        elif name == "emphasis":
            is_bold = element.get("role") in ("bold", "strong")
            self._marked(element, words, found, "strong" if is_bold else "emphasis")
        elif name in ("xref", "olink"):
            self._reference(element, words, found)
        elif name in ("link", "ulink"):
            self._link(element, words, found)
        elif name in PLAIN:
            self.content(element, words, found)
        elif name == "quote":
            words.add("\u201c")
            self.content(element, words, found)
            words.add("\u201d")
        elif name == "anchor":
            self._marked(element, words, found, "anchor", element.get(ID, ""))
        elif name == "footnote":
            self._footnotes.append(element)
            words.open("superscript")
            words.add(str(len(self._footnotes)))
            words.close()
        elif name not in NOT_SHOWN and not self._is_shown_above(element):
            self.part.problem(
                element, f"an element that is not known, its words are kept: <{name_of(element)}>"
            )
            words.add(" ")
            self.content(element, words, found)
            words.add(" ")

    def _is_shown_above(self, element: etree._Element) -> bool:
        """Whether an element is the title of the one that it is in, which has shown it."""
        parent = element.getparent()
        if parent is None or title_element(parent) is not element:
            return False
        return is_section(parent) or parent.tag in self._with_title

    def _marked(
        self,
        element: etree._Element,
        words: Words,
        found: list[Block],
        kind: SpanKind,
        target: str = "",
    ) -> None:
        words.open(kind, target)
        self.content(element, words, found)
        words.close()

    def _reference(self, element: etree._Element, words: Words, found: list[Block]) -> None:
        is_xref = element.tag == tag("xref")
        reference = (self._references.xref if is_xref else self._references.olink)(element)
        has_words = len(element) or normal(element.text)
        if reference is not None:
            words.open("link", reference.target)
        if has_words:
            self.content(element, words, found)
        elif reference is not None:
            words.add(reference.words)
        if reference is not None:
            words.close()

    def _link(self, element: etree._Element, words: Words, found: list[Block]) -> None:
        target = element.get(HREF) or element.get("url") or ""
        if element.get("linkend"):
            self._reference_by_link(element, words, found)
        elif not target.startswith(("http://", "https://")):
            if target and not target.startswith(("mailto:", "ftp:")):
                self.part.problem(element, f"a link that is not an address: {target}")
            self.content(element, words, found)
            if not plain_words(element):
                words.add(target)
        else:
            words.open("link", target)
            self.content(element, words, found)
            if not plain_words(element):
                words.add(target)
            words.close()

    def _reference_by_link(self, element: etree._Element, words: Words, found: list[Block]) -> None:
        reference = self._references.xref(element)
        words.open("link", reference.target if reference else "")
        self.content(element, words, found)
        words.close()

    def _paragraph(self, element: etree._Element) -> list[Block]:
        outside, self._footnotes = self._footnotes, []
        found = self.flow(element, "paragraph")
        for number, footnote in enumerate(self._footnotes, 1):
            inside = self.flow(footnote, "paragraph")
            mark = Span("superscript", 0, len(str(number)))
            first = inside[0] if inside and inside[0].kind == "paragraph" else None
            shift = len(str(number)) + 1
            spans = tuple(
                each._replace(start=each.start + shift, end=each.end + shift)
                for each in (first.spans if first else ())
            )
            words = f"{number} {first.words if first else ''}".strip()
            found.append(Block(kind="paragraph", words=words, spans=(mark, *spans)))
            found += inside[1:] if first else inside
        self._footnotes = outside
        return found

    def _preformatted(self, element: etree._Element) -> list[Block]:
        return self.flow(element, "preformatted")

    def _titled(self, element: etree._Element) -> list[Block]:
        return [*lists.heading(self, element), *self.flow(element, "paragraph")]
