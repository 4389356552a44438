"""Encapsulated documents."""

from __future__ import annotations

import pytest
from small_instance import dataset, encoded, found_by

from octome.conformance.check.consistency.document import document_content, document_type
from octome.dicom.part10 import read_encoded

PDF = "1.2.840.10008.5.1.4.1.1.104.1"
CDA = "1.2.840.10008.5.1.4.1.1.104.2"


@pytest.mark.parametrize(("mime", "is_wrong"), [("application/pdf", False), ("text/plain", True)])
def test_a_document_is_of_the_type_of_its_class(mime: str, is_wrong: bool) -> None:
    ds = dataset(SOPClassUID=PDF, MIMETypeOfEncapsulatedDocument=mime)
    wrong = found_by(document_type, ds)
    assert wrong == ["violation enumerated MIMETypeOfEncapsulatedDocument"] * is_wrong


def test_a_clinical_document_cites_its_own_section() -> None:
    ds = dataset(SOPClassUID=CDA, MIMETypeOfEncapsulatedDocument="text/plain")
    [found] = document_type(read_encoded(encoded(ds)))
    assert found.section == "PS3.3 A.45.2"


@pytest.mark.parametrize(
    ("mime", "content", "is_wrong"),
    [
        ("application/pdf", b"%PDF-1.7 tea ", False),
        ("application/pdf", b"a frog's home ", True),
        ("text/xml", b"\xef\xbb\xbf<tea/>", False),
        ("text/xml", b"tea and frogs ", True),
        ("text/plain", b"anything goes ", False),
    ],
)
def test_a_document_begins_as_its_type_does(mime: str, content: bytes, is_wrong: bool) -> None:
    ds = dataset(MIMETypeOfEncapsulatedDocument=mime, EncapsulatedDocument=content)
    assert found_by(document_content, ds) == ["warning document EncapsulatedDocument"] * is_wrong


@pytest.mark.parametrize(("stated", "is_wrong"), [(9, False), (10, False), (7, True)])
def test_the_length_is_that_of_the_document_without_padding(stated: int, is_wrong: bool) -> None:
    ds = dataset(EncapsulatedDocument=b"%PDF-1.7 \0", EncapsulatedDocumentLength=stated)
    wrong = found_by(document_content, ds)
    assert wrong == ["violation document EncapsulatedDocumentLength"] * is_wrong


def stl(triangles: int, *, stated: int) -> bytes:
    return bytes(80) + stated.to_bytes(4, "little") + bytes(50 * triangles)


@pytest.mark.parametrize(
    ("mime", "content", "is_wrong"),
    [
        ("model/stl", stl(3, stated=3), False),
        ("model/stl", stl(2, stated=3), True),
        ("model/stl", b"solid frog\nendsolid frog\n", False),
        ("model/stl", b"abc ", True),
        ("model/obj", b"# a frog\nmtllib frog.mtl\nv 0 0 0\n", False),
        ("model/obj", b"a frog\n", True),
        ("model/mtl", b"# a frog\n newmtl green\n", False),
        ("model/mtl", b"v 0 0 0\n", True),
    ],
)
def test_a_model_has_the_form_of_its_type(mime: str, content: bytes, *, is_wrong: bool) -> None:
    ds = dataset(MIMETypeOfEncapsulatedDocument=mime, EncapsulatedDocument=content)
    found = found_by(document_content, ds)
    assert found == ["warning document EncapsulatedDocument"] * is_wrong
