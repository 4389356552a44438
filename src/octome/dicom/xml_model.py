"""The Native DICOM Model, an instance as XML, as the DICOM JSON Model (PS3.19 A.1, PS3.18 F)."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from octome.dicom.data_set import NUMBERS
from octome.errors import InstanceUnreadable

Attributes = dict[str, dict[str, Any]]
ROOT = "NativeDicomModel"
NAME_PARTS = ("FamilyName", "GivenName", "MiddleName", "NamePrefix", "NameSuffix")
GROUPS = ("Alphabetic", "Ideographic", "Phonetic")
TAG_TEXT = re.compile(r"[0-9A-Fa-f]{8}")
FIRST_BLOCK, LAST_BLOCK = 0x10, 0xFF
MOST_VALUES = 1 << 16  # a larger number does not show where values are missing


def xml_instance(content: bytes, name: str) -> Attributes:
    """The instance of an XML file, in the form of the DICOM JSON Model.

    Raises
    ------
    InstanceUnreadable
        It is not XML, has a document type, or is not a Native DICOM Model.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise _unreadable(name, f"it is not well-formed XML: {error.msg}") from error
    if root.getroottree().docinfo.doctype:
        raise _unreadable(name, "it has a document type, which a Native DICOM Model has not")
    if _kind(root) != ROOT:
        raise _unreadable(name, f"its root is {_kind(root)}, not {ROOT}")
    return _attributes(root)


def _unreadable(name: str, why: str) -> InstanceUnreadable:
    return InstanceUnreadable(f"cannot read {name}: {why}", path=name)


def _kind(element: etree._Element) -> str:
    """The name of an element, in any namespace: some software writes none."""
    return str(element.tag).rpartition("}")[2]


def _attributes(parent: etree._Element) -> Attributes:
    """The attributes of a data set."""
    found: Attributes = {}
    private = []
    for child in parent:
        if _kind(child) != "DicomAttribute":
            continue
        tag, creator = child.get("tag", ""), child.get("privateCreator")
        if creator and TAG_TEXT.fullmatch(tag):
            private.append((creator, tag, child))
        else:
            found[tag] = _attribute(child)
    for creator, tag, child in private:
        found[_in_block(found, creator, tag)] = _attribute(child)
    return found


def _in_block(found: Attributes, creator: str, tag: str) -> str:
    """The tag of a private attribute, in the block of its creator, which is added if needed."""
    group = tag[:4]
    for block in range(FIRST_BLOCK, LAST_BLOCK + 1):
        there = found.setdefault(f"{group}{block:04x}", {"vr": "LO", "Value": [creator]})
        if there.get("Value") == [creator]:
            return f"{group}{block:02x}{tag[6:]}"
    return tag


def _attribute(element: etree._Element) -> dict[str, Any]:
    """One attribute; a VR that is missing stays missing."""
    vr = element.get("vr")
    attribute: dict[str, Any] = {} if vr is None else {"vr": vr}
    numbered: dict[int, Any] = {}
    for child in element:
        kind = _kind(child)
        if kind == "BulkData":
            attribute["BulkDataURI"] = child.get("uri") or child.get("uuid") or ""
        elif kind == "InlineBinary":
            attribute["InlineBinary"] = "".join((child.text or "").split())
        elif kind in ("Value", "PersonName", "Item"):
            # Values are in the order of their numbers, whatever their order in the file.
            number = child.get("number", "")
            at = int(number) if number.isdecimal() else len(numbered) + 1
            numbered[at] = _value(child, kind, vr)
    if numbered:
        last = max(numbered)
        if vr != "SQ" and len(numbered) < last <= MOST_VALUES:
            # An empty value between others is not written: only the numbers show it.
            numbered |= {number: None for number in range(1, last) if number not in numbered}
        attribute["Value"] = [value for _, value in sorted(numbered.items())]
    return attribute


def _value(element: etree._Element, kind: str, vr: str | None) -> Any:
    if kind == "Item":
        return _attributes(element)
    if kind == "PersonName":
        return {_kind(group): _name(group) for group in element if _kind(group) in GROUPS}
    text = element.text or ""
    return text.strip() if vr in NUMBERS or vr == "AT" else text


def _name(group: etree._Element) -> str:
    parts = {_kind(part): part.text or "" for part in group}
    return "^".join(parts.get(name, "") for name in NAME_PARTS).rstrip("^")
