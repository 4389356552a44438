"""One instance, rewritten in memory, for tests."""

from __future__ import annotations

import io

from pydicom import dcmread
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian

from octome.conformance.rules.rulebook import Rulebook
from octome.deidentification.action_table import ActionTable
from octome.deidentification.attribute_type import root_level
from octome.deidentification.coded import Codes
from octome.deidentification.options import Options
from octome.deidentification.pseudonym import Pseudonyms
from octome.deidentification.rewriting import Context, Rewriter
from octome.dicom.part10 import read_encoded
from octome.dicom.tag import TAG
from octome.dicom.writer import file_meta, write_data_set
from octome.standard.library import Library

SECRET = b"what the frogs know"


def encoded(ds: Dataset, syntax: str = ExplicitVRLittleEndian) -> bytes:
    """The bytes of a file."""
    ds.file_meta = FileMetaDataset()
    ds.file_meta.TransferSyntaxUID = syntax
    file = io.BytesIO()
    ds.save_as(file, enforce_file_format=True)
    return file.getvalue()


def rewritten(
    content: bytes,
    library: Library,
    *,
    options: Options | None = None,
    table_edition: str | None = None,
    names: frozenset[str] = frozenset(),
) -> Dataset:
    """An instance as the rewriter makes it, read again by pydicom."""
    read = read_encoded(content)
    book = Rulebook(library)
    rewriter = Rewriter(
        ActionTable(library, table_edition or book.edition, options or Options()),
        Pseudonyms(SECRET, frozenset(each.uid for each in library.uid_index(book.edition).uids)),
        vocabulary=library.vocabulary(book.edition),
        names=names,
        codes=Codes(lambda scheme, value: library.code_meanings(scheme, value, book.edition)),
        removed=lambda _ds, _element: None,
    )
    sop_class = read.data_set.text(TAG.SOPClassUID)
    context = Context(
        level=root_level(book, sop_class), person="frog", patient="ANON-1", sop_class=sop_class
    )
    file = io.BytesIO(file_meta(sop_class, "1.2", ExplicitVRLittleEndian, "1.3"))
    file.seek(0, io.SEEK_END)
    write_data_set(file, rewriter.data_set(read.data_set, context))
    file.seek(0)
    return dcmread(file)
