"""Encapsulated documents."""

from __future__ import annotations

from collections.abc import Iterator

from octome.conformance.check.consistency.disagreement import Disagreement
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
    start = bytes(ds.buffer[element.offset : element.offset + min(element.length, within)])
    if beginning and beginning not in start:
        yield Disagreement(
            code="document",
            path="EncapsulatedDocument",
            message=f"it is stated to be {stated}, but {beginning.decode()!r} is not at its start",
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
