"""Texts as rows of the store; every word is invented."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from importlib.resources import files

import pytest
from lone_reader import lone_reader

from octome.standard.compile.address import Addresses
from octome.standard.compile.text_rows import insert_texts, insert_values
from octome.standard.compile.texts import Texts
from octome.standard.pages.reader import Reader
from octome.standard.sources.records import EditionRecords, Fragment

HTML = (
    "<p>One of <strong>three</strong> ponds.</p><p>Enumerated Values:</p>"
    "<dl><dt>DEEP</dt><dd><p>a deep one</p></dd><dt>FLAT</dt><dd><p>a flat one</p></dd></dl>"
)


@pytest.fixture
def reader() -> Iterator[Reader]:
    records = EditionRecords(edition="2020b", source="invented", dictionary="2020b")
    texts = Texts()
    texts.number("2020b", Fragment(HTML), Addresses(records, set(), [], []))
    with closing(sqlite3.connect(":memory:")) as db:
        db.executescript((files("octome.standard.compile") / "schema.sql").read_text("utf-8"))
        insert_texts(db, texts)
        insert_values(db, texts)
        yield lone_reader(db)


def test_blocks_are_read_as_they_were_written(reader: Reader) -> None:
    text = reader.text(1)
    assert text is not None
    assert text.edition == "2020b"
    first = text.blocks[0]
    (span,) = first.spans
    assert (span.kind, first.words[span.start : span.end]) == ("strong", "three")
    terms = next(block for block in text.blocks if block.kind == "terms")
    assert [block.words for block in terms.blocks if block.kind == "term"] == ["DEEP", "FLAT"]


def test_values_are_those_of_the_list_in_its_order(reader: Reader) -> None:
    (values,) = reader.stated(1).value_lists
    assert values.is_closed
    assert values.values == ("DEEP", "FLAT")
