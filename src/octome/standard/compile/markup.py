"""The Standard's text from a source, as safe HTML whose links lead to octome's own pages.

Everything that comes out has been through `nh3` with the short list of elements and attributes
below: a source is untrusted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

import nh3
from lxml import etree
from lxml import html as lxml_html

from octome.standard.sources.records import Fragment, tag_id

ELEMENTS = {
    *("a", "abbr", "br", "em", "span", "strong", "sub", "sup"),
    *("dd", "div", "dl", "dt", "h3", "h4", "li", "ol", "p", "pre", "ul"),
    *("figcaption", "figure", "table", "tbody", "td", "th", "thead", "tr"),
}
ATTRIBUTES = {
    "a": {"href", "rel"},
    "div": {"class"},
    "li": {"value"},
    "ol": {"type"},
    "p": {"class"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "figure": {"id"},
    "table": {"id"},
}
CLASSES = {"div": {"note", "scroll"}, "p": {"caption"}}

TAG = re.compile(r"\(([0-9A-Fa-f]{4},[0-9A-Fa-f]{4}|60xx,[0-9A-Fa-f]{4})\)")
CAPTION = re.compile(r"^\s*((?:Figure|Table)\s+[\w.\-]+?)\.\s")
# A path of octome's or a page elsewhere; `//host` would be elsewhere too, disguised; so would
# `/\\host`.
SAFE_TARGET = re.compile(r"/(?![/\\])|https?://")
OWN_ID = re.compile(r"(figure|table)_[\w.\-]+")
SPACE = re.compile(r"\s+")


class Markup(NamedTuple):
    """Safe HTML, the same as words, and the octome paths that it links to."""

    html: str
    words: str
    links: tuple[str, ...]


def caption_anchor(caption: str) -> str | None:
    """The anchor of a captioned figure or table: `figure_C.10.5-1`; none for other text."""
    match = CAPTION.match(caption)
    return (
        SPACE.sub("_", match[1]).replace("Figure", "figure").replace("Table", "table")
        if match
        else None
    )


def captions(html: str) -> Iterator[str]:
    """The anchors of every captioned figure and table in a section's HTML."""
    for text in re.findall(r"<strong>([^<]*)</strong>", html):
        anchor = caption_anchor(text)
        if anchor:
            yield anchor


def attribute_path(tag: str) -> str | None:
    """The page of any attribute at all."""
    return f"/attributes/{tag}"


def markup(
    fragment: Fragment,
    address: Callable[[str], str],
    attribute: Callable[[str], str | None] = attribute_path,
) -> Markup:
    """Make one fragment safe and link it.

    Parameters
    ----------
    fragment : Fragment
        Untrusted HTML of a source.
    address : callable
        From a link's target in the source to octome's path, or to a page elsewhere; empty for
        no link at all.
    attribute : callable
        From the eight digits of a tag in running text to its page; None where it has none.
    """
    root = lxml_html.fragment_fromstring(fragment.html, create_parent="div")
    targets = iter(fragment.targets)
    for element in list(root.iter()):
        if element is root:
            continue
        if not isinstance(element.tag, str):  # a comment or a processing instruction
            element.drop_tree()
            continue
        _mend(element, targets, address)
    _drop_empty(root)
    _link_tags(root, attribute)
    links = tuple(
        dict.fromkeys(a.get("href", "") for a in root.iter("a") if a.get("href", "")[:1] == "/")
    )
    inner = (root.text or "") + "".join(
        etree.tostring(child, encoding="unicode", method="html") for child in root
    )
    safe = nh3.clean(
        # Spaces mean nothing in the sources but in their few programs and examples.
        inner.strip() if root.find(".//pre") is not None else SPACE.sub(" ", inner).strip(),
        tags=ELEMENTS,
        attributes=ATTRIBUTES,
        allowed_classes=None,
        url_schemes={"http", "https"},
        url_relative="pass_through",
        link_rel=None,
        attribute_filter=_attribute,
    )
    words = SPACE.sub(" ", " ".join(root.itertext())).strip()
    return Markup(safe, words, links)


def _attribute(element: str, name: str, value: str) -> str | None:
    """Only classes that this module gives, only links to octome or over HTTP."""
    if name == "class":
        return value if value in CLASSES.get(element, ()) else None
    if name == "href" and not SAFE_TARGET.match(value):
        return None
    if name == "id" and not OWN_ID.fullmatch(value):
        return None
    return value


def _mend(
    element: lxml_html.HtmlElement, targets: Iterator[str], address: Callable[[str], str]
) -> None:
    """Give one element of the source its place in octome's pages."""
    tag = element.tag
    if tag in ("a", "span") and element.get("href") is not None:
        target = element.get("href") or next(targets, "")
        href = address(target) if target else ""
        if element.text_content().strip() in ("This module", "This macro"):
            # The package says so where the Standard names a table or a section.
            element.text = (
                target.rpartition("#")[2].replace("sect_", "Section ").replace("table_", "Table ")
            )
        _link(element, href) if href else element.drop_tag()
    elif tag in ("td", "th") and (_parent(element).tag != "tr"):
        element.drop_tag()  # the cell of the attribute table that the text was cut out of
    elif tag == "img":
        _link(element, address(element.get("src", "")))
        element.text = "image at dicom.nema.org"
        element.attrib.pop("src", None)
    elif tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
        if (element.text_content() or "").strip() in ("Note", "Notes"):
            element.tag = "strong"
            _parent(element).set("class", "note")
        else:
            element.tag = "h4"
    elif tag == "table":
        _parent(element).set("class", "scroll")
    elif tag == "p" and element.find("strong") is not None:
        anchor = caption_anchor(element.text_content())
        if anchor:
            element.set("class", "caption")
            if _parent(element).tag == "div":
                _parent(element).tag = "figure"
                _parent(element).set("id", anchor)


def _parent(element: lxml_html.HtmlElement) -> lxml_html.HtmlElement:
    parent = element.getparent()
    return element if parent is None else parent


def _link(element: lxml_html.HtmlElement, href: str) -> None:
    element.tag = "a"
    for name in list(element.attrib):
        del element.attrib[name]
    element.set("href", href)
    if not href.startswith("/"):
        element.set("rel", "external noreferrer")


def _drop_empty(root: lxml_html.HtmlElement) -> None:
    """Take away the empty paragraphs, items and wrappers that the sources are full of."""
    for element in reversed(list(root.iter("p", "dd", "div", "span", "figure"))):
        if element is root:
            continue
        has_content = any(child.tag != "br" for child in element) or element.text_content().strip()
        if not has_content:
            element.drop_tree()
        elif element.tag in ("span", "div") and not element.attrib:
            element.drop_tag()


def _link_tags(root: lxml_html.HtmlElement, attribute: Callable[[str], str | None]) -> None:
    """Link every attribute tag in running text, `(0008,2112)`, to its page."""
    for element in list(root.iter()):
        in_tail = element is not root and element.tail and TAG.search(element.tail)
        in_text = element.tag != "a" and element.text and TAG.search(element.text)
        if not (in_tail or in_text) or next(element.iterancestors("a"), None) is not None:
            continue
        if in_tail:
            _split_at_tags(_parent(element), element, attribute)
        if in_text:
            _split_at_tags(element, None, attribute)


def _split_at_tags(
    parent: lxml_html.HtmlElement,
    after: lxml_html.HtmlElement | None,
    attribute: Callable[[str], str | None],
) -> None:
    """Put links into a parent's own text, or into the text that follows one of its children."""
    text = (parent.text if after is None else after.tail) or ""
    position = 0 if after is None else parent.index(after) + 1
    pending, *pieces = TAG.split(text)
    links = []
    for tag, tail in zip(pieces[::2], pieces[1::2], strict=True):
        path = attribute(tag_id(tag))
        if path is not None:
            links.append(lxml_html.Element("a", href=path))
            links[-1].text, links[-1].tail = f"({tag})", tail
        elif links:
            links[-1].tail = f"{links[-1].tail}({tag}){tail}"
        else:
            pending += f"({tag}){tail}"
    if after is None:
        parent.text = pending
    else:
        after.tail = pending
    for offset, link in enumerate(links):
        parent.insert(position + offset, link)
