"""The names of DocBook's elements and attributes as lxml has them, and which are sections."""

from __future__ import annotations

from lxml import etree

NAMESPACE = "http://docbook.org/ns/docbook"
MATHML = "{http://www.w3.org/1998/Math/MathML}math"
ID = "{http://www.w3.org/XML/1998/namespace}id"
HREF = "{http://www.w3.org/1999/xlink}href"


def tag(name: str) -> str:
    """A name of DocBook with its namespace.

    Examples
    --------
    >>> tag("para")
    '{http://docbook.org/ns/docbook}para'
    """
    return f"{{{NAMESPACE}}}{name}"


def names(text: str) -> frozenset[str]:
    """The names in a text, separated by spaces."""
    return frozenset(text.split())


def name_of(element: etree._Element) -> str:
    """The name of an element without its namespace; empty for a comment or similar."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


PAGES = frozenset(map(tag, ("chapter", "appendix", "preface")))
SECTION = tag("section")
# Since about 2014 every paragraph has an id. They differ between editions and are never targets.
PARAGRAPHS = frozenset(map(tag, ("para", "simpara")))
# They are sections if they have an id to link to, and otherwise only part of a text.
SECTIONS_WITH_ID = frozenset(
    map(tag, ("glossary", "glossdiv", "bibliography", "bibliodiv", "index"))
)


def is_section(element: etree._Element) -> bool:
    """Whether an element is a separate section of its part."""
    if element.tag == SECTION or element.tag in PAGES:
        return True
    return element.tag in SECTIONS_WITH_ID and element.get(ID) is not None
