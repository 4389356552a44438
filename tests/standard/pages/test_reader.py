"""What pages read from the store."""

from __future__ import annotations

import sqlite3

import pytest
from lone_reader import lone_reader

from octome.standard.pages.reader import Reader, is_tag


@pytest.fixture
def reader(database: sqlite3.Connection) -> Reader:
    return lone_reader(database)


def test_current_edition_borrows_text_and_the_older_one_has_its_own(reader: Reader) -> None:
    assert reader.editions == ("2026b", "2020b")
    assert [reader.text_edition(edition) for edition in reader.editions] == ["2020b", "2020b"]
    assert [reader.dated(edition) for edition in reader.editions] == ["2026b", "2020b"]


def test_tags_and_keywords_are_found_in_any_case(reader: Reader) -> None:
    words = ["0040A170", "purposeofreferencecodesequence"]
    assert [reader.tag("2026b", word) for word in words] == ["0040a170"] * 2
    assert reader.tag("2026b", "FrogName") is None


@pytest.mark.parametrize(
    ("word", "expected"),
    [("00100010", True), ("60xx3000", True), ("0010001", False), ("PatientN", False)],
)
def test_tag_is_eight_digits(word: str, expected: bool) -> None:
    assert is_tag(word) is expected


def test_terms_are_those_that_fit_a_pattern(reader: Reader) -> None:
    terms = reader.terms("2026b", "0010*")
    assert {term.tag[:4] for term in terms} == {"0010"}
    assert ("00100010", "PatientName", "PN") in [(t.tag, t.keyword, t.vr) for t in terms]


def test_every_attribute_is_walked_before_its_items(reader: Reader) -> None:
    table = reader.table("2026b", "/modules/patient")
    assert table is not None
    paths = [use.path for use in reader.walk("2026b", table.level, table.path)]
    parents = {path.rpartition("/")[0] for path in paths} - {table.path}
    assert parents
    for parent in parents:
        children = (at for at, path in enumerate(paths) if path.rpartition("/")[0] == parent)
        assert paths.index(parent) < next(children)
