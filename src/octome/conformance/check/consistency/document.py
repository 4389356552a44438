"""Encapsulated documents."""

from __future__ import annotations

import re
from collections.abc import Iterator

from octome.conformance.check.consistency.disagreement import Disagreement
from octome.dicom.data_set import DataSet, Element
from octome.dicom.part10 import Encoded
from octome.dicom.tag import TAG

# The type of the documents of a SOP Class, and the section that says so.
MIME_TYPES = {
    "1.2.840.10008.5.1.4.1.1.104.1": ("application/pdf", "PS3.3 A.45.1"),
    "1.2.840.10008.5.1.4.1.1.104.2": ("text/xml", "PS3.3 A.45.2"),
    "1.2.840.10008.5.1.4.1.1.104.3": ("model/stl", "PS3.3 A.85.1"),
    "1.2.840.10008.5.1.4.1.1.104.4": ("model/obj", "PS3.3 A.85.2"),
    "1.2.840.10008.5.1.4.1.1.104.5": ("model/mtl", "PS3.3 A.85.3"),
}
# How a document of a type begins, and within how many bytes: readers of PDF look through the first
# kilobyte (ISO 32000 annex H), and XML may have a mark of byte order and space first.
BEGINNINGS = {"application/pdf": (b"%PDF-", 1024), "text/xml": (b"<", 64)}

# What a model of another type lacks: STL is text that begins with "solid", or a header of 80 bytes,
# the number of triangles, and 50 bytes for each; OBJ and MTL are lines that begin with a keyword.
MODELS = {
    "model/stl": "it neither begins with 'solid' nor has the length that its triangles need",
    "model/obj": "no line at its start gives a vertex, a face or a group",
    "model/mtl": "no line at its start names a material",
}
LINES = {
    "model/obj": re.compile(rb"^(v|vn|vt|vp|f|l|p|g|o|s|mtllib|usemtl)\s", re.MULTILINE),
    "model/mtl": re.compile(rb"^\s*newmtl\s", re.MULTILINE),
}
STL_HEADER, STL_TRIANGLE = 84, 50
LOOKED_THROUGH = 1 << 16  # bytes: a model may begin with long comments


def document_type(encoded: Encoded) -> Iterator[Disagreement]:
    """An encapsulated document is of the type of its SOP Class (PS3.3 A.45, A.85)."""
    found = encoded.data_set.text(TAG.MIMETypeOfEncapsulatedDocument)
    needed, section = MIME_TYPES.get(encoded.data_set.text(TAG.SOPClassUID), ("", ""))
    if found and needed and found.lower() != needed:
        yield Disagreement(
            code="enumerated",
            path="MIMETypeOfEncapsulatedDocument",
            message=f"it is {found!r}, but documents of this SOP Class are {needed}",
            fix="Correct the type, or use the SOP Class for documents of this type",
            section=section,
        )


def document_content(encoded: Encoded) -> Iterator[Disagreement]:
    """A document is of the type and of the length that is stated (PS3.3 C.24.2)."""
    ds = encoded.data_set
    element = ds.get(TAG.EncapsulatedDocument)
    if element is None or not element.length or ds.cut_at is not None:
        return
    stated = ds.text(TAG.MIMETypeOfEncapsulatedDocument).lower()
    beginning, within = BEGINNINGS.get(stated, (b"", 0))
    at = ds.start(element)
    start = bytes(ds.buffer[at : at + min(element.length, within)])
    if beginning and beginning not in start:
        yield Disagreement(
            code="document",
            path="EncapsulatedDocument",
            message=f"it is stated to be {stated}, but {beginning.decode()!r} is not at its start",
            fix="Store the document itself, or correct its type",
            section="PS3.3 C.24.2",
            outcome="warning",
        )
    elif stated in MODELS and not _is_model(ds, element, stated):
        yield Disagreement(
            code="document",
            path="EncapsulatedDocument",
            message=f"it is stated to be {stated}, but {MODELS[stated]}",
            fix="Store the document itself, or correct its type",
            section="PS3.3 C.24.2",
            outcome="warning",
        )
    length = ds.number(TAG.EncapsulatedDocumentLength)
    if length is not None and element.length not in (length, length + length % 2):
        yield Disagreement(
            code="document",
            path="EncapsulatedDocumentLength",
            message=f"it is {length:,.0f}, but the document has {element.length:,} bytes",
            fix="Write the length of the document without padding",
            section="PS3.3 C.24.2",
        )


def _is_model(ds: DataSet, element: Element, stated: str) -> bool:
    """Whether a document can be a three-dimensional model of the stated type."""
    length = min(element.length, LOOKED_THROUGH)
    at = ds.start(element)
    start = bytes(ds.buffer[at : at + length])
    if stated != "model/stl":
        return LINES[stated].search(start) is not None
    if start.lstrip()[:5].lower() == b"solid":
        return True
    needed = STL_HEADER + STL_TRIANGLE * int.from_bytes(start[80:84], "little")
    return len(start) >= STL_HEADER and element.length in (needed, needed + needed % 2)
