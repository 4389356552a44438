"""XML from untrusted sources, read safely: no entities, no network, no huge trees."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from octome.errors import DeviceFileUnreadable


def xml_root(path: Path) -> etree._Element:
    """The root element of an XML file.

    Raises
    ------
    DeviceFileUnreadable
        It cannot be read, or is not well-formed XML.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DeviceFileUnreadable(
            f"{path} cannot be read: {error.strerror}", path=str(path)
        ) from error
    return xml_of(content, path.name)


def xml_of(content: bytes, name: str) -> etree._Element:
    """The root element of XML in memory; `name` is that of its file.

    Raises
    ------
    DeviceFileUnreadable
        It is not well-formed XML.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False
    )
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise DeviceFileUnreadable(
            f"{name} is not well-formed XML (line {error.lineno}): it is damaged, incomplete, "
            "or something else",
            name=name,
        ) from error


def text(element: etree._Element, where: str) -> str | None:
    """The text at a path below an element; None where there is none.

    >>> text(etree.fromstring("<a><b> 3 </b></a>"), "b")
    '3'
    """
    found = element.findtext(where)
    return found.strip() or None if found is not None else None


def number(element: etree._Element, where: str) -> float | None:
    """The number at a path below an element; None where there is none."""
    found = text(element, where)
    return float(found) if found is not None else None
